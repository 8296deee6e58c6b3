// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/code_digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/stage.h"

namespace cxr {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr absl::string_view kStages[] = {"data", "features", "train", "predict",
                                         "score"};

// What the digest of `stage` is taken over: a line "digest  path" a file.
std::string List(absl::string_view stage) {
  const absl::StatusOr<std::string> list = ReadFile(
      TestData(absl::StrCat("cxr/tasks/code_digest_table/", stage, ".sha256")));
  EXPECT_OK(list);
  return list.ok() ? *list : "";
}

std::vector<std::string> Paths(absl::string_view stage) {
  std::vector<std::string> paths;
  for (const absl::string_view line :
       absl::StrSplit(List(stage), '\n', absl::SkipEmpty())) {
    EXPECT_THAT(std::string(line), MatchesRegex("[0-9a-f]{64}  [^ ]+"));
    paths.emplace_back(line.substr(line.find(' ') + 2));
  }
  return paths;
}

TEST(CodeDigestTest, IsTheDigestOfTheList) {
  for (const absl::string_view stage : kStages) {
    EXPECT_THAT(StageCodeDigest(stage), SizeIs(64)) << stage;
    EXPECT_EQ(StageCodeDigest(stage), Sha256Hex(List(stage))) << stage;
  }
}

TEST(CodeDigestTest, TheListHasTheDigestOfAFilesBytes) {
  ASSERT_OK_AND_ASSIGN(const std::string source,
                       ReadFile(TestData("cxr/tasks/data_stage.cc")));
  EXPECT_THAT(List("data"),
              HasSubstr(absl::StrCat(Sha256Hex(source),
                                     "  cxr/tasks/data_stage.cc\n")));
}

TEST(CodeDigestTest, StagesOfOtherSourcesHaveOtherDigests) {
  const std::set<std::string> digests = {
      StageCodeDigest("data"), StageCodeDigest("features"),
      StageCodeDigest("train"), StageCodeDigest("score")};
  EXPECT_THAT(digests, SizeIs(4));
}

TEST(CodeDigestTest, EachStageHasOneAndNothingElse) {
  for (const StageKind kind : AllStageKinds()) {
    EXPECT_EQ(StageCodeDigest(StageName(kind)).size(), 64) << StageName(kind);
  }
  EXPECT_EQ(StageCodeDigest(""), "");
  EXPECT_EQ(StageCodeDigest("evaluate"), "");
}

TEST(CodeDigestTest, AStageIsBuiltFromAllItUsesAndNothingElse) {
  EXPECT_THAT(Paths("features"), Contains("cxr/model/vit.cc"));
  EXPECT_THAT(Paths("features"), Contains("cxr/model/vit.h"));
  EXPECT_THAT(Paths("features"), Contains("cxr/spec/features.proto"));
  EXPECT_THAT(Paths("features"), Not(Contains(StartsWith("metrics/"))));
  EXPECT_THAT(Paths("train"), Contains("cxr/train/linear_probe.cc"));
  EXPECT_THAT(Paths("predict"),
              Contains("cxr/tasks/classify/predict_stage.cc"));
  EXPECT_THAT(Paths("predict"),
              Not(Contains("cxr/tasks/classify/train_stage.cc")));
  EXPECT_THAT(Paths("score"), Contains("metrics/interval/bootstrap.cc"));
  EXPECT_THAT(Paths("score"), Not(Contains(StartsWith("cxr/model/"))));
}

TEST(CodeDigestTest, ListsHoldSortedSourcesOfThisWorkspace) {
  for (const absl::string_view stage : kStages) {
    const std::vector<std::string> paths = Paths(stage);
    EXPECT_THAT(paths, Each(MatchesRegex("(cxr|metrics)/.*\\.(h|cc|proto)")));
    EXPECT_THAT(std::set<std::string>(paths.begin(), paths.end()),
                ElementsAreArray(paths))
        << "sorted, each once: " << stage;
  }
}

}  // namespace
}  // namespace cxr
