// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_IMAGE_INDEX_H_
#define CXR_DATA_INDEX_IMAGE_INDEX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

// What is known of the images of one source without opening them: who, which
// view, which labels, which part. Every reader fills one.
//
//   CXR_ASSIGN_OR_RETURN(const int column, LabelColumn(index, "Effusion"));
//   const float effusion = index.Label(/*example=*/3, column);

namespace cxr {

// How the beam crossed the patient: back to front (PA, standing at the
// detector), front to back (AP, mostly bedside), front to back lying (AP
// supine: PadChest's AP_horizontal), one of these without saying which
// (CheXpert's test list, IU X-ray), from the side, or in another way.
enum class View { kUnknown, kPa, kAp, kApSupine, kFrontal, kLateral, kOther };

enum class Sex { kUnknown, kFemale, kMale };

// Which of the source's own lists an image is on; kNone where the source has
// no lists, or this image is on none.
enum class Part { kNone, kTraining, kValidation, kTest };

inline constexpr int kUnknownAge = -1;
inline constexpr int kNoFold = -1;

// Label values as a source gives them; label_policy.h makes targets of them.
// A share between 0 and 1 is that of several readers who said positive.
inline constexpr float kNegative = 0.0f;
inline constexpr float kPositive = 1.0f;
inline constexpr float kUncertain = -1.0f;
// Not mentioned: NaN.

struct Example {
  std::string id = {};          // unique in its source, e.g. "00000001_000.png"
  std::string patient_id = {};  // as the source writes it; equal = same person
  std::string study_id = {};    // unique in its source; empty: has no studies
  std::string path = {};        // of the image, relative to the source's folder
  View view = View::kUnknown;
  Sex sex = Sex::kUnknown;
  Part part = Part::kNone;
  int age_years = kUnknownAge;  // 0..120, or kUnknownAge
  int fold = kNoFold;           // 0..folds-1, or kNoFold
};

// A rectangle around a finding, in pixels of the image.
struct FindingBox {
  int example = 0;          // place in examples
  std::string label = {};   // as in label_names where the source labels it
  std::string reader = {};  // who drew it; empty where the source does not say
  float left = 0.0f;
  float top = 0.0f;
  float width = 0.0f;
  float height = 0.0f;
};

// Something the reader met in the files that a person should know and that is
// no reason to stop: rows left out, values of unknown meaning.
struct Remark {
  std::string what = {};   // e.g. "rows without labels, left out"
  int64_t count = 0;       // how often
  std::string first = {};  // where first: "labels.csv:17"
};

// `labels` is (N, L) row-major, N = examples, L = label_names: kPositive,
// kNegative, kUncertain, a share of readers, or NaN. `folds` counts the folds
// the source was cut into, no patient in two of them; 0 if it has none.
struct ImageIndex {
  std::string source = {};  // e.g. "nih64"
  std::vector<std::string> label_names = {};
  std::vector<Example> examples = {};
  std::vector<float> labels = {};
  int folds = 0;
  std::vector<FindingBox> boxes = {};  // sorted by example
  std::vector<Remark> remarks = {};
  bool synthetic = false;  // drawn by a program: nobody's images

  // The label of row `example` in `column`, both in range.
  float Label(int64_t example, int column) const {
    return labels[example * label_names.size() + column];
  }
};

// The column of the label called `name`; InvalidArgument naming the source, the
// name and the names there are.
absl::StatusOr<int> LabelColumn(const ImageIndex& index,
                                absl::string_view name);

// Counts `what` in `remarks`; `where` is kept if it is the first.
void AddRemark(absl::string_view what, absl::string_view where,
               std::vector<Remark>* remarks);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_IMAGE_INDEX_H_
