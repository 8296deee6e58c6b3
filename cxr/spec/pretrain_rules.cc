// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/pretrain_rules.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/spec/data_rules.h"

namespace cxr {
namespace {

class Checker {
 public:
  Checker(const spec::PretrainSpec& pretrain, const spec::VitSpec& backbone)
      : pretrain_(pretrain), backbone_(backbone) {}

  std::vector<FieldProblem> Check() {
    CheckSources();
    CheckCrop("global_size_pixels", pretrain_.crops().global_size_pixels());
    CheckCrop("local_size_pixels", pretrain_.crops().local_size_pixels());
    CheckMasking();
    CheckBatch();
    CheckSchedule();
    if (backbone_.layout() != spec::DINOV2) {
      Add("backbone.layout",
          absl::StrCat("found ", spec::VitLayout_Name(backbone_.layout()),
                       ", expected DINOV2, the layout that is pretrained"));
    }
    if (pretrain_.initial_weights().has_own_pretraining()) {
      Add("pretrain.initial_weights.own_pretraining",
          "a pretraining cannot start from its own result");
    }
    return std::move(problems_);
  }

 private:
  void CheckSources() {
    for (int i = 0; i < pretrain_.data_size(); ++i) {
      const std::string field = ItemField("pretrain.data", i);
      for (FieldProblem& problem : CheckData(pretrain_.data(i), field)) {
        problems_.push_back(std::move(problem));
      }
      // All of its images are tested out of fold.
      if (pretrain_.data(i).source() == spec::NIH64) {
        Add(JoinField(field, "source"),
            "found NIH64, whose images are all used for testing");
      }
    }
  }

  void CheckCrop(absl::string_view name, int pixels) {
    const int patch = backbone_.patch_size_pixels();
    if (pixels % patch != 0) {
      Add(JoinField("pretrain.crops", name),
          absl::StrCat("found ", pixels, ", expected a multiple of the patch ",
                       patch));
    }
  }

  void CheckMasking() {
    const spec::MaskingSpec& masking = pretrain_.masking();
    if (masking.ratio_min() > masking.ratio_max()) {
      Add("pretrain.masking.ratio_min",
          absl::StrCat("found ", masking.ratio_min(),
                       ", expected at most ratio_max, ", masking.ratio_max()));
    }
  }

  void CheckBatch() {
    const spec::PretrainBatchSpec& batch = pretrain_.batch();
    if (batch.global_images() % batch.group_images() != 0) {
      Add("pretrain.batch.group_images",
          absl::StrCat("found ", batch.group_images(),
                       ", expected a divisor of global_images, ",
                       batch.global_images()));
    }
  }

  void CheckSchedule() {
    const spec::PretrainScheduleSpec& schedule = pretrain_.schedule();
    const auto at_most = [&](absl::string_view name, double found) {
      if (found > schedule.epochs()) {
        Add(JoinField("pretrain.schedule", name),
            absl::StrCat("found ", found, ", expected at most the ",
                         schedule.epochs(), " epochs of the run"));
      }
    };
    at_most("warmup_epochs", schedule.warmup_epochs());
    at_most("freeze_prototypes_epochs", schedule.freeze_prototypes_epochs());
    const int64_t steps =
        int64_t{schedule.epochs()} * schedule.steps_per_epoch();
    if (schedule.stop_after_steps() > steps) {
      Add("pretrain.schedule.stop_after_steps",
          absl::StrCat("found ", schedule.stop_after_steps(),
                       ", expected at most the ", steps, " steps of the run"));
    }
    if (schedule.min_learning_rate() > pretrain_.optimizer().learning_rate()) {
      Add("pretrain.schedule.min_learning_rate",
          absl::StrCat("found ", schedule.min_learning_rate(),
                       ", expected at most optimizer.learning_rate, ",
                       pretrain_.optimizer().learning_rate()));
    }
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  const spec::PretrainSpec& pretrain_;
  const spec::VitSpec& backbone_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckPretraining(const spec::PretrainSpec& pretrain,
                                           const spec::VitSpec& backbone) {
  return Checker(pretrain, backbone).Check();
}

}  // namespace cxr
