// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/pretrain_rules.h"

#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/spec/augmentation_rules.h"
#include "cxr/spec/data_rules.h"

namespace cxr {
namespace {

class Checker {
 public:
  Checker(const spec::PretrainSpec& pretrain, const spec::VitSpec& backbone)
      : pretrain_(pretrain), backbone_(backbone) {}

  std::vector<FieldProblem> Check() {
    CheckSources();
    CheckCrops();
    CheckMasking();
    CheckLosses();
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
    std::set<int> known;
    for (int i = 0; i < pretrain_.data_size(); ++i) {
      const std::string field = ItemField("pretrain.data", i);
      Append(CheckData(pretrain_.data(i), field));
      if (!known.insert(pretrain_.data(i).source()).second) {
        Add(JoinField(field, "source"),
            absl::StrCat("'", spec::Source_Name(pretrain_.data(i).source()),
                         "' stands there twice"));
      }
      // All of its images are tested out of fold.
      if (pretrain_.data(i).source() == spec::NIH64) {
        Add(JoinField(field, "source"),
            "found NIH64, whose images are all used for testing");
      }
    }
  }

  void CheckCrops() {
    const spec::CropsSpec& crops = pretrain_.crops();
    CheckCrop("global_size_pixels", crops.global_size_pixels());
    CheckCrop("local_size_pixels", crops.local_size_pixels());
    if (crops.local_size_pixels() > crops.global_size_pixels()) {
      Add("pretrain.crops.local_size_pixels",
          absl::StrCat("found ", crops.local_size_pixels(),
                       ", expected at most global_size_pixels, ",
                       crops.global_size_pixels()));
    }
    Append(CheckPipeline(crops.first_global(), "pretrain.crops.first_global"));
    Append(
        CheckPipeline(crops.second_global(), "pretrain.crops.second_global"));
    Append(CheckPipeline(crops.local(), "pretrain.crops.local"));
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

  void CheckLosses() {
    const spec::LossesSpec& losses = pretrain_.losses();
    if (losses.dino() + losses.ibot() + losses.koleo() <= 0) {
      Add("pretrain.losses",
          "dino, ibot and koleo are all 0, expected a weight above 0");
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
    CheckEpochs("pretrain.schedule.warmup_epochs", schedule.warmup_epochs());
    CheckEpochs("pretrain.schedule.freeze_prototypes_epochs",
                schedule.freeze_prototypes_epochs());
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
    if (schedule.momentum_start() > schedule.momentum_end()) {
      Add("pretrain.schedule.momentum_start",
          absl::StrCat("found ", schedule.momentum_start(),
                       ", expected at most momentum_end, ",
                       schedule.momentum_end()));
    }
  }

  void CheckEpochs(std::string field, double found) {
    const int epochs = pretrain_.schedule().epochs();
    if (found > epochs) {
      Add(std::move(field),
          absl::StrCat("found ", found, ", expected at most the ", epochs,
                       " epochs of the run"));
    }
  }

  void Append(std::vector<FieldProblem> problems) {
    for (FieldProblem& problem : problems) {
      problems_.push_back(std::move(problem));
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
