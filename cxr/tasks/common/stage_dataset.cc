// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/stage_dataset.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/fingerprint.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/synth/write/drawn_source.h"

namespace cxr {

absl::StatusOr<std::unique_ptr<Dataset>> OpenStageDataset(
    const spec::DataSpec& data, const StageRequest& request,
    const TaskOptions& options) {
  // Of another stage it is no measure of its work, and one that goes on from a
  // checkpoint does not fall back.
  const auto progress = [&request](double part) {
    return request.report_progress(
        request.kind == StageKind::kData
            ? part
            : request.checkpoint_progress.value_or(0));
  };
  CXR_ASSIGN_OR_RETURN(const synth::OpenedSource opened,
                       synth::DrawSource(data, {.roots = options.roots,
                                                .threads = options.threads,
                                                .progress = progress}));
  return MakeDataset(opened.data, opened.roots);
}

absl::StatusOr<spec::StageInput> DataInput(const spec::DataSpec& data,
                                           const TaskOptions& options) {
  spec::StageInput input;
  if (data.has_drawn()) {
    CXR_RETURN_IF_ERROR(synth::CheckPlaceForDrawn(options.roots));
    input.set_stage("generator");
    input.set_id(synth::GeneratorText());
    return input;
  }
  CXR_ASSIGN_OR_RETURN(std::string files,
                       FingerprintFiles(data.source(), options.roots));
  input.set_stage("files");
  input.set_id(std::move(files));
  return input;
}

std::string DataNote(const spec::DataSpec& data, const ImageIndex& index) {
  std::string note = absl::StrCat("data ", spec::Source_Name(data.source()),
                                  index.synthetic ? ", SYNTHETIC" : "");
  if (data.has_drawn()) {
    absl::StrAppend(&note, ", ", synth::DrawnText(data.drawn()));
  }
  return note;
}

}  // namespace cxr
