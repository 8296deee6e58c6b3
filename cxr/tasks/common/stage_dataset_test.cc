// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/stage_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kDrawn =
    "source: BRAX part: ALL_PARTS views: ANY_VIEW drawn { patients: 2 scale: "
    "0.03 difficulty: 1 seed: 5 }";
constexpr absl::string_view kSample =
    "source: NIH64 part: ALL_PARTS views: ANY_VIEW";

spec::DataSpec Spec(absl::string_view text) {
  spec::DataSpec data;
  EXPECT_THAT(ParseTextproto(text, data).issues, IsEmpty());
  return data;
}

class StageDatasetTest : public ::testing::Test {
 protected:
  // Opens the dataset in a stage of that kind; the note it makes of it.
  absl::StatusOr<std::string> Open(absl::string_view text, StageKind kind) {
    std::string note;
    const absl::Status status =
        stage_
            .Run(kind,
                 [&](const StageRequest& request)
                     -> absl::StatusOr<StageOutput> {
                   const auto dataset =
                       OpenStageDataset(Spec(text), request, options_);
                   if (!dataset.ok()) return dataset.status();
                   note = DataNote(Spec(text), (*dataset)->index());
                   return StageOutput();
                 })
            .status();
    if (!status.ok()) return status;
    return note;
  }

  const TempDir root_;
  const TaskOptions options_ = {
      .roots = {.samples = TestData("cxr/data/samples"),
                .drawn = root_.File("drawn")}};
  FakeStage stage_;
};

TEST_F(StageDatasetTest, WhicheverStageIsFirstDraws) {
  for (const StageKind kind : {StageKind::kFeatures, StageKind::kPretrain}) {
    ASSERT_OK_AND_ASSIGN(const std::string note, Open(kDrawn, kind));
    EXPECT_THAT(note, HasSubstr("data BRAX, SYNTHETIC, drawn: 2 patients"));
    ASSERT_OK(RemoveAll(root_.File("drawn")));
  }
}

TEST_F(StageDatasetTest, OthersAreOpenedWhereTheyLie) {
  ASSERT_OK_AND_ASSIGN(const std::string note, Open(kSample, StageKind::kData));
  EXPECT_EQ(note, "data NIH64");
  EXPECT_FALSE(Exists(root_.File("drawn")));
}

TEST_F(StageDatasetTest, DrawingStopsWithTheStage) {
  stage_.stop = absl::CancelledError("stopped");
  EXPECT_THAT(Open(kDrawn, StageKind::kData),
              StatusIs(absl::StatusCode::kCancelled, "stopped"));
}

TEST_F(StageDatasetTest, ADrawnSourceIsKnownByItsGeneratorAlone) {
  ASSERT_OK_AND_ASSIGN(const spec::StageInput drawn,
                       DataInput(Spec(kDrawn), options_));
  EXPECT_EQ(drawn.stage(), "generator");
  EXPECT_FALSE(Exists(root_.File("drawn")));
  // The user's images change nothing.
  TaskOptions others = options_;
  others.roots.data_root = root_.path();
  ASSERT_OK(CreateDirectories(root_.File("brax")));
  ASSERT_OK_AND_ASSIGN(const spec::StageInput again,
                       DataInput(Spec(kDrawn), others));
  EXPECT_EQ(again.id(), drawn.id());
  ASSERT_OK_AND_ASSIGN(const spec::StageInput files,
                       DataInput(Spec(kSample), options_));
  EXPECT_EQ(files.stage(), "files");
  EXPECT_NE(files.id(), drawn.id());
}

TEST_F(StageDatasetTest, WithoutAPlaceNothingIsPlanned) {
  TaskOptions options = options_;
  options.roots.drawn = "";
  EXPECT_THAT(DataInput(Spec(kDrawn), options),
              StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("data: ")));
}

}  // namespace
}  // namespace cxr
