// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/gc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/checkpoints.h"
#include "cxr/harness/store_index.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GcTest : public ::testing::Test {
 protected:
  Lease Take(const std::string& id, int replaces = 0) {
    return *store_.Acquire("train", id, {.replaces = replaces});
  }

  void Complete(const Lease& lease) {
    spec::RunRecord record;
    record.set_stage("train");
    record.set_id(lease.id);
    ASSERT_OK(store_.Commit(lease, record, {{"out", "12345"}}));
  }

  void Collect() {
    ASSERT_OK_AND_ASSIGN(const Garbage garbage, FindGarbage(store_));
    ASSERT_OK(DeleteGarbage(store_, garbage));
  }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
};

TEST_F(GcTest, AnEmptyStoreHasNoGarbage) {
  EXPECT_THAT(FindGarbage(store_)->folders, IsEmpty());
  EXPECT_THAT(FindGarbage(Store::OpenToRead(dir_.File("none")))->folders,
              IsEmpty());
}

TEST_F(GcTest, FailedAndReplacedAttemptsGoAndRecordsStay) {
  ASSERT_OK(store_.Abandon(Take("abc"), {}));
  Complete(Take("abc"));
  Complete(Take("abc", /*replaces=*/2));
  ASSERT_OK_AND_ASSIGN(const Garbage garbage, FindGarbage(store_));
  EXPECT_THAT(garbage.folders,
              ElementsAre(store_.AttemptFolder("train", "abc", 1),
                          store_.AttemptFolder("train", "abc", 2)));
  EXPECT_GT(garbage.bytes, 5);
  ASSERT_OK(DeleteGarbage(store_, garbage));
  EXPECT_THAT(store_.Attempts("train", "abc"), ElementsAre(3));
  EXPECT_THAT(store_.Find("train", "abc"), IsOk());
}

TEST_F(GcTest, WhatSomebodyWorksOnStays) {
  ASSERT_OK(store_.Abandon(Take("abc"), {}));
  Take("abc");
  Collect();
  EXPECT_THAT(store_.Attempts("train", "abc"), ElementsAre(1, 2));
}

TEST_F(GcTest, TheCheckpointToGoOnFromStays) {
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const Lease lease = Take("abc");
    if (attempt < 3) {
      spec::CheckpointRecord manifest;
      manifest.set_progress(0.1 * attempt);
      ASSERT_OK(SaveCheckpoint(store_, lease,
                               {.manifest = manifest, .files = {{"s", "x"}}}));
    }
    ASSERT_OK(store_.Abandon(lease, {}));
  }
  // A save that did not come to its end is no checkpoint.
  ASSERT_OK(CreateDirectories(
      JoinPath(store_.AttemptFolder("train", "abc", 3), "checkpoints")));
  Collect();
  EXPECT_EQ(FindCheckpoint(store_, "train", "abc")->manifest.progress(), 0.2);
  EXPECT_THAT(FindGarbage(store_)->folders, IsEmpty());
  // The number of an attempt that went is not used again for another.
  EXPECT_THAT(store_.Attempts("train", "abc"), ElementsAre(2, 3));
  Complete(Take("abc"));
  EXPECT_EQ(store_.Find("train", "abc")->attempt(), 4);
}

TEST_F(GcTest, WhatCannotBeToldStays) {
  Complete(Take("abc"));
  Complete(Take("abc", /*replaces=*/1));
  ASSERT_OK(WriteFileAtomically(
      JoinPath(store_.StageFolder("train", "abc"), "complete"), "garbled"));
  Collect();
  EXPECT_THAT(store_.Attempts("train", "abc"), ElementsAre(1, 2));
}

TEST_F(GcTest, TheIndexGetsBackWhatItLacks) {
  Complete(Take("abc"));
  Complete(Take("def"));
  ASSERT_OK(RemoveAll(dir_.File("store/index")));
  Collect();
  ASSERT_OK_AND_ASSIGN(const StoreIndex index, StoreIndex::Read(store_.path()));
  EXPECT_EQ(index.entries().size(), 2u);
  EXPECT_NE(index.Find("train", "def"), nullptr);
  Collect();
  EXPECT_EQ(StoreIndex::Read(store_.path())->entries().size(), 2u);
}

}  // namespace
}  // namespace cxr
