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
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/spec/spec_file.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

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

TEST(UpgradeTest, AFileWithoutFieldsIsLeftAlone) {
  for (const char* text :
       {"", "\n", "# Nothing yet.", "\xEF\xBB\xBF# B.\r\n"}) {
    EXPECT_EQ(Upgraded(text, SpecKind::kExperiment), text);
  }
}

TEST(UpgradeTest, AWrittenVersion1IsReplacedInPlace) {
  EXPECT_EQ(Upgraded("# T.\ndescription: 'd'\nspec_version: 1  # One.\n",
                     SpecKind::kExperiment),
            "# T.\ndescription: 'd'\nspec_version: 2  # One.\n");
  EXPECT_EQ(Upgraded("spec_version: 1", SpecKind::kTable), "spec_version: 2");
}

TEST(UpgradeTest, OtherVersionsAreRefused) {
  for (const char* version : {"9", "0", "-1", "'2'", "0x1", "[1]"}) {
    EXPECT_THAT(Upgrade(absl::StrCat("# T.\n  spec_version: ", version),
                        SpecKind::kExperiment),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         absl::StrCat("2:17: spec_version: found ", version,
                                      ", expected 1 or 2")));
  }
}

TEST(UpgradeTest, WhatCannotBeReadIsNotRewritten) {
  EXPECT_THAT(Upgrade("a: 1\nb: (2\n", SpecKind::kExperiment),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       ::testing::StartsWith("2:4: ")));
}

TEST(UpgradeTest, AFieldThatIsSetTwiceIsRefusedWithItsPlace) {
  const struct {
    const char* text;
    SpecKind kind;
    const char* message;
  } cases[] = {
      {"train { official {} }\ntrain { targets: 'x' }\n", SpecKind::kExperiment,
       "2:1: found 'train' again, expected it once: it is set at line 1"},
      // Known to version 1 alone.
      {"train { linear_probe {\n  beta1: 1\n  beta1: 1\n} }\n",
       SpecKind::kFragment,
       "3:3: found 'beta1' again, expected it once: it is set at line 2"},
      {"features { vit { backbone { width: 1 width: 2 } } }",
       SpecKind::kFragment,
       "1:38: found 'width' again, expected it once: it is set at line 1"},
      {"rungs { name: 'a' }\nrungs { name: 'b'\n  name: 'c' }\n",
       SpecKind::kRungs,
       "3:3: found 'name' again, expected it once: it is set at line 2"},
      {"title: 'a' title: 'b'", SpecKind::kTable,
       "1:12: found 'title' again, expected it once: it is set at line 1"},
      // At both places.
      {"train {\n  linear_probe { beta1: 1 optimizer { beta1: 1 } } }",
       SpecKind::kFragment,
       "2:18: found 'beta1' at its place in version 1 and at that in version "
       "2, expected one of them"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Upgrade(c.text, c.kind),
                StatusIs(absl::StatusCode::kInvalidArgument, c.message));
  }
}

TEST(UpgradeTest, RepeatedFieldsMayBeSetAgain) {
  EXPECT_EQ(
      Upgraded("train { targets: 'a' targets: 'b' }\n", SpecKind::kExperiment),
      "spec_version: 2\n\n"
      "train { targets: 'a' targets: 'b' label_policy: COMPLETE_LABELS "
      "}\n");
}

