// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AnyOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
constexpr auto kNotFound = absl::StatusCode::kNotFound;

class StoreTest : public ::testing::Test {
 protected:
  StoreTest() : store_(*Store::Open(dir_.File("store"))) {}

  static spec::RunRecord Record(const std::string& id) {
    spec::RunRecord record;
    record.set_stage("train");
    record.set_id(id);
    return record;
  }

  void CommitOne() {
    ASSERT_OK(store_.Commit(Record("abc"), {{"a.f32", "1234"}, {"b", "x"}}));
  }

  std::string File(const std::string& name) const {
    return dir_.File(absl::StrCat("store/train/abc/", name));
  }

  TempDir dir_;
  Store store_;
};

TEST_F(StoreTest, ReturnsWhatWasCommitted) {
  EXPECT_THAT(store_.Find("train", "abc"), StatusIs(kNotFound, HasSubstr("")));
  CommitOne();
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record,
                       store_.Find("train", "abc"));
  ASSERT_EQ(record.artifacts_size(), 2);
  EXPECT_EQ(record.artifacts(0).bytes(), 4);
  EXPECT_EQ(*store_.ReadArtifact(record, "a.f32"), "1234");
  EXPECT_THAT(store_.ReadArtifact(record, "c"),
              StatusIs(kDataLoss, HasSubstr("has no artifact c")));
}

TEST_F(StoreTest, LeavesNothingTemporary) {
  CommitOne();
  EXPECT_THAT(*ListFiles(dir_.File("store")),
              Each(AnyOf(StartsWith("train/abc/"), "lock")));
}

TEST_F(StoreTest, TheFirstOfTwoWins) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record,
                       store_.Commit(Record("abc"), {{"a.f32", "other"}}));
  EXPECT_EQ(record.artifacts_size(), 2);
  EXPECT_EQ(*store_.ReadArtifact(*store_.Find("train", "abc"), "a.f32"),
            "1234");
}

TEST_F(StoreTest, AFolderWithoutMarkerIsDamagedAndReplaced) {
  CommitOne();
  ASSERT_OK(RemoveAll(File("complete")));
  EXPECT_THAT(store_.Find("train", "abc"),
              StatusIs(kDataLoss, HasSubstr("complete is missing")));
  CommitOne();
  EXPECT_THAT(store_.Find("train", "abc"), IsOk());
  EXPECT_TRUE(Exists(dir_.File("store/damaged")));
}

TEST_F(StoreTest, AnEditedRecordIsDamaged) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(const std::string text,
                       ReadFile(File("record.textproto")));
  ASSERT_OK(WriteFileAtomically(File("record.textproto"), text + "\n"));
  EXPECT_THAT(store_.Find("train", "abc"),
              StatusIs(kDataLoss, HasSubstr("not the one")));
}

TEST_F(StoreTest, ATornArtifactIsDamaged) {
  CommitOne();
  ASSERT_OK(WriteFileAtomically(File("a.f32"), "12"));
  EXPECT_THAT(store_.Find("train", "abc"),
              StatusIs(kDataLoss, HasSubstr("2 bytes, expected 4")));
}

TEST_F(StoreTest, AChangedArtifactIsFoundWhenItIsRead) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record,
                       store_.Find("train", "abc"));
  ASSERT_OK(WriteFileAtomically(File("a.f32"), "1235"));
  EXPECT_THAT(store_.ReadArtifact(record, "a.f32"),
              StatusIs(kDataLoss, HasSubstr("not what was written")));
}

TEST_F(StoreTest, ADamageThatSizesDoNotShowIsReplacedToo) {
  CommitOne();
  ASSERT_OK(WriteFileAtomically(File("a.f32"), "1235"));
  CommitOne();
  EXPECT_EQ(*store_.ReadArtifact(*store_.Find("train", "abc"), "a.f32"),
            "1234");
}

TEST_F(StoreTest, FieldsOfANewerVersionAreNoDamage) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(std::string text, ReadFile(File("record.textproto")));
  text += "from_the_future: 1\n";
  ASSERT_OK(WriteFileAtomically(File("record.textproto"), text));
  ASSERT_OK(WriteFileAtomically(File("complete"), Sha256Hex(text)));
  EXPECT_THAT(store_.Find("train", "abc"), IsOk());
}

TEST_F(StoreTest, WhatKilledProcessesLeftIsRemoved) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const std::string bytes(1 << 22, 'x');
    for (int i = 0;; ++i) {
      store_.Commit(Record(absl::StrCat(i)), {{"a", bytes}, {"b", bytes}})
          .status()
          .IgnoreError();
    }
  }
  const std::string tmp = dir_.File("store/tmp");
  while (!Exists(tmp) || ListFiles(tmp)->empty()) {
    usleep(100);
  }
  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  ASSERT_OK(Store::Open(dir_.File("store")));
  EXPECT_THAT(*ListFiles(tmp), ::testing::IsEmpty());
}

// A process is killed while it commits, over and over, at any moment. Whatever
// is found afterwards is whole.
TEST_F(StoreTest, KilledWritersLeaveWholeRecordsOrNone) {
  const std::string bytes(1 << 16, 'x');
  int found = 0;
  // Flushing may be slow: rounds grow longer until some records were whole.
  for (int round = 0; round < 200 && (round < 20 || found < 5); ++round) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (int i = 0;; ++i) {
        if (!store_
                 .Commit(Record(absl::StrCat("r", round, "_", i)),
                         {{"a", bytes}, {"b", bytes}})
                 .ok()) {
          _exit(1);
        }
      }
    }
    usleep(500 + 3000 * round);
    ASSERT_EQ(kill(child, SIGKILL), 0);
    ASSERT_EQ(waitpid(child, nullptr, 0), child);
    for (int i = 0; i < 1000; ++i) {
      const absl::StatusOr<spec::RunRecord> record =
          store_.Find("train", absl::StrCat("r", round, "_", i));
      if (absl::IsNotFound(record.status())) {
        break;
      }
      ASSERT_THAT(record, IsOk());
      ASSERT_EQ(*store_.ReadArtifact(*record, "b"), bytes);
      ++found;
    }
  }
  EXPECT_GT(found, 0);
}

TEST(StoreOpenTest, AStoreThatCannotBeWrittenSaysSo) {
  // Not even root may create folders there.
  EXPECT_THAT(std::string(Store::Open("/proc/cxr_store").status().message()),
              StartsWith("/proc/cxr_store: cannot create folder"));
}

}  // namespace
}  // namespace cxr
