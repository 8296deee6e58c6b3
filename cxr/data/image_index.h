// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_IMAGE_INDEX_H_
#define CXR_DATA_IMAGE_INDEX_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// What is known of the images of one source without opening them: who, which
// view, which labels, which fold. Every reader fills one.
//
//   CXR_ASSIGN_OR_RETURN(const int column, LabelColumn(index, "Effusion"));
//   const float effusion = index.Label(/*example=*/3, column);

namespace cxr {

// How the beam crossed the patient: back to front (PA, standing at the
// detector) or front to back (AP, mostly bedside).
enum class View { kUnknown, kPa, kAp };

enum class Sex { kUnknown, kFemale, kMale };

inline constexpr int kUnknownAge = -1;
inline constexpr int kNoFold = -1;

struct Example {
  std::string id = {};          // unique in its source, e.g. "00000001_000.png"
  std::string patient_id = {};  // as the source writes it; equal = same person
  View view = View::kUnknown;
  Sex sex = Sex::kUnknown;
  int age_years = kUnknownAge;  // 0..120, or kUnknownAge
  int fold = kNoFold;           // 0..folds-1, or kNoFold
};

// `labels` is (N, L) row-major, N = examples, L = label_names: 1 positive,
// 0 negative, NaN missing. `folds` counts the folds the source was cut into,
// no patient in two of them; 0 if it has none.
struct ImageIndex {
  std::string source = {};  // e.g. "nih64"
  std::vector<std::string> label_names = {};
  std::vector<Example> examples = {};
  std::vector<float> labels = {};
  int folds = 0;

  // The label of row `example` in `column`, both in range.
  float Label(int example, int column) const {
    return labels[example * label_names.size() + column];
  }
};

// The column of the label called `name`; InvalidArgument naming the source, the
// name and the names there are.
absl::StatusOr<int> LabelColumn(const ImageIndex& index,
                                absl::string_view name);

}  // namespace cxr

#endif  // CXR_DATA_IMAGE_INDEX_H_
