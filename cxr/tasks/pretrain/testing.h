// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_TESTING_H_
#define CXR_TASKS_PRETRAIN_TESTING_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/dataset.h"
#include "cxr/spec/data.pb.h"
#include "cxr/spec/experiment.pb.h"

namespace cxr {

// A complete pretraining of six steps on the 1,000 thumbnails that come with
// the program, with `change`, in the text format, over it.
spec::ExperimentSpec SmallPretraining(absl::string_view change = "");

// A source that comes with the program, as PretrainImages opens it.
absl::StatusOr<std::unique_ptr<Dataset>> OpenSample(const spec::DataSpec& data);

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_TESTING_H_
