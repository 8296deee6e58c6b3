// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/write/write_source.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "cxr/base/file.h"
#include "cxr/base/file_lock.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/make_dataset.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

SynthOptions Small() { return {.seed = 5, .patients = 3, .scale = 0.03}; }

// Contents by path.
std::map<std::string, std::string> FilesBelow(const std::string& folder) {
  std::map<std::string, std::string> files;
  const absl::StatusOr<std::vector<std::string>> paths = ListFiles(folder);
  EXPECT_OK(paths.status());
  for (const std::string& path : *paths) {
    files[path] = *ReadFile(JoinPath(folder, path));
  }
  return files;
}

TEST(WriteSourceTest, TheFolderIsMarkedAndHoldsTheTruth) {
  const TempDir root;
  ASSERT_OK_AND_ASSIGN(
      const WrittenSource written,
      WriteSource(spec::BRAX, Small(), {.data_root = root.path()}));
  EXPECT_EQ(written.folder, root.File("brax"));
  EXPECT_TRUE(IsSynthetic(spec::BRAX, {.data_root = root.path()}));
  const auto files = FilesBelow(written.folder);
  EXPECT_EQ(files.size(), static_cast<size_t>(written.files));
  SourceTruth truth;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                  files.at("SYNTHETIC.json"), &truth)
                  .ok());
  EXPECT_EQ(truth.images_size(), written.images);
  EXPECT_EQ(truth.seed(), 5u);
  EXPECT_EQ(files.at("SYNTHETIC"), MarkerText(truth));
  EXPECT_THAT(files.at("SYNTHETIC"), HasSubstr("SYNTHETIC"));
}

TEST(WriteSourceTest, ThreadsChangeNoByte) {
  for (const spec::Source source : {spec::VINDR, spec::NIH_CXR8}) {
    std::vector<std::map<std::string, std::string>> trees;
    for (const int threads : {1, 2, 5}) {
      const TempDir root;
      ASSERT_OK_AND_ASSIGN(
          const WrittenSource written,
          WriteSource(source, Small(),
                      {.data_root = root.path(), .threads = threads}));
      trees.push_back(FilesBelow(written.folder));
    }
    EXPECT_EQ(trees[0], trees[1]) << SourceName(source);
    EXPECT_EQ(trees[0], trees[2]) << SourceName(source);
  }
}

TEST(WriteSourceTest, ADrawnSourceIsKeptUnlessToldOtherwise) {
  const TempDir root;
  const WriteOptions where{.data_root = root.path()};
  ASSERT_OK(WriteSource(spec::BRAX, Small(), where).status());
  ASSERT_OK_AND_ASSIGN(const WrittenSource again,
                       WriteSource(spec::BRAX, Small(), where));
  EXPECT_TRUE(again.was_there);
  SynthOptions other = Small();
  other.seed = 6;
  EXPECT_THAT(WriteSource(spec::BRAX, other, where),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("drawn by other options")));
  ASSERT_OK_AND_ASSIGN(
      const WrittenSource replaced,
      WriteSource(spec::BRAX, other,
                  {.data_root = root.path(), .overwrite = true}));
  EXPECT_FALSE(replaced.was_there);
  EXPECT_THAT(*ReadFile(root.File("brax/SYNTHETIC")), HasSubstr("seed: 6"));
}

TEST(WriteSourceTest, RealImagesAreNeverReplaced) {
  const TempDir root;
  ASSERT_OK(CreateDirectories(root.File("brax")));
  ASSERT_OK(WriteNewFile(root.File("brax/image.png"), "of a person"));
  EXPECT_THAT(WriteSource(spec::BRAX, Small(),
                          {.data_root = root.path(), .overwrite = true}),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("may hold real images")));
  EXPECT_EQ(*ReadFile(root.File("brax/image.png")), "of a person");
}

TEST(WriteSourceTest, WhatAKilledRunLeftIsTakenAway) {
  const TempDir root;
  ASSERT_OK(CreateDirectories(root.File(".brax-drawing/images")));
  ASSERT_OK(WriteNewFile(root.File(".brax-drawing/images/half.png"), "ha"));
  ASSERT_OK_AND_ASSIGN(
      const WrittenSource written,
      WriteSource(spec::BRAX, Small(), {.data_root = root.path()}));
  EXPECT_EQ(FilesBelow(written.folder).count("images/half.png"), 0u);
  EXPECT_THAT(*ListFolder(root.path()), ElementsAre("brax"));
}

TEST(WriteSourceTest, TwoProcessesDoNotMix) {
  const TempDir root;
  ASSERT_OK(CreateDirectories(root.File(".brax-drawing")));
  ASSERT_OK_AND_ASSIGN(const FileLock other,
                       FileLock::Acquire(root.File(".brax-drawing/LOCK")));
  EXPECT_THAT(
      WriteSource(spec::BRAX, Small(), {.data_root = root.path()}),
      StatusIs(absl::StatusCode::kUnavailable, HasSubstr("another process")));
}

TEST(WriteSourceTest, ProgressCountsTheFiles) {
  const TempDir root;
  int64_t calls = 0;
  int64_t last = 0;
  ASSERT_OK_AND_ASSIGN(const WrittenSource written,
                       WriteSource(spec::BRAX, Small(),
                                   {.data_root = root.path(),
                                    .threads = 2,
                                    .progress = [&](int64_t done, int64_t all) {
                                      ++calls;
                                      last = done;
                                      EXPECT_LE(done, all);
                                      return absl::OkStatus();
                                    }}));
  EXPECT_EQ(calls, written.files);
  EXPECT_EQ(last, written.files);
}

TEST(WriteSourceTest, SamplesAreNotDrawn) {
  const TempDir root;
  EXPECT_THAT(WriteSource(spec::HANNOVER, Small(), {.data_root = root.path()}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("hannover: these are real images")));
}

}  // namespace
}  // namespace cxr::synth
