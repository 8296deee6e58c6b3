// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_SPLIT_H_
#define CXR_DATA_INDEX_SPLIT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/index/image_index.h"
#include "cxr/spec/train.pb.h"

// Training, validation and test images of an experiment: the source's own
// lists, and rules with a seed where it has none.

namespace cxr {

// Places in an index, ascending; no image of a patient in two of them, but for
// training images that also choose the epoch (TrainingImagesSpec).
struct Split {
  std::vector<int> training = {};
  std::vector<int> validation = {};
  std::vector<int> test = {};
};

// The split of `index` by `spec`, in this order: declared test patients are
// taken from the training list, the same part (rounded) of those with and
// without the label that is named; then training_sample; then held out
// patients. Patients are drawn by a number that depends on seed, purpose,
// source and patient alone, so that one choice never depends on another
// (samples of one seed are the same patients, as PatientSampleSpec says); of
// the declared test the number to take depends on how many patients there are.
// InvalidArgument for a label that the source does not have;
// FailedPrecondition, naming source and list, if a list that is asked for has
// no image or shares a patient with another, or test images are declared where
// the source has some.
absl::StatusOr<Split> MakeSplit(const ImageIndex& index,
                                const spec::OfficialSplitSpec& spec);

// A patient with images in more than one list.
struct SharedPatient {
  std::string patient_id = {};
  std::vector<int> images = {};  // places in the index, ascending
};

// Those of a source's own lists; none if it has no lists.
std::vector<SharedPatient> FindSharedPatients(const ImageIndex& index);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_SPLIT_H_
