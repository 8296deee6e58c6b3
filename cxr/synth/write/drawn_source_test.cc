// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/write/drawn_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/file_lock.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/dataset.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/spec/data.pb.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;

spec::DataSpec Spec(spec::Source source, double difficulty = 1) {
  spec::DataSpec data;
  data.set_source(source);
  data.mutable_drawn()->set_patients(3);
  data.mutable_drawn()->set_scale(0.03);
  data.mutable_drawn()->set_difficulty(difficulty);
  data.mutable_drawn()->set_seed(5);
  return data;
}

TEST(DrawnSourceTest, IsDrawnOnceAndAgainWhenDeleted) {
  const TempDir root;
  const DrawingOptions options{.roots = {.drawn = root.path()}};
  ASSERT_OK_AND_ASSIGN(const OpenedSource opened,
                       DrawSource(Spec(spec::BRAX), options));
  EXPECT_FALSE(opened.data.has_drawn());
  const std::string marker = JoinPath(opened.roots.data_root, "brax/SYNTHETIC");
  EXPECT_THAT(*ReadFile(marker), HasSubstr("seed: 5"));
  // Nothing is written where it lies.
  const std::string table =
      JoinPath(opened.roots.data_root, "brax/master_spreadsheet_update.csv");
  ASSERT_OK(ReplaceFile(table, "changed"));
  ASSERT_OK(DrawSource(Spec(spec::BRAX), options).status());
  EXPECT_EQ(*ReadFile(table), "changed");
  ASSERT_OK(RemoveAll(root.path()));
  ASSERT_OK(DrawSource(Spec(spec::BRAX), options).status());
  EXPECT_NE(*ReadFile(table), "changed");
}

TEST(DrawnSourceTest, OtherOptionsLieElsewhere) {
  const TempDir root;
  const DrawingOptions options{.roots = {.drawn = root.path()}};
  ASSERT_OK_AND_ASSIGN(const OpenedSource one,
                       DrawSource(Spec(spec::RSNA), options));
  ASSERT_OK_AND_ASSIGN(const OpenedSource other,
                       DrawSource(Spec(spec::RSNA, 0.5), options));
  EXPECT_NE(one.roots.data_root, other.roots.data_root);
}

TEST(DrawnSourceTest, TheUsersImagesAreNotLookedAt) {
  const TempDir root;
  const TempDir users;
  ASSERT_OK(CreateDirectories(users.File("brax")));
  ASSERT_OK_AND_ASSIGN(
      const OpenedSource opened,
      DrawSource(Spec(spec::BRAX),
                 {.roots = {.data_root = users.path(), .drawn = root.path()}}));
  EXPECT_NE(opened.roots.data_root, users.path());
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(opened.data, opened.roots));
  EXPECT_TRUE(dataset->index().synthetic);
  EXPECT_OK(dataset->LoadImage(0).status());
}

TEST(DrawnSourceTest, WhatIsNotToBeDrawnStaysAsItIs) {
  spec::DataSpec data = Spec(spec::BRAX);
  data.clear_drawn();
  ASSERT_OK_AND_ASSIGN(const OpenedSource opened,
                       DrawSource(data, {.roots = {.data_root = "/images"}}));
  EXPECT_EQ(opened.roots.data_root, "/images");
}

TEST(DrawnSourceTest, MasksComeWithTheirImages) {
  const TempDir root;
  ASSERT_OK_AND_ASSIGN(
      const OpenedSource opened,
      DrawSource(Spec(spec::CHEXMASK), {.roots = {.drawn = root.path()}}));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(opened.data, opened.roots));
  ASSERT_OK_AND_ASSIGN(const GrayImage image, dataset->LoadImage(0));
  EXPECT_OK(dataset->LoadMask(0, image).status());
}

TEST(DrawnSourceTest, RsnaTellsItsViews) {
  const TempDir root;
  ASSERT_OK_AND_ASSIGN(
      const OpenedSource opened,
      DrawSource(Spec(spec::RSNA), {.roots = {.drawn = root.path()}}));
  ASSERT_OK_AND_ASSIGN(const ImageIndex index,
                       ReadIndex(opened.data, opened.roots));
  for (const Example& example : index.examples) {
    EXPECT_TRUE(example.view == View::kPa || example.view == View::kAp);
  }
}

TEST(DrawnSourceTest, WithoutAPlaceItIsSaid) {
  EXPECT_THAT(DrawSource(Spec(spec::BRAX), {}),
              StatusIs(absl::StatusCode::kUnimplemented,
                       HasSubstr("set CXR_DATA_CACHE")));
}

TEST(DrawnSourceTest, AStopLeavesNothing) {
  const TempDir root;
  DrawingOptions options{.roots = {.drawn = root.path()}};
  options.progress = [](double part) {
    return part < 0.5 ? absl::OkStatus() : absl::CancelledError("stopped");
  };
  EXPECT_THAT(DrawSource(Spec(spec::BRAX), options),
              StatusIs(absl::StatusCode::kCancelled, "stopped"));
  options.progress = nullptr;
  ASSERT_OK_AND_ASSIGN(const OpenedSource opened,
                       DrawSource(Spec(spec::BRAX), options));
  EXPECT_TRUE(Exists(JoinPath(opened.roots.data_root, "brax/SYNTHETIC")));
}

TEST(DrawnSourceTest, WhoWaitsForAnotherCanBeStopped) {
  const TempDir root;
  DrawingOptions options{.roots = {.drawn = root.path()}};
  ASSERT_OK_AND_ASSIGN(const OpenedSource opened,
                       DrawSource(Spec(spec::BRAX), options));
  const std::string folder = opened.roots.data_root;
  ASSERT_OK(RemoveAll(JoinPath(folder, "brax")));
  ASSERT_OK_AND_ASSIGN(const FileLock other,
                       FileLock::Acquire(JoinPath(folder, ".brax.lock")));
  int asked = 0;
  options.progress = [&asked](double) {
    return ++asked < 3 ? absl::OkStatus() : absl::CancelledError("stopped");
  };
  EXPECT_THAT(DrawSource(Spec(spec::BRAX), options),
              StatusIs(absl::StatusCode::kCancelled, "stopped"));
  EXPECT_EQ(asked, 3);
  EXPECT_FALSE(Exists(JoinPath(folder, "brax")));
}

TEST(DrawnSourceTest, TwoAtOnceDrawOne) {
  const TempDir root;
  const DrawingOptions options{.roots = {.drawn = root.path()}};
  absl::Status there;
  std::thread second(
      [&] { there = DrawSource(Spec(spec::VINDR), options).status(); });
  const absl::Status here = DrawSource(Spec(spec::VINDR), options).status();
  second.join();
  EXPECT_OK(here);
  EXPECT_OK(there);
}

TEST(DrawnSourceTest, TheTextSaysTheOptions) {
  EXPECT_EQ(DrawnText(Spec(spec::BRAX).drawn()),
            absl::StrCat("drawn: 3 patients, scale 0.03, difficulty 1, seed 5, "
                         "generator ",
                         GeneratorText()));
}

}  // namespace
}  // namespace cxr::synth
