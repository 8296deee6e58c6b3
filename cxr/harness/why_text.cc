// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/why_text.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/text_format.h"

namespace cxr {
namespace {

// More names of experiments, and longer values, only bury what matters.
constexpr size_t kNamesShown = 3;
constexpr size_t kLongestValue = 70;

// Stands for the time of a record, which groups of stages do not differ by.
constexpr absl::string_view kRecordTime = "\x01";

std::string Shortened(const std::string& value) {
  return value.size() <= kLongestValue
             ? value
             : absl::StrCat(value.substr(0, kLongestValue), "...");
}

std::string SideText(absl::string_view when, bool set, const std::string& value,
                     const std::string& origin) {
  return absl::StrCat("    ", when, " ", set ? Shortened(value) : "not set",
                      origin.empty() ? "" : absl::StrCat("    # ", origin),
                      "\n");
}

std::string ChangeText(const spec::FieldChange& change) {
  return absl::StrCat("  ", change.path(), "\n",
                      SideText("was", change.has_old_value(),
                               change.old_value(), change.old_origin()),
                      SideText("now", change.has_new_value(),
                               change.new_value(), change.new_origin()));
}

std::string HeadOf(const spec::StageExplanation& stage) {
  if (stage.decision() == spec::MISSING) {
    return absl::StrCat("cannot run: ", stage.reason());
  }
  if (stage.decision() == spec::REUSE) {
    return absl::StrCat("reused, though made by other code (", stage.drift(),
                        "); --strict_code makes it again");
  }
  std::string text = stage.reason();
  if (!stage.changes().empty()) {
    text = absl::StrCat("changed since the record of ", kRecordTime);
  } else if (!stage.because_of().empty()) {
    text = absl::StrCat(absl::StrJoin(stage.because_of(), " and "),
                        stage.because_of_size() == 1 ? " gives" : " give",
                        " something else now");
  }
  return stage.decision() == spec::RESUME && text != stage.reason()
             ? absl::StrCat(text, "; ", stage.reason())
             : text;
}

// What is said of a stage, without its experiments and the time of its record.
std::string BodyOf(const spec::StageExplanation& stage) {
  std::string text = absl::StrCat(HeadOf(stage), "\n");
  for (const spec::FieldChange& change : stage.changes()) {
    absl::StrAppend(&text, ChangeText(change));
  }
  return text;
}

// Stages of which the same is to be said.
struct Group {
  std::string stage = {};
  std::string body = {};
  std::vector<std::string> experiments = {};
  int64_t newest_unix_seconds = 0;  // Of the records compared with; 0 if none.
};

std::vector<Group> GroupsOf(const spec::WhyRecord& why) {
  std::vector<Group> groups;
  std::map<std::pair<std::string, std::string>, size_t> places;
  for (const spec::StageExplanation& stage : why.stages()) {
    // What cannot run has one reason for all that needs it.
    const std::string name =
        stage.decision() == spec::MISSING ? "" : stage.stage();
    std::string body = BodyOf(stage);
    const auto [it, added] =
        places.emplace(std::make_pair(name, body), groups.size());
    if (added) {
      groups.push_back({.stage = name, .body = std::move(body)});
    }
    Group& group = groups[it->second];
    if (!stage.changes().empty()) {
      group.newest_unix_seconds =
          std::max(group.newest_unix_seconds, stage.compared_unix_seconds());
    }
    std::vector<std::string>& experiments = group.experiments;
    for (const std::string& experiment : stage.experiments()) {
      if (experiments.empty() || experiments.back() != experiment) {
        experiments.push_back(experiment);
      }
    }
  }
  return groups;
}

}  // namespace

std::string ToText(const spec::WhyRecord& why, absl::TimeZone zone) {
  int executed = 0;
  int missing = 0;
  for (const spec::StageExplanation& stage : why.stages()) {
    executed += IsExecuted(stage.decision()) ? 1 : 0;
    missing += stage.decision() == spec::MISSING ? 1 : 0;
  }
  std::string text = absl::StrCat(
      why.target(), " at rung ", why.rung(), ", protocol ", why.protocol(),
      ": ", CountText(executed, "stage"), " would be executed, ",
      static_cast<int>(why.stages_size()) - executed - missing + why.reused(),
      " reused, ", missing, " cannot run here\n");
  // What cannot run comes last: it is no news.
  std::vector<Group> groups = GroupsOf(why);
  std::stable_partition(groups.begin(), groups.end(), [](const Group& group) {
    return !group.stage.empty();
  });
  for (const Group& group : groups) {
    const std::string time = absl::FormatTime(
        "%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(group.newest_unix_seconds),
        zone);
    absl::StrAppend(&text, "\n", group.stage, group.stage.empty() ? "" : " of ",
                    ListText(group.experiments, kNamesShown), ": ",
                    absl::StrReplaceAll(group.body, {{kRecordTime, time}}));
  }
  return text;
}

}  // namespace cxr
