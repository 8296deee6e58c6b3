// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_checkpoint.h"

#include "cxr/base/status_macros.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/tensor_state.h"

namespace cxr {

std::string ToCheckpoint(Pretrainer& pretrainer, const RunPosition& position) {
  return ToStateFile(pretrainer.State(), ToWords(position));
}

absl::StatusOr<RunPosition> RestoreCheckpoint(absl::string_view bytes,
                                              Pretrainer& pretrainer) {
  CXR_ASSIGN_OR_RETURN(const SafetensorsContents contents,
                       ParseSafetensors(bytes));
  CXR_ASSIGN_OR_RETURN(RunPosition position, ToPosition(contents.metadata));
  CXR_RETURN_IF_ERROR(RestoreState(contents, "checkpoint", pretrainer.State()));
  return position;
}

std::string ToTeacherFile(DistillationNetworkImpl& teacher) {
  NamedTensors tensors;
  for (const auto& parameter : teacher.named_parameters()) {
    tensors.emplace_back(parameter.key(), parameter.value());
  }
  return ToStateFile(tensors, {});
}

}  // namespace cxr
