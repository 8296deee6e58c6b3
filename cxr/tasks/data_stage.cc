// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/data_stage.h"

#include <memory>
#include <string>

#include "cxr/base/status_macros.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/source/dataset.h"
#include "cxr/tasks/common/stage_dataset.h"

namespace cxr {

absl::StatusOr<StageOutput> RunDataStage(const StageRequest& request,
                                         const TaskOptions& options) {
  const spec::DataSpec& data = request.spec.data();
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       OpenStageDataset(data, request, options));
  CXR_ASSIGN_OR_RETURN(const SelectedIndex selected,
                       Select(dataset->index(), data));
  return StageOutput{.artifacts = {{std::string(kIndexFile), ToCsv(selected)}},
                     .notes = {DataNote(data, dataset->index())}};
}

}  // namespace cxr
