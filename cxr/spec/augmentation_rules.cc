// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/augmentation_rules.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace cxr {
namespace {

// A field that holds an end of a range.
struct End {
  absl::string_view name = {};
  double value = 0;
};

class Checker {
 public:
  Checker(const spec::AugmentationPipelineSpec& pipeline,
          const std::string& field)
      : pipeline_(pipeline), field_(field) {}

  std::vector<FieldProblem> Check() {
    if (pipeline_.has_crop()) {
      CheckCrop();
    }
    bool blurs = false;
    bool moves = false;
    for (int i = 0; i < pipeline_.steps_size(); ++i) {
      const spec::AugmentationStepSpec& step = pipeline_.steps(i);
      const std::string at = ItemField(JoinField(field_, "steps"), i);
      if (step.has_affine()) {
        moves = true;
        CheckAffine(step.affine(), JoinField(at, "affine"));
      } else if (step.has_gaussian_blur()) {
        blurs = true;
        CheckBlur(step.gaussian_blur(), JoinField(at, "gaussian_blur"));
      }
    }
    CheckReading("blur_probability", pipeline_.has_blur_probability(), blurs,
                 "gaussian_blur");
    CheckReading("affine_translation", pipeline_.has_affine_translation(),
                 moves, "affine");
    return std::move(problems_);
  }

 private:
  void CheckCrop() {
    const spec::RandomResizedCropSpec& crop = pipeline_.crop();
    const std::string at = JoinField(field_, "crop");
    CheckRange(at, {.name = "scale_min", .value = crop.scale_min()},
               {.name = "scale_max", .value = crop.scale_max()});
    CheckRange(at, {.name = "ratio_min", .value = crop.ratio_min()},
               {.name = "ratio_max", .value = crop.ratio_max()});
  }

  void CheckAffine(const spec::AffineSpec& affine, const std::string& at) {
    CheckRange(at, {.name = "scale_min", .value = affine.scale_min()},
               {.name = "scale_max", .value = affine.scale_max()});
  }

  void CheckBlur(const spec::GaussianBlurSpec& blur, const std::string& at) {
    if (blur.kernel_pixels() % 2 == 0) {
      Add(JoinField(at, "kernel_pixels"),
          absl::StrCat("found ", blur.kernel_pixels(),
                       ", expected an odd number of pixels, which has a "
                       "middle"));
    }
    CheckRange(at,
               {.name = "sigma_min_pixels", .value = blur.sigma_min_pixels()},
               {.name = "sigma_max_pixels", .value = blur.sigma_max_pixels()});
  }

  void CheckRange(const std::string& at, const End& low, const End& high) {
    if (low.value > high.value) {
      Add(JoinField(at, low.name),
          absl::StrCat("found ", low.value, ", expected at most ", high.name,
                       ", ", high.value));
    }
  }

  // How the steps of one kind are read.
  void CheckReading(absl::string_view name, bool has, bool needed,
                    absl::string_view step) {
    if (has != needed) {
      Add(JoinField(field_, name),
          has ? absl::StrCat("is set, but no step is ", step)
              : absl::StrCat("is not set; a step ", step, " needs it"));
    }
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  const spec::AugmentationPipelineSpec& pipeline_;
  const std::string& field_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckPipeline(
    const spec::AugmentationPipelineSpec& pipeline, const std::string& field) {
  return Checker(pipeline, field).Check();
}

}  // namespace cxr
