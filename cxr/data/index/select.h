// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INDEX_SELECT_H_
#define CXR_DATA_INDEX_SELECT_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/spec/data.pb.h"

// The images of a source that an experiment sees.

namespace cxr {

// An index of some of a dataset's images. `rows[i]` is the place of
// index.examples[i] in the dataset's own index. Boxes stay behind.
struct SelectedIndex {
  ImageIndex index = {};
  std::vector<int> rows = {};
};

// Whether `patient` of `source` is in the random part of the patients that
// `sample` asks for: a function of the three, whatever else is selected and
// whatever the sample is for, so that a pretraining and a probe may be declared
// to see the same patients.
bool InSample(const spec::PatientSampleSpec& sample, absl::string_view source,
              absl::string_view patient);

// The images of `all` that `spec` asks for, in the source's order, with all of
// its remarks. FailedPrecondition naming the reason, and the remarks, if there
// are none.
absl::StatusOr<SelectedIndex> Select(const ImageIndex& all,
                                     const spec::DataSpec& spec);

}  // namespace cxr

#endif  // CXR_DATA_INDEX_SELECT_H_
