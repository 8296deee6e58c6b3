// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/upgrade.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/spec/spec_file.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::Contains;

// The specs of commit 8db0b43, the last of version 1.
std::string Corpus() { return TestData("cxr/spec/testdata/version_1"); }

// Names of the specs of the corpus.
std::vector<std::string> CorpusFiles() {
  absl::StatusOr<std::vector<std::string>> all = ListFiles(Corpus());
  EXPECT_OK(all);
  std::erase_if(*all, [](const std::string& file) {
    return !absl::EndsWith(file, ".textproto");
  });
  return *std::move(all);
}

std::string Read(const std::string& file) {
  absl::StatusOr<std::string> text = ReadFile(JoinPath(Corpus(), file));
  EXPECT_OK(text);
  return *text;
}

std::string Upgraded(absl::string_view text, SpecKind kind) {
  absl::StatusOr<std::string> upgraded = Upgrade(text, kind);
  EXPECT_OK(upgraded);
  return *upgraded;
}

// The lines that are comments, without indentation.
std::vector<std::string> Comments(absl::string_view text) {
  std::vector<std::string> comments;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StrContains(line, "#")) {
      comments.emplace_back(
          absl::StripAsciiWhitespace(line.substr(line.find('#'))));
    }
  }
  return comments;
}

TEST(UpgradeTest, OldSpecsBecomeSpecsWithoutIssues) {
  const std::vector<std::string> files = CorpusFiles();
  EXPECT_GE(files.size(), 20u);
  for (const std::string& file : files) {
    std::vector<SpecIssue> issues;
    ReadSpec({.path = file,
              .kind = KindOf(file),
              .text = Upgraded(Read(file), KindOf(file))},
             issues);
    for (const SpecIssue& issue : issues) {
      ADD_FAILURE() << ToString(issue);
    }
  }
}

TEST(UpgradeTest, NoCommentIsLost) {
  for (const std::string& file : CorpusFiles()) {
    const std::string old_text = Read(file);
    const std::vector<std::string> now =
        Comments(Upgraded(old_text, KindOf(file)));
    for (const std::string& comment : Comments(old_text)) {
      EXPECT_THAT(now, Contains(comment)) << file;
    }
  }
}

TEST(UpgradeTest, UpgradingTwiceIsUpgradingOnce) {
  for (const std::string& file : CorpusFiles()) {
    const std::string once = Upgraded(Read(file), KindOf(file));
    EXPECT_EQ(Upgraded(once, KindOf(file)), once) << file;
  }
}

// The goldens were read and found right.
TEST(UpgradeTest, TextsAreTheGoldenOnes) {
  for (const char* file :
       {"common/frozen_probe.textproto", "common/pixel_probe.textproto",
        "common/vit_s14.textproto", "classify/classify_chexpert_b.textproto",
        "rungs.textproto"}) {
    EXPECT_EQ(Upgraded(Read(file), KindOf(file)),
              Read(absl::StrCat(file, ".golden")))
        << file;
  }
}

// All that version 1 said without words is in the fragments of an experiment.
TEST(UpgradeTest, AnOldExperimentIsCompleteAfterIt) {
  SpecTree tree;
  for (const std::string& file : CorpusFiles()) {
    tree.WriteRaw(file, Upgraded(Read(file), KindOf(file)));
  }
  const SpecLibrary library = tree.Library();
  for (const char* name :
       {"classify_nih_cxr8_s", "classify_nih_cxr8_sex_pixels"}) {
    EXPECT_EQ(library.ResolvePlaced(name, {.rung = "demo"}).status(),
              absl::OkStatus())
        << name;
  }
}

TEST(UpgradeTest, RulesOfRungsAreRewritten) {
  EXPECT_EQ(
      Upgraded("rungs { rules { overlay { train { linear_probe {"
               " beta1: 0.5 } } } } }\n",
               SpecKind::kRungs),
      "spec_version: 2\n\nrungs { rules { overlay { train { linear_probe {"
      " optimizer { beta1: 0.5 } } } } } }\n");
}

TEST(UpgradeTest, OtherKindsOnlyGetTheirVersion) {
  EXPECT_EQ(Upgraded("# T.\n\n# Of it.\ntitle: 't'\n", SpecKind::kTable),
            "# T.\n\nspec_version: 2\n\n# Of it.\ntitle: 't'\n");
}

TEST(UpgradeTest, TextOfThisVersionComesBackAsItIs) {
  constexpr char kText[] = "spec_version : 2 # Two.\ndata{max_patients:3}";
  EXPECT_EQ(Upgraded(kText, SpecKind::kExperiment), kText);
}

TEST(UpgradeTest, WhatCannotBeReadIsNotRewritten) {
  EXPECT_THAT(Upgrade("a: 1\nb: (2\n", SpecKind::kExperiment),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::StartsWith("2:4: ")));
  for (const char* version : {"9", "0", "-1", "'2'", "1"}) {
    EXPECT_THAT(
        Upgrade(absl::StrCat("spec_version: ", version), SpecKind::kExperiment),
        StatusIs(absl::StatusCode::kInvalidArgument,
                 "spec_version: expected 2 to 2"))
        << version;
  }
}

}  // namespace
}  // namespace cxr
