// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/store_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/spec/run_record.pb.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

spec::RunRecord Record(const std::string& stage, const std::string& id,
                       const std::string& experiment) {
  spec::RunRecord record;
  record.set_stage(stage);
  record.set_id(id);
  record.set_attempt(1);
  record.mutable_provenance()->set_experiment(experiment);
  record.mutable_provenance()->set_rung("smoke");
  record.mutable_provenance()->set_protocol("as_published");
  return record;
}

// The index of a store whose file `index` has this text. The folder is gone
// afterwards, the index is not.
StoreIndex Read(const std::string& text) {
  const TempDir store;
  EXPECT_OK(WriteFileAtomically(store.File("index"), text));
  absl::StatusOr<StoreIndex> index = StoreIndex::Read(store.path());
  EXPECT_OK(index);
  return *std::move(index);
}

std::vector<std::string> Ids(const StoreIndex& index) {
  std::vector<std::string> ids;
  for (const IndexEntry& entry : index.entries()) {
    ids.emplace_back(entry.id);
  }
  return ids;
}

TEST(StoreIndexTest, ALineSaysWhatTheRecordSays) {
  spec::RunRecord record = Record("train", "abc", "study/axis=1/b=2");
  record.set_attempt(3);
  spec::Provenance& provenance = *record.mutable_provenance();
  provenance.set_code_digest("c0de");
  provenance.set_device("NVIDIA H100 80GB");
  provenance.set_flops(2.5e18);
  provenance.set_images(123456789012);
  provenance.set_wall_seconds(0.125);
  const StoreIndex index = Read(IndexLine(record));
  ASSERT_THAT(index.entries(), SizeIs(1));
  const IndexEntry& entry = index.entries()[0];
  EXPECT_EQ(entry.stage, "train");
  EXPECT_EQ(entry.id, "abc");
  EXPECT_EQ(entry.attempt, 3);
  EXPECT_EQ(entry.experiment, "study/axis=1/b=2");
  EXPECT_EQ(entry.rung, "smoke");
  EXPECT_EQ(entry.protocol, "as_published");
  EXPECT_EQ(entry.code_digest, "c0de");
  EXPECT_EQ(entry.device, "NVIDIA H100 80GB");
  EXPECT_EQ(entry.flops, 2.5e18);
  EXPECT_EQ(entry.images, 123456789012);
  EXPECT_EQ(entry.wall_seconds, 0.125);
}

TEST(StoreIndexTest, ARecordThatSaysLittleHasALineToo) {
  const StoreIndex index = Read(IndexLine(spec::RunRecord()));
  ASSERT_THAT(index.entries(), SizeIs(1));
  EXPECT_EQ(index.entries()[0].stage, "");
  EXPECT_EQ(index.entries()[0].flops, 0);
}

TEST(StoreIndexTest, AStoreWithoutAnIndexHasAnEmptyOne) {
  const TempDir store;
  ASSERT_OK_AND_ASSIGN(const StoreIndex index, StoreIndex::Read(store.path()));
  EXPECT_THAT(index.entries(), IsEmpty());
  EXPECT_EQ(index.Find("train", "a"), nullptr);
  EXPECT_EQ(index.Newest("train", "e", "smoke", "as_published"), nullptr);
}

