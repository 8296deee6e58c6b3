// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/checkpoints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CheckpointsTest : public ::testing::Test {
 protected:
  CheckpointsTest() : lease_(*store_.Acquire("pretrain", "abc", {})) {}

  void Save(double progress, const std::string& state) {
    spec::CheckpointRecord manifest;
    manifest.set_progress(progress);
    ASSERT_OK(SaveCheckpoint(store_, lease_,
                             {.manifest = manifest,
                              .files = {{"weights", state}, {"optimizer", "m"}},
                              .kept = kept_}));
  }

  absl::StatusOr<Checkpoint> Find() const {
    return FindCheckpoint(store_, "pretrain", "abc");
  }

  std::string Folder(int attempt) const {
    return JoinPath(store_.AttemptFolder("pretrain", "abc", attempt),
                    "checkpoints");
  }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
  Lease lease_;
  int kept_ = 2;
};

TEST_F(CheckpointsTest, TheNewestIsFound) {
  EXPECT_THAT(Find(), StatusIs(absl::StatusCode::kNotFound,
                               HasSubstr("has no checkpoint")));
  Save(0.25, "one");
  Save(0.5, "two");
  ASSERT_OK_AND_ASSIGN(const Checkpoint checkpoint, Find());
  EXPECT_EQ(checkpoint.manifest.progress(), 0.5);
  EXPECT_EQ(*ReadCheckpointFile(checkpoint, "weights"), "two");
  EXPECT_THAT(
      ReadCheckpointFile(checkpoint, "other"),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("has no file other")));
}

TEST_F(CheckpointsTest, AsManyAreKeptAsAskedFor) {
  for (int i = 1; i <= 5; ++i) {
    Save(0.1 * i, "x");
  }
  EXPECT_THAT(*ListFolder(Folder(1)), ElementsAre("4", "5"));
  kept_ = 3;
  for (int i = 6; i <= 9; ++i) {
    Save(0.1 * i, "x");
  }
  EXPECT_THAT(*ListFolder(Folder(1)), ElementsAre("7", "8", "9"));
  kept_ = 1;
  Save(1, "x");
  EXPECT_THAT(*ListFolder(Folder(1)), ElementsAre("10"));
}

TEST_F(CheckpointsTest, OneWhoseArtifactIsDamagedIsPassedOver) {
  Save(0.25, "one");
  spec::CheckpointRecord manifest;
  manifest.set_progress(0.5);
  ASSERT_OK_AND_ASSIGN(*manifest.add_artifacts(),
                       store_.WriteArtifact(lease_, {"teacher", "weights"}));
  ASSERT_OK(SaveCheckpoint(store_, lease_, {.manifest = manifest}));
  EXPECT_EQ(Find()->manifest.progress(), 0.5);
  ASSERT_OK(WriteFileAtomically(
      JoinPath(store_.AttemptFolder(lease_), "teacher"), "wights"));
  EXPECT_EQ(Find()->manifest.progress(), 0.25);
}

TEST_F(CheckpointsTest, ADamagedOneIsPassedOverForTheOneBefore) {
  Save(0.25, "one");
  Save(0.5, "two");
  ASSERT_OK(WriteFileAtomically(Folder(1) + "/2/weights", "2wo"));
  EXPECT_EQ(Find()->manifest.progress(), 0.25);
  // Manifests alone do not show it.
  EXPECT_EQ(PeekCheckpoint(store_, "pretrain", "abc")->manifest.progress(),
            0.5);
  ASSERT_OK(RemoveAll(Folder(1) + "/1/manifest.textproto"));
  EXPECT_THAT(Find(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
}

TEST_F(CheckpointsTest, ALaterAttemptComesFirst) {
  Save(0.5, "one");
  ASSERT_OK(store_.Abandon(lease_, {}));
  lease_ = *store_.Acquire("pretrain", "abc", {});
  EXPECT_EQ(Find()->manifest.progress(), 0.5);
  Save(0.25, "two");
  EXPECT_EQ(Find()->manifest.progress(), 0.25);
}

TEST_F(CheckpointsTest, WhatWasNotFinishedIsNoneAndIsReplaced) {
  ASSERT_OK(CreateDirectories(Folder(1) + "/1.tmp"));
  ASSERT_OK(WriteNewFile(Folder(1) + "/1.tmp/weights", "half"));
  EXPECT_THAT(Find(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
  Save(0.5, "whole");
  EXPECT_EQ(*ReadCheckpointFile(*Find(), "weights"), "whole");
}

TEST_F(CheckpointsTest, TheyGoWhenTheRecordIsThere) {
  Save(0.5, "x");
  EXPECT_EQ(Find()->attempt, 1);
  ASSERT_OK(DeleteCheckpoints(store_, lease_));
  EXPECT_THAT(Find(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
  EXPECT_OK(DeleteCheckpoints(store_, lease_));
}

}  // namespace
}  // namespace cxr
