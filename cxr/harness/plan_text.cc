// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/plan_text.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/freeze.h"
#include "cxr/harness/text_format.h"
#include "cxr/harness/throughput.h"

namespace cxr {
namespace {

// A plan with more stages is told by its most expensive ones.
constexpr int kStagesShown = 60;
constexpr size_t kNamesShown = 2;
constexpr double kSecondsAnHour = 3600;

std::string DecisionText(spec::StageDecision decision) {
  return absl::AsciiStrToLower(spec::StageDecision_Name(decision));
}

std::string TimeText(const spec::StageCost& cost) {
  if (cost.has_device_seconds_high()) {
    return SecondsRangeText(cost.device_seconds_low(),
                            cost.device_seconds_high());
  }
  return IsTimeUnknown(cost) ? "not known" : "";
}

// Markdown tables of fixed width, so that they are read as they are too.
class Columns {
 public:
  void AddRow(std::vector<std::string> cells) {
    widths_.resize(std::max(widths_.size(), cells.size()), 0);
    for (size_t i = 0; i < cells.size(); ++i) {
      widths_[i] = std::max(widths_[i], cells[i].size());
    }
    rows_.push_back(std::move(cells));
  }

  std::string ToText() const {
    std::string text;
    for (size_t r = 0; r < rows_.size(); ++r) {
      absl::StrAppend(&text, "|");
      for (size_t i = 0; i < widths_.size(); ++i) {
        absl::StrAppend(&text, " ", rows_[r][i],
                        std::string(widths_[i] - rows_[r][i].size(), ' '),
                        " |");
      }
      absl::StrAppend(&text, "\n", r == 0 ? Rule() : "");
    }
    return text;
  }

 private:
  std::string Rule() const {
    std::string text = "|";
    for (const size_t width : widths_) {
      absl::StrAppend(&text, " ", std::string(width, '-'), " |");
    }
    return absl::StrCat(text, "\n");
  }

  std::vector<size_t> widths_;
  std::vector<std::vector<std::string>> rows_;
};

// Places of the stages that are shown, in the plan's order.
std::vector<int> ShownStages(const spec::PlanRecord& plan) {
  std::vector<int> places(static_cast<size_t>(plan.stages_size()));
  std::iota(places.begin(), places.end(), 0);
  if (plan.stages_size() <= kStagesShown) {
    return places;
  }
  std::stable_sort(places.begin(), places.end(), [&](int a, int b) {
    return plan.stages(a).cost().flops() > plan.stages(b).cost().flops();
  });
  places.resize(kStagesShown);
  std::sort(places.begin(), places.end());
  return places;
}

// Reasons of a sentence each, told once below the table.
class Reasons {
 public:
  // "(1)".
  std::string Mark(const std::string& reason) {
    const auto [it, added] =
        numbers_.emplace(reason, static_cast<int>(reasons_.size()) + 1);
    if (added) {
      reasons_.push_back(reason);
    }
    return absl::StrCat("(", it->second, ")");
  }

  std::string ToText() const {
    std::string text;
    for (size_t i = 0; i < reasons_.size(); ++i) {
      absl::StrAppend(&text, "(", i + 1, ") ", reasons_[i], "\n");
    }
    return text.empty() ? "" : absl::StrCat("\n", text);
  }