TEST(StoreIndexTest, AnIndexThatIsNoFileIsAnError) {
  const TempDir store;
  ASSERT_OK(CreateDirectory(store.File("index")));
  EXPECT_EQ(StoreIndex::Read(store.path()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(StoreIndexTest, ALineThatIsStillBeingWrittenIsNotThereYet) {
  const std::string whole = IndexLine(Record("train", "a", "e"));
  const std::string last = IndexLine(Record("train", "b", "e"));
  for (size_t length = 0; length < last.size(); ++length) {
    EXPECT_THAT(Ids(Read(absl::StrCat(whole, last.substr(0, length)))),
                ElementsAre("a"))
        << length;
  }
  EXPECT_THAT(Ids(Read(absl::StrCat(whole, last))), ElementsAre("a", "b"));
}

// A full disk cuts a line off; the next one is written behind it. It is never
// taken for another record, and those after it are there.
TEST(StoreIndexTest, ALineThatWasCutOffCostsNoOther) {
  const std::string cut = IndexLine(Record("train", "b", "e"));
  const std::string next = IndexLine(Record("train", "c", "e"));
  const std::string after = IndexLine(Record("train", "d", "e"));
  for (size_t length = 1; length + 1 < cut.size(); ++length) {
    const StoreIndex index =
        Read(absl::StrCat(cut.substr(0, length), next, after));
    EXPECT_EQ(index.entries().back().id, "d");
    EXPECT_EQ(index.Find("train", "b"), nullptr) << length;
    EXPECT_NE(index.Find("train", "c"), nullptr) << length;
    ASSERT_NE(index.Find("train", "d"), nullptr);
  }
}

TEST(StoreIndexTest, LinesThatAreNoneAreOnlyPassedOver) {
  const std::string line = IndexLine(Record("train", "a", "e"));
  const std::string body = line.substr(0, line.size() - 1);
  const std::vector<std::string> foreign = {
      "\n",
      "something else\n",
      std::string("\0\xff\n", 3),
      "a\tb\tc\td\te\tf\tg\th\ti\tj\n",
      absl::StrCat(body, "\tmore\n"),
      "train\tb\tone\te\tr\tp\tc\td\t1\t1\t1\n",
      "train\tb\t1\te\tr\tp\tc\td\tmuch\t1\t1\n",
      "train\tb\t1\te\tr\tp\tc\td\t1\t1.5\t1\n",
      "train\tb\t1\te\tr\tp\tc\td\t1\t1\t\n"};
  std::string text;
  for (const std::string& other : foreign) {
    text += other;
  }
  EXPECT_THAT(Read(text).entries(), IsEmpty());
  EXPECT_THAT(Ids(Read(absl::StrCat(text, line, text, line))),
              ElementsAre("a", "a"));
}

TEST(StoreIndexTest, FindGivesTheLastLineOfAStage) {
  spec::RunRecord first = Record("train", "a", "e");
  spec::RunRecord again = first;
  again.set_attempt(2);
  const StoreIndex index =
      Read(absl::StrCat(IndexLine(first), IndexLine(Record("score", "a", "e")),
                        IndexLine(again)));
  ASSERT_NE(index.Find("train", "a"), nullptr);
  EXPECT_EQ(index.Find("train", "a")->attempt, 2);
  ASSERT_NE(index.Find("score", "a"), nullptr);
  EXPECT_EQ(index.Find("score", "a")->attempt, 1);
  EXPECT_EQ(index.Find("predict", "a"), nullptr);
  EXPECT_EQ(index.Find("train", "b"), nullptr);
}

// The clock of the machine was set back between the two.
TEST(StoreIndexTest, NewestGoesByOrderNotByTime) {
  spec::RunRecord first = Record("train", "a", "e");
  first.mutable_provenance()->set_created_unix_seconds(2000);
  spec::RunRecord second = Record("train", "b", "e");
  second.mutable_provenance()->set_created_unix_seconds(1000);
  const StoreIndex index =
      Read(absl::StrCat(IndexLine(first), IndexLine(second)));
  ASSERT_NE(index.Newest("train", "e", "smoke", "as_published"), nullptr);
  EXPECT_EQ(index.Newest("train", "e", "smoke", "as_published")->id, "b");
}

TEST(StoreIndexTest, NewestIsThatOfTheSameExperimentAndRules) {
  spec::RunRecord paper = Record("train", "b", "e");
  paper.mutable_provenance()->set_rung("paper");
  spec::RunRecord corrected = Record("train", "c", "e");
  corrected.mutable_provenance()->set_protocol("corrected");
  const StoreIndex index = Read(
      absl::StrCat(IndexLine(Record("train", "a", "e")), IndexLine(paper),
                   IndexLine(corrected), IndexLine(Record("train", "d", "f")),
                   IndexLine(Record("score", "s", "e"))));
  const auto newest = [&](absl::string_view stage, absl::string_view experiment,
                          absl::string_view rung, absl::string_view protocol) {
    const IndexEntry* entry = index.Newest(stage, experiment, rung, protocol);
    return entry == nullptr ? "none" : std::string(entry->id);
  };
  EXPECT_EQ(newest("train", "e", "smoke", "as_published"), "a");
  EXPECT_EQ(newest("train", "e", "paper", "as_published"), "b");
  EXPECT_EQ(newest("train", "e", "smoke", "corrected"), "c");
  EXPECT_EQ(newest("train", "f", "smoke", "as_published"), "d");
  EXPECT_EQ(newest("score", "e", "smoke", "as_published"), "s");
  EXPECT_EQ(newest("train", "e", "demo", "as_published"), "none");
  EXPECT_EQ(newest("data", "e", "smoke", "as_published"), "none");
}

// Texts of entries point into the index, which may be a short one.
TEST(StoreIndexTest, EntriesOutliveAMoveOfTheIndex) {
  StoreIndex first = Read("t\ti\t1\te\tr\tp\tc\td\t1\t1\t1\t.\n");
  const StoreIndex second = std::move(first);
  ASSERT_NE(second.Find("t", "i"), nullptr);
  EXPECT_EQ(second.Find("t", "i")->device, "d");
}

}  // namespace
}  // namespace cxr
