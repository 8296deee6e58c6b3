// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/select.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

bool IsView(View view, int wanted) {
  switch (wanted) {
    case spec::PA:
      return view == View::kPa;
    case spec::AP:
      return view == View::kAp;
    case spec::AP_SUPINE:
      return view == View::kApSupine;
    case spec::LATERAL:
      return view == View::kLateral;
    case spec::ANY_VIEW:
      return true;
    default:
      CXR_CHECK(false) << "unresolved spec: view " << wanted;
      return false;
  }
}

bool HasView(const Example& example, const spec::DataSpec& spec) {
  const auto asks_for = [&spec](View view) {
    return std::any_of(
        spec.views().begin(), spec.views().end(),
        [view](const int wanted) { return IsView(view, wanted); });
  };
  // A frontal image is a PA or an AP: wanted where both are.
  return asks_for(example.view) || (example.view == View::kFrontal &&
                                    asks_for(View::kPa) && asks_for(View::kAp));
}

bool HasLists(const ImageIndex& all) {
  for (const Example& example : all.examples) {
    if (example.part != Part::kNone) {
      return true;
    }
  }
  return false;
}

// Which images are left by one rule after the other.
class Selector {
 public:
  Selector(const ImageIndex& all, const spec::DataSpec& spec)
      : source_(all.source),
        spec_(spec),
        training_alone_(spec.part() == spec::TRAINING_PART && HasLists(all)) {}

  bool Takes(const Example& example) {
    if (!HasView(example, spec_)) {
      return false;
    }
    any_view_ = true;
    if (training_alone_ && example.part != Part::kTraining) {
      return false;
    }
    if (spec_.has_sample() &&
        !InSample(spec_.sample(), source_, example.patient_id)) {
      return false;
    }
    return IsAmongFirst(example);
  }

  absl::Status NothingLeft(const std::vector<Remark>& remarks) const {
    std::string text = absl::StrCat(
        source_, any_view_ ? ": no image is in the part that is asked for"
                           : ": no image has a view that is asked for");
    for (const Remark& remark : remarks) {
      absl::StrAppend(&text, "; ", remark.what, ": ", remark.count);
    }
    return absl::FailedPreconditionError(text);
  }

 private:
  // The first patients of each list, so that no list is lost.
  bool IsAmongFirst(const Example& example) {
    if (spec_.max_patients() <= 0) {
      return true;
    }
    auto& patients = patients_[example.part];
    if (std::ssize(patients) >= spec_.max_patients()) {
      return patients.contains(example.patient_id);
    }
    patients.insert(example.patient_id);
    return true;
  }

  const std::string& source_;
  const spec::DataSpec& spec_;
  const bool training_alone_;
  bool any_view_ = false;
  std::map<Part, absl::flat_hash_set<std::string>> patients_;
};

}  // namespace

bool InSample(const spec::PatientSampleSpec& sample, absl::string_view source,
              absl::string_view patient) {
  const CounterRng rng(sample.seed(),
                       absl::StrCat("patient sample/", source, "/", patient));
  return rng.Uniform(0) < sample.fraction();
}

absl::StatusOr<SelectedIndex> Select(const ImageIndex& all,
                                     const spec::DataSpec& spec) {
  SelectedIndex selected{.index = {.source = all.source,
                                   .label_names = all.label_names,
                                   .folds = all.folds,
                                   .remarks = all.remarks,
                                   .synthetic = all.synthetic}};
  const auto width = std::ssize(all.label_names);
  Selector selector(all, spec);
  for (int64_t i = 0; i < std::ssize(all.examples); ++i) {
    if (!selector.Takes(all.examples[i])) {
      continue;
    }
    selected.rows.push_back(static_cast<int>(i));
    selected.index.examples.push_back(all.examples[i]);
    const auto labels = all.labels.begin() + i * width;
    selected.index.labels.insert(selected.index.labels.end(), labels,
                                 labels + width);
  }
  if (selected.rows.empty()) {
    return selector.NothingLeft(all.remarks);
  }
  return selected;
}

}  // namespace cxr