 private:
  std::map<std::string, int> numbers_;
  std::vector<std::string> reasons_;
};

std::string StageTable(const spec::PlanRecord& plan) {
  Columns columns;
  Reasons reasons;
  columns.AddRow({"stage", "of", "decision", "FLOPs", "images", "to the store",
                  "time", "why"});
  const std::vector<int> shown = ShownStages(plan);
  for (const int place : shown) {
    const spec::PlannedStageRecord& stage = plan.stages(place);
    const spec::StageCost& cost = stage.cost();
    const bool costs = stage.has_cost();
    columns.AddRow(
        {stage.stage(),
         ListText({stage.experiments().begin(), stage.experiments().end()},
                  kNamesShown),
         DecisionText(stage.decision()),
         costs && cost.flops() > 0 ? WithPrefix(cost.flops()) : "",
         costs && cost.images() > 0
             ? WithPrefix(static_cast<double>(cost.images()))
             : "",
         costs && cost.disk_bytes() > 0 ? BytesText(cost.disk_bytes()) : "",
         TimeText(cost),
         stage.decision() == spec::MISSING ? reasons.Mark(stage.reason())
         : stage.drift().empty()
             ? stage.reason()
             : absl::StrCat(stage.reason(),
                            ", made by other code: ", stage.drift())});
  }
  const int hidden = plan.stages_size() - static_cast<int>(shown.size());
  return absl::StrCat(
      columns.ToText(),
      hidden == 0 ? ""
                  : absl::StrCat("... and ", CountText(hidden, "more stage"),
                                 ", of smaller cost; --format=json has "
                                 "all.\n"),
      reasons.ToText());
}

std::string CountsText(const spec::PlanRecord& plan) {
  std::map<spec::StageDecision, int> counts;
  for (const spec::PlannedStageRecord& stage : plan.stages()) {
    ++counts[stage.decision()];
  }
  return absl::StrCat(CountText(plan.stages_size(), "stage"), ": ",
                      counts[spec::REUSE], " reused, ", counts[spec::RESUME],
                      " resumed, ", counts[spec::RUN], " to run, ",
                      counts[spec::MISSING], " that cannot run here");
}

std::string NeedsText(const spec::PlanRecord& plan) {
  std::string text;
  for (const spec::PlannedInput& need : plan.needs()) {
    absl::StrAppend(&text, "- ", need.kind(), ": ", need.name(), " (",
                    need.terms(), ")",
                    need.size_bytes() > 0
                        ? absl::StrCat(", about ", BytesText(need.size_bytes()))
                        : "",
                    need.found() ? ", here" : ", not here", "\n");
  }
  return text.empty() ? "" : absl::StrCat("\nNeeds:\n", text);
}

std::string TotalsText(const spec::PlanRecord& plan) {
  double flops = 0;
  int64_t disk = 0;
  std::set<std::string> not_counted;
  for (const spec::PlannedStageRecord& stage : plan.stages()) {
    flops += stage.cost().flops();
    disk += stage.cost().disk_bytes();
    if (!stage.cost().not_counted().empty()) {
      not_counted.insert(stage.cost().not_counted());
    }
  }
  std::string text =
      absl::StrCat("\nWhat is not in the store takes ", FlopText(flops),
                   " (two a multiplication with its addition) and ",
                   BytesText(disk), " of the store.\n");
  for (const std::string& what : not_counted) {
    absl::StrAppend(&text, "Not counted: ", what, ".\n");
  }
  for (const spec::DeviceHours& hours : plan.device_hours()) {
    absl::StrAppend(
        &text, "- ", hours.deployment(), ": ",
        SecondsRangeText(hours.low() * kSecondsAnHour,
                         hours.high() * kSecondsAnHour),
        " of one device (", hours.basis(), ")",
        hours.unknown_stages() > 0
            ? absl::StrCat(", and ", CountText(hours.unknown_stages(), "stage"),
                           " of which no time is known")
            : "",
        "\n");
  }
  return text;
}

// What can be done now.
std::string RunText(const spec::PlanRecord& plan) {
  const PlannedTime time = TimeToRun(plan);
  const bool any = std::any_of(plan.stages().begin(), plan.stages().end(),
                               [](const spec::PlannedStageRecord& stage) {
                                 return IsExecuted(stage.decision());
                               });
  if (!any) {
    return "\nNothing of it is to be run here.\n";
  }
  return absl::StrCat(
      "\nTo run here: ",
      time.high_hours > 0 ? SecondsRangeText(time.low_hours * kSecondsAnHour,
                                             time.high_hours * kSecondsAnHour)
                          : "time not known",
      time.unknown > 0
          ? absl::StrCat(", and ", CountText(time.unknown, "stage"),
                         " whose time is not known")
          : "",
      ": ", plan.command(), "\n");
}

}  // namespace

std::string ToText(const spec::PlanRecord& plan) {
  return absl::StrCat("# ", plan.target(), " at rung ", plan.rung(),
                      ", protocol ", plan.protocol(), "\n\n", CountsText(plan),
                      ".\n\n", StageTable(plan), NeedsText(plan),
                      TotalsText(plan), RunText(plan));
}

}  // namespace cxr
