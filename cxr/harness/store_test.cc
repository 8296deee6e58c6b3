// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/process_name.h"
#include "cxr/harness/store_index.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr auto kAborted = absl::StatusCode::kAborted;
constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
constexpr auto kExists = absl::StatusCode::kAlreadyExists;
constexpr auto kNotFound = absl::StatusCode::kNotFound;
constexpr auto kUnavailable = absl::StatusCode::kUnavailable;

class StoreTest : public ::testing::Test {
 protected:
  StoreTest() : store_(*Store::Open(dir_.File("store"))) {}

  static spec::RunRecord Record(const std::string& id) {
    spec::RunRecord record;
    record.set_stage("train");
    record.set_id(id);
    return record;
  }

  Lease Take(const std::string& id, int replaces = 0) {
    absl::StatusOr<Lease> lease =
        store_.Acquire("train", id, {.replaces = replaces});
    EXPECT_OK(lease);
    return lease.ok() ? *lease : Lease();
  }

  void CommitOne(int replaces = 0, const std::string& bytes = "1234") {
    const Lease lease = Take("abc", replaces);
    ASSERT_OK(
        store_.Commit(lease, Record("abc"), {{"a.f32", bytes}, {"b", "x"}}));
  }

  // A file of the first attempt, or of the stage.
  std::string File(const std::string& name) const {
    return JoinPath(store_.AttemptFolder("train", "abc", 1), name);
  }
  std::string Marker() const {
    return JoinPath(store_.StageFolder("train", "abc"), "complete");
  }

  // The lease of a process that has ended.
  spec::LeaseRecord LeaveDeadLease(const std::string& id) {
    const pid_t child = fork();
    EXPECT_GE(child, 0);
    if (child == 0) {
      _exit(store_.Acquire("train", id, {}).ok() ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    return *store_.FindLease("train", id);
  }

  TempDir dir_;
  Store store_;
};

TEST_F(StoreTest, ReturnsWhatWasCommitted) {
  EXPECT_THAT(store_.Find("train", "abc"), StatusIs(kNotFound, HasSubstr("")));
  EXPECT_FALSE(store_.Has("train", "abc"));
  CommitOne();
  EXPECT_TRUE(store_.Has("train", "abc"));
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record,
                       store_.Find("train", "abc"));
  EXPECT_EQ(record.attempt(), 1);
  ASSERT_EQ(record.artifacts_size(), 2);
  EXPECT_EQ(record.artifacts(0).bytes(), 4);
  EXPECT_EQ(*store_.ReadArtifact(record, "a.f32"), "1234");
  EXPECT_THAT(
      store_.ReadArtifact(record, "c"),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("has no artifact c")));
}

TEST_F(StoreTest, ACompleteStageIsNotTakenAndHasNoLease) {
  CommitOne();
  EXPECT_THAT(store_.Acquire("train", "abc", {}),
              StatusIs(kExists, HasSubstr("is complete")));
  EXPECT_THAT(store_.FindLease("train", "abc"),
              StatusIs(kNotFound, HasSubstr("")));
  EXPECT_THAT(*ListFolder(store_.StageFolder("train", "abc")),
              ElementsAre("1", "complete"));
}

TEST_F(StoreTest, OneAtATimeWorksOnAStage) {
  Take("abc");
  EXPECT_THAT(
      store_.Acquire("train", "abc", {}),
      StatusIs(kUnavailable,
               HasSubstr(absl::StrCat("process ", getpid(), " works on it"))));
  EXPECT_EQ(Take("other").token, 1);
}

TEST_F(StoreTest, AttemptsCountUp) {
  const Lease first = Take("abc");
  spec::FailureRecord failure;
  failure.set_message("it failed");
  ASSERT_OK(store_.Abandon(first, failure));
  EXPECT_EQ(store_.FailureOf(first)->message(), "it failed");
  const Lease second = Take("abc");
  EXPECT_EQ(second.token, 2);
  ASSERT_OK(store_.Commit(second, Record("abc"), {{"a", "x"}}));
  EXPECT_EQ(store_.Find("train", "abc")->attempt(), 2);
  EXPECT_THAT(store_.Attempts("train", "abc"), ElementsAre(1, 2));
  EXPECT_EQ(*store_.CompletedAttempt("train", "abc"), 2);
}

TEST_F(StoreTest, TheLeaseOfADeadProcessIsTakenOver) {
  const spec::LeaseRecord dead = LeaveDeadLease("abc");
  EXPECT_EQ(LifeOf(dead.owner()), Life::kDead);
  EXPECT_EQ(Take("abc").token, 2);
}

