// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/data_stage.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/source/dataset.h"
#include "cxr/data/source/make_dataset.h"

namespace cxr {

absl::StatusOr<StageOutput> RunDataStage(const StageRequest& request,
                                         const TaskOptions& options) {
  const spec::DataSpec& data = request.spec.data();
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(data, options.roots));
  CXR_ASSIGN_OR_RETURN(const SelectedIndex selected,
                       Select(dataset->index(), data));
  return StageOutput{
      .artifacts = {{std::string(kIndexFile), ToCsv(selected)}},
      .notes = {absl::StrCat("data ", spec::Source_Name(data.source()),
                             dataset->index().synthetic ? ", SYNTHETIC" : "")}};
}

}  // namespace cxr