TEST(UpgradeTest, NoRegistersOfPretrainedWeightsAreDroppedOnes) {
  EXPECT_EQ(Upgraded("include: 'x'\n# Why.\n"
                     "features { vit { backbone { registers: 0 } } }  # R.\n",
                     SpecKind::kExperiment),
            "spec_version: 2\n\ninclude: 'x'\n# Why.\n"
            "features { vit { registers: DROPPED_AS_RELEASED } }  # R.\n");
  EXPECT_EQ(Upgraded("include: 'x'\nfeatures {\n  vit {\n    # Up.\n"
                     "    backbone {\n      # In.\n      registers: 0  # R.\n"
                     "    }  # B.\n    weights { pretrained {} }\n  }\n"
                     "  preprocess { normalization: IMAGENET }\n}\n",
                     SpecKind::kExperiment),
            "spec_version: 2\n\ninclude: 'x'\nfeatures {\n  vit {\n"
            "    # Up.\n    # In.\n    # R.\n"
            "    registers: DROPPED_AS_RELEASED  # B.\n"
            "    weights { pretrained {} }\n  }\n"
            "  preprocess { normalization: IMAGENET }\n}\n");
}

TEST(UpgradeTest, DroppedRegistersDoNotRunIntoTheNextName) {
  EXPECT_THAT(Upgraded("features { vit { backbone { registers: 0 }weights {} } "
                       "}",
                       SpecKind::kFragment),
              HasSubstr("registers: DROPPED_AS_RELEASED weights {}"));
}

TEST(UpgradeTest, NoRegistersOfADeclaredBackboneAreNone) {
  EXPECT_THAT(Upgraded("features { vit { backbone { width: 8 registers: 0 } } "
                       "}\n",
                       SpecKind::kFragment),
              HasSubstr("backbone { width: 8 registers: 0 layout: DINOV2 }"));
  EXPECT_THAT(Upgraded("features { vit { weights { random {} }\n"
                       "  backbone { registers: 0 } } }\n",
                       SpecKind::kFragment),
              HasSubstr("\nbackbone { registers: 0 }\n"));
}

TEST(UpgradeTest, TheOfficialSplitSaysWhatValidates) {
  EXPECT_EQ(Upgraded("train { official {} }\n", SpecKind::kFragment),
            "spec_version: 2\n\ntrain { official { official_validation {} } "
            "augmentation { none {} } last_epoch {} }\n");
}

TEST(UpgradeTest, EndsOfLinesStay) {
  for (const std::string& file : CorpusFiles()) {
    const std::string text = Read(file);
    EXPECT_EQ(
        Upgraded(absl::StrReplaceAll(text, {{"\n", "\r\n"}}), KindOf(file)),
        absl::StrReplaceAll(Upgraded(text, KindOf(file)), {{"\n", "\r\n"}}))
        << file;
  }
}

TEST(UpgradeTest, AByteOrderMarkStaysFirst) {
  EXPECT_EQ(Upgraded("\xEF\xBB\xBFtitle: 't'\n", SpecKind::kTable),
            "\xEF\xBB\xBFspec_version: 2\n\ntitle: 't'\n");
}

TEST(UpgradeTest, CommentsStayWithTheirFields) {
  EXPECT_EQ(Upgraded("train {\n  linear_probe {\n    # lr\n"
                     "    learning_rate: 1  # LR.\n    # wd\n"
                     "    weight_decay: 0  # WD.\n    # Epochs.\n"
                     "    epochs: 5\n    # End.\n  }\n}\n",
                     SpecKind::kFragment),
            "spec_version: 2\n\ntrain {\n  linear_probe {\n    # Epochs.\n"
            "    epochs: 5\n    optimizer {\n      # lr\n"
            "      learning_rate: 1  # LR.\n      # wd\n"
            "      weight_decay: 0  # WD.\n      max_gradient_norm: 0\n"
            "    }\n    # End.\n  }\n}\n");
}

TEST(UpgradeTest, AClosingCommentStaysLast) {
  const std::string text = Upgraded(
      "score { profile: CXFORMER_FINETUNE }\n"
      "features { vit { backbone { width: 8 } token: CLASS_TOKEN } }\n\n"
      "# The end.\n",
      SpecKind::kFragment);
  EXPECT_TRUE(absl::EndsWith(text, "\nprotocol: AS_PUBLISHED\n\n# The end.\n"))
      << text;
}

}  // namespace
}  // namespace cxr