TEST_F(StoreTest, ALeaseThatIsKnownToBeGoneIsTakenOverUnlessItMoved) {
  const Lease alive = Take("abc");
  ASSERT_OK_AND_ASSIGN(const spec::LeaseRecord seen,
                       store_.FindLease("train", "abc"));
  ASSERT_OK(store_.Renew(alive, 0.5));
  EXPECT_THAT(store_.Acquire("train", "abc", {.gone = &seen}),
              StatusIs(kUnavailable, HasSubstr("works on it")));
  ASSERT_OK_AND_ASSIGN(const spec::LeaseRecord newer,
                       store_.FindLease("train", "abc"));
  EXPECT_EQ(newer.progress(), 0.5);
  EXPECT_EQ(newer.beat(), 1);
  ASSERT_OK_AND_ASSIGN(const Lease lease,
                       store_.Acquire("train", "abc", {.gone = &newer}));
  EXPECT_EQ(lease.token, 2);
}

TEST_F(StoreTest, WhoWasTakenOverCanChangeNothing) {
  const Lease old = Take("abc");
  ASSERT_OK_AND_ASSIGN(const spec::LeaseRecord seen,
                       store_.FindLease("train", "abc"));
  ASSERT_OK_AND_ASSIGN(const Lease lease,
                       store_.Acquire("train", "abc", {.gone = &seen}));
  EXPECT_THAT(store_.Renew(old, 0.9),
              StatusIs(kAborted, HasSubstr("taken over by another process")));
  EXPECT_THAT(store_.Commit(old, Record("abc"), {{"a", "old"}}),
              StatusIs(kAborted, HasSubstr("taken over")));
  EXPECT_FALSE(store_.Has("train", "abc"));
  ASSERT_OK(store_.Abandon(old, {}));
  EXPECT_EQ(store_.FindLease("train", "abc")->token(), 2);
  ASSERT_OK(store_.Commit(lease, Record("abc"), {{"a", "new"}}));
  EXPECT_THAT(store_.Commit(old, Record("abc"), {{"b", "old"}}),
              StatusIs(kExists, HasSubstr("record.textproto")));
  EXPECT_EQ(*store_.ReadArtifact(*store_.Find("train", "abc"), "a"), "new");
}

TEST_F(StoreTest, ARecordIsReplacedOnPurposeOnce) {
  CommitOne();
  CommitOne(/*replaces=*/1, "5678");
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record,
                       store_.Find("train", "abc"));
  EXPECT_EQ(record.attempt(), 2);
  EXPECT_EQ(*store_.ReadArtifact(record, "a.f32"), "5678");
  // Who planned to replace the first finds that somebody has.
  EXPECT_THAT(store_.Acquire("train", "abc", {.replaces = 1}),
              StatusIs(kExists, HasSubstr("complete")));
}

TEST_F(StoreTest, ACopyHasTheArtifactsOfAnotherRecord) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord from, store_.Find("train", "abc"));
  const Lease lease = Take("new");
  ASSERT_OK(store_.CommitCopy(lease, Record("new"), from));
  ASSERT_OK(RemoveAll(store_.StageFolder("train", "abc")));
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord copy, store_.Find("train", "new"));
  EXPECT_EQ(*store_.ReadArtifact(copy, "a.f32"), "1234");
}

TEST_F(StoreTest, AMarkerWithoutRecordIsDamagedAndReplaced) {
  CommitOne();
  ASSERT_OK(RemoveAll(File("record.textproto")));
  EXPECT_THAT(store_.Find("train", "abc"),
              StatusIs(kDataLoss, HasSubstr("record.textproto is missing")));
  CommitOne();
  EXPECT_EQ(store_.Find("train", "abc")->attempt(), 2);
}

TEST_F(StoreTest, AMarkerThatNamesNothingIsDamagedAndReplaced) {
  for (const char* text : {"", "x", "one 123\n", "1\n"}) {
    ASSERT_OK(CreateDirectories(store_.StageFolder("train", "abc")));
    ASSERT_OK(WriteFileAtomically(Marker(), text));
    EXPECT_THAT(store_.Find("train", "abc"),
                StatusIs(kDataLoss, HasSubstr("complete names no attempt")));
    CommitOne();
    EXPECT_THAT(store_.Find("train", "abc"), IsOk());
  }
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

TEST_F(StoreTest, ADamageThatSizesDoNotShowIsFoundWhenItIsReadAndReplaced) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(const spec::RunRecord record,
                       store_.Find("train", "abc"));
  ASSERT_OK(WriteFileAtomically(File("a.f32"), "1235"));
  EXPECT_THAT(store_.ReadArtifact(record, "a.f32"),
              StatusIs(kDataLoss, HasSubstr("not what was written")));
  CommitOne();
  EXPECT_EQ(*store_.ReadArtifact(*store_.Find("train", "abc"), "a.f32"),
            "1234");
}

