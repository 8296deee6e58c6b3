// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_COMMON_STAGE_DATASET_H_
#define CXR_TASKS_COMMON_STAGE_DATASET_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/dataset.h"
#include "cxr/harness/stage_function.h"
#include "cxr/spec/data.pb.h"
#include "cxr/tasks/common/artifacts.h"

// The images of stages, wherever they come from: every stage that reads some
// opens them here.

namespace cxr {

// The dataset of `data`, which is that of request's spec or one of its
// pretraining's. A source that is to be drawn is drawn first, unless it is
// there; the data stage, whose work that is, tells how far it is, other stages
// that they live. Errors of MakeDataset, of drawing, and of
// request.report_progress.
absl::StatusOr<std::unique_ptr<Dataset>> OpenStageDataset(
    const spec::DataSpec& data, const StageRequest& request,
    const TaskOptions& options);

// What identifies these images, as the input of a stage: "files" and their
// fingerprint, or "generator" and its version, for which nothing is read.
// Unimplemented, as "data: reason", if they cannot be had here; errors of
// FingerprintFiles.
absl::StatusOr<spec::StageInput> DataInput(const spec::DataSpec& data,
                                           const TaskOptions& options);

// What a record says of them: "data CHEXPERT, SYNTHETIC, drawn: 40 patients,
// ...".
std::string DataNote(const spec::DataSpec& data, const ImageIndex& index);

}  // namespace cxr

#endif  // CXR_TASKS_COMMON_STAGE_DATASET_H_
