// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/index/label_policy.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr char kNoFinding[] = "No Finding";
constexpr char kSupportDevices[] = "Support Devices";
// Whose labels are MIMIC-CXR's.
constexpr absl::string_view kMimicCxr[] = {"mimic_cxr", "chexmask"};
constexpr float kLeftOut = std::numeric_limits<float>::quiet_NaN();

bool IsMimicCxr(absl::string_view source) {
  return std::find(std::begin(kMimicCxr), std::end(kMimicCxr), source) !=
         std::end(kMimicCxr);
}

bool IsSure(float value) { return value == kNegative || value == kPositive; }

// What becomes of `value`; nothing if the policy does not read it.
std::optional<float> Resolve(float value, spec::LabelPolicy policy) {
  const bool unsure = value == kUncertain || std::isnan(value);
  switch (policy) {
    case spec::COMPLETE_LABELS:
      return IsSure(value) ? std::optional<float>(value) : std::nullopt;
    case spec::MAJORITY:
      // A tie is what pandas' mode makes of it: the smaller.
      return unsure
                 ? std::nullopt
                 : std::optional<float>(value > 0.5f ? kPositive : kNegative);
    case spec::AT_LEAST_ONE:
      return unsure ? std::nullopt
                    : std::optional<float>(value > 0 ? kPositive : kNegative);
    case spec::U_ONES:
    case spec::U_ZEROS:
    case spec::U_IGNORE:
    case spec::NAN_TO_ONE:
      break;
    default:
      CXR_CHECK(false) << "unresolved spec: label policy " << policy;
  }
  if (!unsure) {
    return IsSure(value) ? std::optional<float>(value) : std::nullopt;
  }
  if (policy == spec::NAN_TO_ONE) {
    return kPositive;
  }
  if (std::isnan(value) || policy == spec::U_ZEROS) {
    return kNegative;
  }
  return policy == spec::U_ONES ? kPositive : kLeftOut;
}

std::string ValueText(float value) {
  if (std::isnan(value)) {
    return "nothing";
  }
  return value == kUncertain ? "uncertain" : absl::StrCat(value);
}

// A column with the rule that an image without findings has none of them.
class Column {
 public:
  Column(const ImageIndex& index, int column, spec::LabelPolicy policy)
      : index_(index), column_(column), policy_(policy) {
    const absl::StatusOr<int> no_finding = LabelColumn(index, kNoFinding);
    const std::string& name = index.label_names[column];
    const bool kept = name == kSupportDevices && !IsMimicCxr(index.source);
    if (policy == spec::NAN_TO_ONE && no_finding.ok() && name != kNoFinding &&
        !kept) {
      no_finding_ = *no_finding;
    }
  }

  std::optional<float> At(int64_t example) const {
    if (no_finding_.has_value() &&
        index_.Label(example, *no_finding_) == kPositive) {
      return kNegative;
    }
    return Resolve(index_.Label(example, column_), policy_);
  }

 private:
  const ImageIndex& index_;
  const int column_;
  const spec::LabelPolicy policy_;
  std::optional<int> no_finding_;
};

}  // namespace

absl::StatusOr<std::vector<float>> ResolveLabels(
    const ImageIndex& index, absl::Span<const std::string> targets,
    spec::LabelPolicy policy) {
  const size_t images = index.examples.size();
  std::vector<float> labels(images * targets.size());
  for (size_t t = 0; t < targets.size(); ++t) {
    CXR_ASSIGN_OR_RETURN(const int place, LabelColumn(index, targets[t]));
    const Column column(index, place, policy);
    for (size_t i = 0; i < images; ++i) {
      const std::optional<float> label = column.At(static_cast<int64_t>(i));
      if (!label.has_value()) {
        return absl::FailedPreconditionError(absl::StrCat(
            index.source, ": image ", index.examples[i].id, ": ", targets[t],
            " is ", ValueText(index.Label(static_cast<int64_t>(i), place)),
            ", which ", spec::LabelPolicy_Name(policy), " does not read"));
      }
      labels[i * targets.size() + t] = *label;
    }
  }
  return labels;
}

}  // namespace cxr
