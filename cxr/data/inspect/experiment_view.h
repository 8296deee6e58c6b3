// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_EXPERIMENT_VIEW_H_
#define CXR_DATA_INSPECT_EXPERIMENT_VIEW_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/index/image_index.h"
#include "cxr/spec/data_report.pb.h"
#include "cxr/spec/experiment.pb.h"

// A source as one experiment sees it.

namespace cxr {

// What an experiment reads: the parts of its pretraining's mixture, then its
// own data.
std::vector<spec::DataSpec> DataSpecsOf(const spec::ExperimentSpec& experiment);

// What `experiment` reads of `source`: its data, or of a pretraining's mixture
// the part from there. InvalidArgument naming what it does read if that is not
// among it.
absl::StatusOr<spec::DataSpec> DataOf(const spec::ExperimentSpec& experiment,
                                      spec::Source source);

// The images that are left of a source's index by the experiment's selection
// and, where it has an official split, on a list of it: their parts are then
// those of the split. Labels are the experiment's targets, if it has any.
// `rows` are their places in `all`. Errors as Select, MakeSplit, LabelColumn.
struct ExperimentView {
  ImageIndex index = {};
  std::vector<int> rows = {};
};
absl::StatusOr<ExperimentView> ViewOf(const ImageIndex& all,
                                      const spec::DataSpec& data,
                                      const spec::ExperimentSpec& experiment);

// CheckIndex of such a view by the experiment's label policy, if it has one.
spec::DataReport CheckView(const ExperimentView& view,
                           const spec::ExperimentSpec& experiment);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_EXPERIMENT_VIEW_H_
