// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/harness/process_name.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class JournalTest : public ::testing::Test {
 protected:
  static spec::PlanRecord PlanOf(const std::string& digest) {
    spec::PlanRecord plan;
    plan.set_target("t");
    plan.set_digest(digest);
    plan.set_command("cxr run t");
    return plan;
  }

  Journal Create(const std::string& digest = "d") {
    absl::StatusOr<Journal> journal = Journal::Create(store_, PlanOf(digest));
    EXPECT_OK(journal);
    return *std::move(journal);
  }

  static void Add(const Journal& journal, spec::RunEventKind kind,
                  const spec::ProcessName& process = ThisProcess()) {
    spec::RunEvent event;
    event.set_kind(kind);
    *event.mutable_process() = process;
    event.set_message("with \"quotes\" and\na second line");
    EXPECT_OK(journal.Add(event));
  }

  static spec::ProcessName Dead() {
    spec::ProcessName dead = ThisProcess();
    dead.set_start_ticks(dead.start_ticks() - 1);
    return dead;
  }

  TempDir dir_;
  Store store_ = *Store::Open(dir_.File("store"));
};

TEST_F(JournalTest, RunsAreCountedAndKeepPlanAndEvents) {
  EXPECT_THAT(RunNumbers(store_), IsEmpty());
  const Journal first = Create();
  const Journal second = Create();
  EXPECT_EQ(first.number(), 1);
  EXPECT_EQ(second.number(), 2);
  EXPECT_THAT(RunNumbers(store_), ElementsAre(1, 2));
  Add(second, spec::DRIVER_STARTED);
  Add(second, spec::STAGE_DONE);
  ASSERT_OK_AND_ASSIGN(const RunHistory run, ReadRun(store_, 2));
  EXPECT_EQ(run.plan.target(), "t");
  ASSERT_THAT(run.events, SizeIs(2));
  EXPECT_EQ(run.events[1].message(), "with \"quotes\" and\na second line");
  EXPECT_GT(run.events[0].unix_millis(), 0);
}

TEST_F(JournalTest, ARunThatIsNotThereNamesThoseThatAre) {
  EXPECT_THAT(ReadRun(store_, 7), StatusIs(absl::StatusCode::kNotFound,
                                           HasSubstr("nor any other")));
  Create();
  EXPECT_THAT(ReadRun(store_, 7), StatusIs(absl::StatusCode::kNotFound,
                                           HasSubstr("there are 1 to 1")));
}

TEST_F(JournalTest, ALineThatWasCutOffIsPassedOver) {
  const Journal journal = Create();
  Add(journal, spec::DRIVER_STARTED);
  ASSERT_OK(AppendToFile(dir_.File("store/runs/1/journal"),
                         "kind: STAGE_DONE unix_mil"));
  EXPECT_THAT(ReadRun(store_, 1)->events, SizeIs(1));
  Add(journal, spec::RUN_STOPPED);
  EXPECT_THAT(ReadRun(store_, 1)->events, SizeIs(2));
}

TEST_F(JournalTest, TheStateIsThatOfTheLastWordAndTheDriver) {
  const Journal journal = Create();
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::DRIVER_DIED);
  Add(journal, spec::DRIVER_STARTED);
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::RUNNING);
  Add(journal, spec::RUN_STOPPED);
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::STOPPED);
  Add(journal, spec::DRIVER_STARTED, Dead());
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::DRIVER_DIED);
  spec::ProcessName foreign = ThisProcess();
  foreign.set_machine("elsewhere@a@b");
  Add(journal, spec::DRIVER_STARTED, foreign);
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::DRIVER_ELSEWHERE);
  Add(journal, spec::RUN_BROKEN);
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::BROKEN);
  Add(journal, spec::RUN_FINISHED);
  EXPECT_EQ(StateOf(*ReadRun(store_, 1)), spec::FINISHED);
}

TEST_F(JournalTest, AnUnfinishedRunOfTheSamePlanIsFound) {
  EXPECT_EQ(FindUnfinished(store_, PlanOf("d")), std::nullopt);
  Add(Create("other"), spec::RUN_STOPPED);
  EXPECT_EQ(FindUnfinished(store_, PlanOf("d")), std::nullopt);
  const Journal journal = Create("d");
  Add(journal, spec::DRIVER_STARTED);
  EXPECT_EQ(FindUnfinished(store_, PlanOf("d")), std::nullopt)
      << "it is driven";
  Add(journal, spec::DRIVER_STARTED, Dead());
  EXPECT_EQ(FindUnfinished(store_, PlanOf("d")), 2);
  spec::PlanRecord otherwise = PlanOf("d");
  otherwise.set_command("cxr run t --strict_code");
  EXPECT_EQ(FindUnfinished(store_, otherwise), std::nullopt);
  Add(Journal::Reopen(store_, 2), spec::RUN_FINISHED);
  EXPECT_EQ(FindUnfinished(store_, PlanOf("d")), std::nullopt);
}

}  // namespace
}  // namespace cxr
