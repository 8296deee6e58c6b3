// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Drawn sources as a person meets them: cxr synth, then cxr data.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/spec/data_report.pb.h"
#include "cxr/synth/truth.pb.h"
#include "tests/program.h"
#include "tests/source_trees.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::string_view kFew =
    " --patients=8 --scale=0.04 --seed=11 --defects";

// Contents of all files by path, as digests.
std::map<std::string, std::string> Tree(const std::string& folder) {
  std::map<std::string, std::string> tree;
  const absl::StatusOr<std::vector<std::string>> paths = ListFiles(folder);
  EXPECT_OK(paths.status());
  for (const std::string& path : *paths) {
    tree[path] = Sha256Hex(Contents(JoinPath(folder, path)));
  }
  return tree;
}

// All sources, drawn once for all tests.
class SynthCliTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    root_ = std::make_unique<TempDir>();
    drawn_ = Synth(absl::StrCat("--dataset=all", kFew), root_->path());
  }
  static void TearDownTestSuite() { root_.reset(); }

  static ProgramResult Synth(const std::string& words,
                             const std::string& data_root) {
    return RunApart(
        absl::StrCat("tools/cxr synth ", words, " --data_root=", data_root));
  }

  static ProgramResult Data(const std::string& words) {
    return RunApart(absl::StrCat("CXR_DATA_CACHE=", root_->File("cache"),
                                 " XDG_CONFIG_HOME=", root_->File("config"),
                                 " tools/cxr data ", words,
                                 " --data_root=", root_->path()));
  }

  static synth::SourceTruth Truth(const std::string& source) {
    synth::SourceTruth truth;
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(
                    Contents(root_->File(source + "/SYNTHETIC.json")), &truth)
                    .ok());
    return truth;
  }

  static std::unique_ptr<TempDir> root_;
  static ProgramResult drawn_;
};

std::unique_ptr<TempDir> SynthCliTest::root_;
ProgramResult SynthCliTest::drawn_;

TEST_F(SynthCliTest, EverySourceIsDrawnAndReadBack) {
  ASSERT_EQ(drawn_.exit_code, 0) << drawn_.err;
  EXPECT_EQ(drawn_.err, "");
  for (const std::string& source : SourceTreeNames()) {
    EXPECT_THAT(drawn_.out, HasSubstr(absl::StrCat(source, ": ")));
    const ProgramResult check =
        Data(absl::StrCat("check --format=json --dataset=", source));
    ASSERT_EQ(check.exit_code, 0) << source << ": " << check.err;
    spec::DataReport report;
    ASSERT_TRUE(
        google::protobuf::util::JsonStringToMessage(check.out, &report).ok());
    EXPECT_TRUE(report.synthetic()) << source;
    EXPECT_EQ(report.leaks(), 0) << source;
    // What cannot be read was torn on purpose.
    int64_t torn = 0;
    const synth::SourceTruth truth = Truth(source);
    for (const synth::ImageTruth& image : truth.images()) {
      torn += image.defect() == "truncated" ? 1 : 0;
    }
    EXPECT_EQ(report.files().failed(), torn) << source;
    EXPECT_EQ(report.files().decoded() + torn, report.images()) << source;
    if (source != "chexmask") {  // Leaves rows out that lack an organ.
      EXPECT_EQ(report.images(), truth.images_size()) << source;
    }
  }
}

TEST_F(SynthCliTest, ReportsSayThatNobodyWasXRayed) {
  EXPECT_THAT(Data("check --dataset=brax --index_only").out,
              StartsWith("# brax\n\nSYNTHETIC: "));
  EXPECT_THAT(Contents(root_->File("brax/SYNTHETIC")),
              AllOf(HasSubstr("SYNTHETIC"), HasSubstr("seed: 11")));
}