TEST_F(StoreTest, FieldsOfANewerVersionAreNoDamage) {
  CommitOne();
  ASSERT_OK_AND_ASSIGN(std::string text, ReadFile(File("record.textproto")));
  text += "from_the_future: 1\n";
  ASSERT_OK(WriteFileAtomically(File("record.textproto"), text));
  ASSERT_OK(
      WriteFileAtomically(Marker(), absl::StrCat("1 ", Sha256Hex(text), "\n")));
  EXPECT_THAT(store_.Find("train", "abc"), IsOk());
}

TEST_F(StoreTest, EveryCompletionIsALineOfTheIndex) {
  CommitOne();
  CommitOne(/*replaces=*/1);
  const Lease lease = Take("other");
  ASSERT_OK(store_.Commit(lease, Record("other"), {}));
  ASSERT_OK_AND_ASSIGN(const StoreIndex index, StoreIndex::Read(store_.path()));
  ASSERT_EQ(index.entries().size(), 3u);
  EXPECT_EQ(index.Find("train", "abc")->attempt, 2);
  EXPECT_EQ(index.Find("train", "other")->attempt, 1);
}

// Seconds of a clock that was set wrong have no say: neither in whose record is
// the newest nor in who works.
TEST_F(StoreTest, ClocksThatJumpChangeNothing) {
  const int64_t times[] = {2000000000, 1, 1500000000};
  for (int i = 0; i < 3; ++i) {
    spec::RunRecord record = Record(absl::StrCat("id", i));
    record.mutable_provenance()->set_experiment("x");
    record.mutable_provenance()->set_created_unix_seconds(times[i]);
    const Lease lease = Take(record.id());
    ASSERT_OK(store_.Commit(lease, record, {}));
  }
  ASSERT_OK_AND_ASSIGN(const StoreIndex index, StoreIndex::Read(store_.path()));
  EXPECT_EQ(index.Newest("train", "x", "", "")->id, "id2");
  spec::LeaseRecord lease;
  lease.set_token(1);
  *lease.mutable_owner() = ThisProcess();
  lease.set_begun_unix_seconds(1);  // "Fifty years ago", yet its owner lives.
  ASSERT_OK(CreateDirectories(store_.StageFolder("train", "held")));
  ASSERT_OK(WriteFileAtomically(
      JoinPath(store_.StageFolder("train", "held"), "lease"),
      lease.DebugString()));
  EXPECT_THAT(store_.Acquire("train", "held", {}),
              StatusIs(kUnavailable, HasSubstr("works on it")));
}

TEST_F(StoreTest, ALeaseThatWasCutOffIsNobodys) {
  ASSERT_OK(CreateDirectories(store_.StageFolder("train", "abc")));
  ASSERT_OK(WriteFileAtomically(
      JoinPath(store_.StageFolder("train", "abc"), "lease"), "token: 1 own"));
  EXPECT_EQ(Take("abc").token, 1);
}

TEST(StoreOpenTest, AStoreThatCannotBeWrittenSaysSo) {
  // Not even root may create folders there.
  EXPECT_THAT(std::string(Store::Open("/proc/cxr_store").status().message()),
              StartsWith("/proc/cxr_store/stages: cannot create folder"));
}

TEST(StoreOpenTest, LookingCreatesNothing) {
  const TempDir dir;
  const Store store = Store::OpenToRead(dir.File("store"));
  EXPECT_THAT(store.Find("train", "abc"), StatusIs(kNotFound, HasSubstr("")));
  EXPECT_FALSE(store.Has("train", "abc"));
  EXPECT_THAT(store.Attempts("train", "abc"), IsEmpty());
  EXPECT_THAT(store.FindLease("train", "abc"),
              StatusIs(kNotFound, HasSubstr("")));
  EXPECT_THAT(StoreIndex::Read(store.path())->entries(), IsEmpty());
  EXPECT_FALSE(Exists(dir.File("store")));
}

}  // namespace
}  // namespace cxr
