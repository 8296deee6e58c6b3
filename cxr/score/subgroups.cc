// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/subgroups.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/words.h"
#include "cxr/score/classification.h"

namespace cxr {
namespace {

// The label of that name in CheXpert, MIMIC-CXR and BRAX.
constexpr absl::string_view kSupportDevices = "Support Devices";
constexpr int kLast = std::numeric_limits<int>::max();

// A group of one grouping, in which groups stand by rising `order`.
struct Key {
  int order = 0;
  std::string name = {};

  auto operator<=>(const Key&) const = default;
};

Key Unknown() { return {.order = kLast, .name = "unknown"}; }
Key Several() { return {.order = kLast - 1, .name = "several"}; }

Key SexKey(const Example& example) {
  return example.sex == Sex::kUnknown
             ? Unknown()
             : Key{.order = static_cast<int>(example.sex),
                   .name = std::string(SexText(example.sex))};
}

Key ViewKey(const Example& example) {
  return example.view == View::kUnknown
             ? Unknown()
             : Key{.order = static_cast<int>(example.view),
                   .name = std::string(ViewText(example.view))};
}

// "0-39", "40-59", "60+" by the bands' first years 40 and 60.
Key AgeKey(const Example& example, const spec::SubgroupSpec& spec) {
  if (example.age_years == kUnknownAge) return Unknown();
  const auto& begins = spec.band_begins_years();
  const auto next =
      std::upper_bound(begins.begin(), begins.end(), example.age_years);
  const int from = next == begins.begin() ? 0 : *(next - 1);
  return {.order = from,
          .name = next == begins.end() ? absl::StrCat(from, "+")
                                       : absl::StrCat(from, "-", *next - 1)};
}

Key DevicesKey(float label) {
  if (label == kPositive) return {.order = 0, .name = "yes"};
  if (label == kNegative) return {.order = 1, .name = "no"};
  return std::isnan(label) ? Unknown() : Key{.order = 2, .name = "uncertain"};
}

absl::string_view TitleOf(spec::Grouping grouping) {
  switch (grouping) {
    case spec::BY_SEX:
      return "sex";
    case spec::BY_AGE:
      return "age";
    case spec::BY_VIEW:
      return "view";
    case spec::BY_SUPPORT_DEVICES:
      return "support devices";
    default:
      CXR_CHECK(false) << "unresolved spec: grouping " << grouping;
      return "";
  }
}

class Finder {
 public:
  Finder(const Predictions& predictions, const ImageIndex& index,
         const spec::ScoreSpec& spec)
      : predictions_(predictions), index_(index), spec_(spec) {}

  absl::StatusOr<std::vector<Subgroup>> Find() {
    CXR_RETURN_IF_ERROR(FindExamples());
    std::vector<Subgroup> groups;
    for (const int grouping : spec_.subgroups().groupings()) {
      AddGroups(static_cast<spec::Grouping>(grouping), &groups);
    }
    return groups;
  }

 private:
  absl::Status FindExamples() {
    std::map<absl::string_view, int> places;
    for (int i = 0; i < std::ssize(index_.examples); ++i) {
      places.emplace(index_.examples[i].id, i);
    }
    for (const std::string& id : predictions_.ids) {
      const auto found = places.find(id);
      if (found == places.end()) {
        return absl::DataLossError(absl::StrCat(
            "predictions: image ", id, " is not among the images of the data"));
      }
      examples_.push_back(found->second);
    }
    return absl::OkStatus();
  }

  void AddGroups(spec::Grouping grouping, std::vector<Subgroup>* groups) const {
    std::vector<Key> keys;
    for (const int example : examples_) {
      keys.push_back(KeyOf(grouping, example));
    }
    if (std::all_of(keys.begin(), keys.end(),
                    [](const Key& key) { return key == Unknown(); })) {
      return;
    }
    if (spec_.classification().level() == spec::PATIENT_MAX) JoinPatients(keys);
    std::map<Key, Rows> rows;
    for (size_t i = 0; i < keys.size(); ++i) {
      rows[keys[i]].push_back(static_cast<int64_t>(i));
    }
    for (auto& [key, of_group] : rows) {
      groups->push_back({.name = absl::StrCat(TitleOf(grouping), "=", key.name),
                         .rows = std::move(of_group)});
    }
  }

  Key KeyOf(spec::Grouping grouping, int place) const {
    const Example& example = index_.examples[place];
    switch (grouping) {
      case spec::BY_SEX:
        return SexKey(example);
      case spec::BY_AGE:
        return AgeKey(example, spec_.subgroups());
      case spec::BY_VIEW:
        return ViewKey(example);
      default: {
        const auto column =
            std::find(index_.label_names.begin(), index_.label_names.end(),
                      kSupportDevices);
        return column == index_.label_names.end()
                   ? Unknown()
                   : DevicesKey(index_.Label(
                         place, static_cast<int>(column -
                                                 index_.label_names.begin())));
      }
    }
  }

  // A patient is scored whole, so all his images are in one group.
  void JoinPatients(std::vector<Key>& keys) const {
    std::map<absl::string_view, Key> of_patient;
    for (size_t i = 0; i < keys.size(); ++i) {
      const auto [known, added] =
          of_patient.emplace(predictions_.patients[i], keys[i]);
      if (!added && known->second != keys[i]) known->second = Several();
    }
    for (size_t i = 0; i < keys.size(); ++i) {
      keys[i] = of_patient.at(predictions_.patients[i]);
    }
  }

  const Predictions& predictions_;
  const ImageIndex& index_;
  const spec::ScoreSpec& spec_;
  std::vector<int> examples_;  // of each prediction, its place in the index
};

}  // namespace

absl::StatusOr<std::vector<Subgroup>> FindSubgroups(
    const Predictions& predictions, const ImageIndex& index,
    const spec::ScoreSpec& spec) {
  return Finder(predictions, index, spec).Find();
}

absl::StatusOr<std::vector<spec::MetricValue>> ScoreSubgroups(
    const Predictions& predictions, const std::vector<Subgroup>& groups,
    const spec::ScoreSpec& spec) {
  std::vector<spec::MetricValue> all;
  for (const Subgroup& group : groups) {
    CXR_ASSIGN_OR_RETURN(
        std::vector<spec::MetricValue> values,
        ScoreClassification(TakeRows(predictions, group.rows), spec));
    for (spec::MetricValue& value : values) {
      value.set_group(group.name);
      all.push_back(std::move(value));
    }
  }
  return all;
}

}  // namespace cxr
