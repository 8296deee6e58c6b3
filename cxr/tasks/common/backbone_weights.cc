// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/backbone_weights.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/base/with_commas.h"
#include "cxr/model/random_weights.h"
#include "cxr/model/weights/safetensors.h"
#include "cxr/model/weights/tensor_file.h"
#include "cxr/model/weights/vit_weights.h"
#include "cxr/tasks/common/weights_file.h"

namespace cxr {
namespace {

VitWeightsFormat FormatOf(spec::WeightsFormat format) {
  switch (format) {
    case spec::DINOV2_PTH:
      return VitWeightsFormat::kDinov2;
    case spec::HUGGING_FACE_DINOV2:
      return VitWeightsFormat::kHuggingFaceDinov2;
    case spec::OPEN_CLIP_TIMM:
      return VitWeightsFormat::kOpenClipTimm;
    case spec::OPENAI_CLIP_PT:
      return VitWeightsFormat::kOpenAiClip;
    case spec::TEACHER_CHECKPOINT:
      return VitWeightsFormat::kTeacherCheckpoint;
    default:
      CXR_CHECK(false) << "unresolved spec: weights format " << format;
      return VitWeightsFormat::kDinov2;
  }
}

absl::Status Load(const TensorFile& file, VitWeightsFormat format,
                  absl::string_view name, Vit vit) {
  // What lies beside the tower is nobody's concern here.
  return Annotate(LoadVitWeights(file, format, vit).status(), name);
}

absl::Status LoadTeacher(const std::string& name, const StageRequest& request,
                         Vit vit) {
  CXR_ASSIGN_OR_RETURN(std::string bytes,
                       request.read(StageKind::kPretrain, name));
  const auto memory = std::make_shared<const std::string>(std::move(bytes));
  absl::StatusOr<SafetensorsContents> contents = ParseSafetensors(*memory);
  if (!contents.ok()) return Annotate(contents.status(), name);
  const TensorFile file(std::move(contents->tensors),
                        std::move(contents->metadata), {memory});
  return Load(file, VitWeightsFormat::kTeacherCheckpoint, name, vit);
}

// `file` without the tensors whose names end in "register_tokens".
TensorFile LeaveOutRegisters(const TensorFile& file) {
  std::vector<StoredTensor> tensors;
  for (const StoredTensor& tensor : file.tensors()) {
    if (!absl::EndsWith(tensor.name, "register_tokens")) {
      tensors.push_back(tensor);
    }
  }
  return TensorFile(std::move(tensors), file.metadata(), /*memory=*/{});
}

absl::Status LoadBundled(const std::string& path, Vit vit) {
  CXR_ASSIGN_OR_RETURN(const TensorFile file, ReadTensorFile(path));
  return Load(vit->options().registers == 0 ? LeaveOutRegisters(file) : file,
              VitWeightsFormat::kTeacherCheckpoint, path, vit);
}

}  // namespace

absl::Status FillBackbone(const spec::WeightsSpec& weights,
                          const StageRequest& request,
                          const TaskOptions& options, Vit vit) {
  switch (weights.origin_case()) {
    case spec::WeightsSpec::kRandom: {
      const spec::RandomWeightsSpec& random = weights.random();
      return CatchTorch("drawing the backbone", [&] {
        FillRandomWeights(*vit, {.seed = random.seed(),
                                 .layer_scale_init = random.layer_scale_init(),
                                 .linear_std = random.linear_std(),
                                 .position_std = random.position_std()});
      });
    }
    case spec::WeightsSpec::kPretrained:
      return LoadTeacher(weights.pretrained().has_step()
                             ? TeacherFileAt(weights.pretrained().step())
                             : std::string(kTeacherFile),
                         request, vit);
    case spec::WeightsSpec::kOwnPretraining:
      return LoadTeacher(std::string(kTeacherFile), request, vit);
    case spec::WeightsSpec::kFile: {
      CXR_ASSIGN_OR_RETURN(const std::string path,
                           WeightsPath(weights.file(), options));
      CXR_ASSIGN_OR_RETURN(const TensorFile file, ReadTensorFile(path));
      return Load(file, FormatOf(weights.file().format()), path, vit);
    }
    case spec::WeightsSpec::kBundled: {
      CXR_ASSIGN_OR_RETURN(const std::string path,
                           BundledPath(weights.bundled(), options));
      return LoadBundled(path, vit);
    }
    case spec::WeightsSpec::ORIGIN_NOT_SET:
      CXR_CHECK(false) << "unresolved spec: weights";
  }
  return absl::OkStatus();
}

std::string WeightsText(const spec::WeightsSpec& weights,
                        const spec::VitSpec& backbone) {
  switch (weights.origin_case()) {
    case spec::WeightsSpec::kRandom:
      return absl::StrCat("random weights (seed ", weights.random().seed(),
                          ", not trained)");
    case spec::WeightsSpec::kPretrained:
      return absl::StrCat(
          "weights of ", weights.pretrained().experiment(),
          weights.pretrained().has_step()
              ? absl::StrCat(" after ", WithCommas(weights.pretrained().step()),
                             " steps")
              : "");
    case spec::WeightsSpec::kOwnPretraining:
      return "weights of its own pretraining";
    case spec::WeightsSpec::kFile:
      return absl::StrCat("weights of the file ", weights.file().file());
    case spec::WeightsSpec::kBundled:
      return absl::StrCat(
          "weights of the program's own file ", weights.bundled().file(),
          backbone.registers() == 0 ? ", its registers left out" : "");
    case spec::WeightsSpec::ORIGIN_NOT_SET:
      break;
  }
  CXR_CHECK(false) << "unresolved spec: weights";
  return "";
}

}  // namespace cxr