TEST_F(SynthCliTest, MasksAndReportsAreThere) {
  EXPECT_THAT(Data("check --dataset=chexmask").out, HasSubstr("masks read: "));
  EXPECT_THAT(Data("check --dataset=mimic_cxr").out,
              HasSubstr("reports read: "));
  EXPECT_THAT(Data("check --dataset=iu_xray").out, HasSubstr("reports read: "));
}

TEST_F(SynthCliTest, ViewsOfRsnaComeFromItsHeaders) {
  const ProgramResult headers = Data("headers --dataset=rsna");
  ASSERT_EQ(headers.exit_code, 0) << headers.err;
  const std::string text = Data("check --dataset=rsna --index_only").out;
  EXPECT_THAT(text, AllOf(HasSubstr("PA "), HasSubstr("AP ")));
  ASSERT_OK(RemoveAll(root_->File("rsna/dicom_headers.csv")));
}

TEST_F(SynthCliTest, ThreadsAndRunsChangeNoByte) {
  const TempDir other;
  const ProgramResult again =
      Synth(absl::StrCat("--dataset=padchest --threads=3", kFew), other.path());
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(Tree(root_->File("padchest")), Tree(other.File("padchest")));
}

TEST_F(SynthCliTest, WhatIsThereIsKept) {
  const ProgramResult again =
      Synth(absl::StrCat("--dataset=brax", kFew), root_->path());
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_EQ(again.out, "brax: there already, drawn by the same options\n");
  const ProgramResult other =
      Synth("--dataset=brax --patients=2 --scale=0.04", root_->path());
  EXPECT_NE(other.exit_code, 0);
  EXPECT_THAT(other.err, HasSubstr("give --overwrite"));
}

TEST_F(SynthCliTest, APageShowsFindingsAndSources) {
  const TempDir page;
  const ProgramResult result = Synth(
      absl::StrCat("pictures --count=6 --out=", page.path()), root_->path());
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, absl::StrCat(page.path(), "/index.html\n"));
  const std::string html = Contents(page.File("index.html"));
  for (const char* name :
       {"Normal.png", "PleuralEffusion.png", "vindr.png", "hannover.png"}) {
    EXPECT_THAT(html, HasSubstr(absl::StrCat("src=\"", name, "\"")));
    EXPECT_TRUE(Exists(page.File(name))) << name;
  }
}

TEST_F(SynthCliTest, WrongWordsAreExplained) {
  struct Mistake {
    std::string words;
    std::string message;
  };
  const std::vector<Mistake> mistakes = {
      {"--dataset=chexpret", "did you mean 'chexpert'?"},
      {"--dataset=nih64", "real images"},
      {"", "--dataset is missing"},
      {"--dataset=brax --patients=0", "--patients: found 0"},
      {"--dataset=brax --scale=0", "--scale: found 0"},
      {"--dataset=brax --difficulty=-1", "--difficulty: found -1"},
      {"--dataset=brax --count=3", "--count means nothing to synth"},
      {"pictures", "--out is missing"},
      {"pictures --out=x --defects", "--defects means nothing"},
      {"films", "found 'films'"}};
  const TempDir empty;
  for (const Mistake& mistake : mistakes) {
    const ProgramResult result = Synth(mistake.words, empty.path());
    EXPECT_NE(result.exit_code, 0) << mistake.words;
    EXPECT_THAT(result.err, StartsWith("cxr: error: "));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1)
        << result.err;
    EXPECT_THAT(result.err, HasSubstr(mistake.message));
  }
  EXPECT_TRUE(ListFolder(empty.path())->empty());
  EXPECT_THAT(RunApart("tools/cxr synth --dataset=brax").err,
              HasSubstr("--data_root is missing"));
}

TEST_F(SynthCliTest, AFolderThatCannotBeWrittenIsOneError) {
  const ProgramResult result =
      Synth("--dataset=brax --patients=1", "/proc/nowhere");
  EXPECT_NE(result.exit_code, 0);
  EXPECT_THAT(result.err, StartsWith("cxr: error: /proc/nowhere"));
}

}  // namespace
}  // namespace cxr::tests
