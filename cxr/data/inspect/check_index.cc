// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/check_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/label_policy.h"
#include "cxr/data/index/split.h"
#include "cxr/data/index/words.h"
#include "cxr/data/inspect/counting.h"

namespace cxr {
namespace {

// So many leaks are told, and so many images of each.
constexpr int kLeaksShown = 10;
constexpr int kImagesShown = 5;

std::string Known(absl::string_view word) {
  return word.empty() ? "unknown" : std::string(word);
}

// Of one part or of all images.
struct People {
  int64_t images = 0;
  absl::flat_hash_set<absl::string_view> patients;
  absl::flat_hash_set<absl::string_view> studies;

  void Add(const Example& example) {
    ++images;
    patients.insert(example.patient_id);
    if (!example.study_id.empty()) {
      studies.insert(example.study_id);
    }
  }
};

void CountPeople(const ImageIndex& index, spec::DataReport& report) {
  People all;
  std::map<Part, People> parts;
  std::map<std::string, int64_t> views;
  std::map<std::string, int64_t> sexes;
  std::vector<int64_t> ages;
  for (const Example& example : index.examples) {
    all.Add(example);
    parts[example.part].Add(example);
    ++views[Known(ViewText(example.view))];
    ++sexes[Known(SexText(example.sex))];
    if (example.age_years != kUnknownAge) {
      ages.push_back(example.age_years);
    }
  }
  report.set_images(all.images);
  report.set_patients(std::ssize(all.patients));
  report.set_studies(std::ssize(all.studies));
  for (const auto& [part, people] : parts) {
    spec::FoundPart& found = *report.add_parts();
    found.set_part(std::string(PartTitle(part)));
    found.set_images(people.images);
    found.set_patients(std::ssize(people.patients));
    found.set_studies(std::ssize(people.studies));
  }
  *report.mutable_views() = FoundCounts(views);
  *report.mutable_sexes() = FoundCounts(sexes);
  if (!ages.empty()) {
    *report.mutable_ages() = RangeOf(std::move(ages));
  }
}

// Where every cell is 0 or 1, policies that say the same as COMPLETE_LABELS
// before them are left out.
void CountPolicies(const ImageIndex& index, int column,
                   const std::vector<spec::LabelPolicy>& policies,
                   spec::FoundLabel& found) {
  bool complete = false;
  for (const spec::LabelPolicy policy : policies) {
    const auto labels =
        ResolveLabels(index, {index.label_names[column]}, policy);
    if (!labels.ok()) {  // This policy does not read all cells.
      continue;
    }
    const int64_t positive =
        std::count(labels->begin(), labels->end(), kPositive);
    const int64_t negative =
        std::count(labels->begin(), labels->end(), kNegative);
    if (complete && positive == found.positive() &&
        negative == found.negative()) {
      continue;
    }
    complete = complete || policy == spec::COMPLETE_LABELS;
    spec::FoundPolicy& result = *found.add_policies();
    result.set_policy(spec::LabelPolicy_Name(policy));
    result.set_positive(positive);
    result.set_negative(negative);
    result.set_left_out(std::ssize(*labels) - positive - negative);
  }
}

void CountLabels(const ImageIndex& index,
                 const std::vector<spec::LabelPolicy>& policies,
                 spec::DataReport& report) {
  for (int k = 0; k < std::ssize(index.label_names); ++k) {
    spec::FoundLabel& found = *report.add_labels();
    found.set_name(index.label_names[k]);
    int64_t positive = 0;
    int64_t negative = 0;
    int64_t uncertain = 0;
    int64_t missing = 0;
    for (int64_t i = 0; i < std::ssize(index.examples); ++i) {
      const float value = index.Label(i, k);
      positive += value == kPositive ? 1 : 0;
      negative += value == kNegative ? 1 : 0;
      uncertain += value == kUncertain ? 1 : 0;
      missing += std::isnan(value) ? 1 : 0;
    }
    found.set_positive(positive);
    found.set_negative(negative);
    found.set_uncertain(uncertain);
    found.set_missing(missing);
    found.set_divided(std::ssize(index.examples) - positive - negative -
                      uncertain - missing);
    CountPolicies(index, k, policies, found);
  }
}

void CountLeaks(const ImageIndex& index, spec::DataReport& report) {
  const std::vector<SharedPatient> shared = FindSharedPatients(index);
  report.set_leaks(std::ssize(shared));
  for (const SharedPatient& patient : shared) {
    if (report.first_leaks_size() == kLeaksShown) {
      break;
    }
    spec::FoundLeak& leak = *report.add_first_leaks();
    leak.set_what(
        absl::StrCat("patient ", patient.patient_id, " is in several parts"));
    for (const int i : patient.images) {
      if (leak.images_size() == kImagesShown) {
        break;
      }
      leak.add_images(absl::StrCat(index.examples[i].id, " (",
                                   PartText(index.examples[i].part), ")"));
    }
  }
}

}  // namespace

spec::DataReport CheckIndex(const ImageIndex& index,
                            const std::vector<spec::LabelPolicy>& policies) {
  spec::DataReport report;
  report.set_source(index.source);
  if (index.synthetic) {
    report.set_synthetic(true);
  }
  CountPeople(index, report);
  CountLabels(index, policies, report);
  CountLeaks(index, report);
  report.set_boxes(std::ssize(index.boxes));
  for (const Remark& remark : index.remarks) {
    spec::FoundRemark& found = *report.add_remarks();
    found.set_what(remark.what);
    found.set_count(remark.count);
    found.set_first(remark.first);
  }
  return report;
}

std::vector<spec::LabelPolicy> LabelPolicies() {
  std::vector<spec::LabelPolicy> all;
  for (int i = spec::LabelPolicy_MIN; i <= spec::LabelPolicy_MAX; ++i) {
    if (spec::LabelPolicy_IsValid(i) && i != spec::LABEL_POLICY_UNSPECIFIED) {
      all.push_back(static_cast<spec::LabelPolicy>(i));
    }
  }
  return all;
}

}  // namespace cxr
