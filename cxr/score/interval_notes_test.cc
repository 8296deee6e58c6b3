// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/interval_notes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void SetInterval(double low, double high, const std::string& kind,
                 spec::Interval* interval) {
  interval->set_low(low);
  interval->set_high(high);
  interval->set_kind(kind);
}

spec::MetricValue* AddValue(const std::string& target,
                            spec::ScoreReport* report) {
  spec::MetricValue* value = report->add_values();
  value->set_metric("auroc");
  value->set_target(target);
  return value;
}

spec::ScoreReport OneValue(double low, double high, const std::string& kind) {
  spec::ScoreReport report;
  SetInterval(low, high, kind, AddValue("mass", &report)->mutable_interval());
  return report;
}

// The only note of one value without width.
std::string NoteOf(const std::string& kind, const Resampled& resampled) {
  spec::ScoreReport report = OneValue(1.0, 1.0, kind);
  AddNoWidthNotes(resampled, &report);
  EXPECT_EQ(report.notes_size(), 1);
  return report.notes(0);
}

TEST(IntervalNotesTest, EachReasonForNoWidthIsTold) {
  EXPECT_EQ(NoteOf("95 % DeLong, cut off at 0 and 1", {100, 1000}),
            "an interval without width is no certainty: DeLong's variance is "
            "0, as that of a perfect ranking, which says nothing of the next "
            "images: auroc of mass");
  EXPECT_THAT(NoteOf("95 % percentile bootstrap", {1, 1000}),
              HasSubstr("one image or patient only"));
  EXPECT_THAT(NoteOf("95 % percentile bootstrap", {100, 1}),
              HasSubstr("one resample only"));
  EXPECT_THAT(NoteOf("95 % percentile bootstrap", {100, 1000}),
              HasSubstr("all resamples have the same value"));
}

TEST(IntervalNotesTest, AnIntervalWithWidthSaysNothing) {
  spec::ScoreReport report = OneValue(0.5, 0.75, "95 % DeLong");
  AddNoWidthNotes({100, 1000}, &report);
  EXPECT_THAT(report.notes(), IsEmpty());
}

TEST(IntervalNotesTest, ManyValuesShareANoteThatNamesTheFirst) {
  spec::ScoreReport report;
  for (int k = 0; k < 9; ++k) {
    SetInterval(0.5, 0.5, "95 % basic bootstrap",
                AddValue(absl::StrCat("c", k), &report)->mutable_interval());
  }
  AddNoWidthNotes({100, 1000}, &report);
  EXPECT_THAT(report.notes(),
              ElementsAre(HasSubstr("auroc of c0, auroc of c1, ")));
  EXPECT_THAT(report.notes(0), HasSubstr("auroc of c5 and 3 more"));
}

TEST(IntervalNotesTest, GroupsComparisonsAndSeedsAreLookedAtToo) {
  spec::ScoreReport report;
  spec::GroupValue* group = report.add_groups();
  group->set_column("sex");
  group->set_group("F");
  group->mutable_value()->set_metric("auroc");
  group->mutable_value()->set_target("mass");
  SetInterval(0, 0, "bootstrap", group->mutable_difference_interval());
  spec::ScoreComparison* row = report.add_comparisons();
  row->set_metric("auprc");
  row->set_target("macro");
  SetInterval(0, 0, "bootstrap", row->mutable_interval());
  spec::SeedValue* seeds = report.add_seeds();
  seeds->mutable_mean()->set_metric("auroc");
  seeds->mutable_mean()->set_target("mass");
  SetInterval(1, 1, "Student's t", seeds->mutable_mean_interval());
  AddNoWidthNotes({100, 1000}, &report);
  EXPECT_THAT(
      report.notes(),
      ElementsAre(HasSubstr("images: auroc of mass in sex F minus the rest, "
                            "difference of auprc of macro"),
                  HasSubstr("all runs have one value: mean auroc of mass")));
}

TEST(IntervalNotesTest, BasicIntervalsBeyondTheRangeAreNamed) {
  const auto all = [](absl::string_view) { return true; };
  const auto none = [](absl::string_view) { return false; };
  spec::ScoreReport report = OneValue(0.9, 1.04, "95 % basic bootstrap");
  AddBeyondNote(none, &report);
  EXPECT_THAT(report.notes(), IsEmpty());
  AddBeyondNote(all, &report);
  EXPECT_THAT(report.notes(), ElementsAre(HasSubstr(": auroc of mass")));
  spec::ScoreReport inside = OneValue(0.9, 1.0, "95 % basic bootstrap");
  AddBeyondNote(all, &inside);
  EXPECT_THAT(inside.notes(), IsEmpty());
  spec::ScoreReport other = OneValue(0.9, 1.04, "95 % DeLong");
  AddBeyondNote(all, &other);
  EXPECT_THAT(other.notes(), IsEmpty());
}

}  // namespace
}  // namespace cxr
