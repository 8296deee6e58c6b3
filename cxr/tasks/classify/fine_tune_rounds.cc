// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/fine_tune_rounds.h"

#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "ATen/Parallel.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/model/vit.h"
#include "cxr/model/weights/tensor_state.h"
#include "cxr/tasks/classify/epoch_choice.h"
#include "cxr/tasks/classify/evaluated_images.h"
#include "cxr/tasks/classify/head_file.h"
#include "cxr/tasks/classify/head_options.h"
#include "cxr/tasks/classify/probe_feed.h"
#include "cxr/tasks/classify/probe_rounds.h"
#include "cxr/tasks/classify/training_images.h"
#include "cxr/tasks/features/image_pass.h"
#include "cxr/train/fine_tuner.h"

namespace cxr {
namespace {

// Of a checkpoint's metadata.
constexpr char kEpochs[] = "epochs";
constexpr char kBestEpoch[] = "best_epoch";
constexpr char kBestValue[] = "best_value";
constexpr char kBest[] = "best.";

NamedTensors Parameters(const FeatureExtractor& extractor) {
  NamedTensors tensors;
  for (const auto& each : extractor.vit()->backbone().named_parameters()) {
    tensors.emplace_back(each.key(), each.value());
  }
  return tensors;
}

NamedTensors Copies(const NamedTensors& tensors) {
  NamedTensors copies;
  for (const auto& [name, tensor] : tensors) {
    copies.emplace_back(name, tensor.detach().to(at::kCPU).clone());
  }
  return copies;
}

std::vector<NamedParameter> Trained(const FeatureExtractor& extractor) {
  std::vector<NamedParameter> parameters;
  for (auto& [name, tensor] : Parameters(extractor)) {
    parameters.push_back({.name = name, .tensor = tensor});
  }
  return parameters;
}

FineTunerOptions TunerOptions(const spec::TrainSpec& train) {
  return {.head = ProbeOptionsOf(train.linear_probe()),
          .backbone_learning_rate = train.fine_tune().backbone_learning_rate()};
}

// The backbone and the head that are kept.
struct BestModel {
  NamedTensors backbone = {};
  LinearProbe head = {};
  int64_t epoch = -1;
  double value = 0;
};

// A round with its model.
class FineTuneRound {
 public:
  FineTuneRound(const StageRequest& request, const TaskOptions& options,
                const Dataset& dataset, const LabelledImages& images, int round,
                const FeatureExtractor& extractor)
      : request_(request),
        train_(request.spec.train()),
        options_(options),
        dataset_(dataset),
        images_(images),
        split_(images.rounds[static_cast<size_t>(round)]),
        round_(round),
        extractor_(extractor),
        order_(OrderOf(train_, std::ssize(split_.training))),
        tuner_(
            Trained(extractor),
            [this](const at::Tensor& batch) {
              return extractor_.vit()->Pool(batch);
            },
            InitLinearProbe(FeatureCount(request_.spec),
                            std::ssize(images.targets),
                            ProbeOptionsOf(train_.linear_probe())),
            TunerOptions(train_)) {
    Keep(/*epoch=*/-1, /*value=*/0);
  }

  absl::StatusOr<RoundResult> Run(const RoundKeeper& keeper) {
    if (!keeper.state().empty()) CXR_RETURN_IF_ERROR(Restore(keeper.state()));
    CXR_ASSIGN_OR_RETURN(
        const std::unique_ptr<TrainingImageLoader> loader,
        LoadTrainingImages(request_.spec, dataset_, images_, split_, order_,
                           EpochsDone() * order_.steps_per_epoch(),
                           options_.threads));
    while (EpochsDone() < order_.epochs()) {
      CXR_RETURN_IF_ERROR(Epoch(*loader));
      if (EpochsDone() < order_.epochs()) {
        CXR_RETURN_IF_ERROR(
            keeper.Keep(static_cast<double>(EpochsDone()) /
                            static_cast<double>(order_.epochs()),
                        ToCheckpoint()));
      }
    }
    RoundResult result = {
        .files = {{HeadFile(round_),
                   ToHeadFile(
                       {.scaling = NoScaling(FeatureCount(request_.spec)),
                        .probe = best_.head})},
                  {BackboneFile(round_), ToStateFile(best_.backbone, {})}},
        .log = log_,
        .choice = ChoiceText(train_, best_.epoch, 0, best_.value)};
    for (EpochLine& line : result.log) line.round = round_;
    if (loader->failures().images() > 0) {
      result.notes = {absl::StrCat("training: ",
                                   FailuresNote(loader->failures().listed(),
                                                std::ssize(split_.training)))};
    }
    return result;
  }

 private:
  int64_t EpochsDone() const { return std::ssize(log_); }

  absl::Status Report(int64_t step) const {
    const double part =
        static_cast<double>(EpochsDone() * order_.steps_per_epoch() + step) /
        static_cast<double>(order_.steps());
    return request_.report_progress((round_ + part) /
                                    static_cast<double>(images_.rounds.size()));
  }

  absl::Status Epoch(TrainingImageLoader& loader) {
    double sum = 0;
    for (int64_t step = 0; step < order_.steps_per_epoch(); ++step) {
      CXR_RETURN_IF_ERROR(Report(step));
      CXR_ASSIGN_OR_RETURN(std::vector<TrainingImage> batch, loader.Next());
      CXR_ASSIGN_OR_RETURN(const double loss, Step(std::move(batch)));
      sum += loss;
    }
    EpochLine line = {
        .epoch = EpochsDone(),
        .training_loss = sum / static_cast<double>(order_.steps_per_epoch())};
    if (!std::isfinite(line.training_loss)) {
      return absl::OutOfRangeError(
          absl::StrCat("the loss of the fine-tuning is not finite in epoch ",
                       line.epoch + 1));
    }
    if (train_.has_best_epoch()) {
      CXR_ASSIGN_OR_RETURN(line.validation, ValidationValue());
    }
    if (best_.epoch < 0 || !line.validation.has_value() ||
        *line.validation > best_.value) {
      Keep(line.epoch, line.validation.value_or(0));
    }
    log_.push_back(line);
    return absl::OkStatus();
  }

  absl::StatusOr<double> Step(std::vector<TrainingImage> batch) {
    const TrainingBatch apart = TakeApart(std::move(batch));
    return CatchTorch("fine-tuning", [&] {
      at::set_num_threads(options_.threads);
      return tuner_.Step(
          extractor_.vit()->ToBatch(apart.views),
          LabelTensor(images_, apart.places).to(extractor_.vit()->device()));
    });
  }

  absl::StatusOr<double> ValidationValue() const {
    CXR_ASSIGN_OR_RETURN(
        const EvaluatedImages evaluated,
        Evaluate(dataset_, images_, split_.validation,
                 request_.spec.features().preprocess(), extractor_, options_,
                 [&](double) { return Report(order_.steps_per_epoch()); }));
    const at::Tensor logits =
        tuner_.head().Logits(evaluated.features).contiguous();
    return SelectionValue(
        train_.best_epoch().metric(),
        absl::MakeConstSpan(logits.const_data_ptr<float>(), logits.numel()),
        evaluated.labels, logits.size(1));
  }

  void Keep(int64_t epoch, double value) {
    best_ = {.backbone = Copies(Parameters(extractor_)),
             .head = tuner_.head(),
             .epoch = epoch,
             .value = value};
  }

  // Of a checkpoint: what steps change, and the best model so far.
  NamedTensors State() {
    NamedTensors state = tuner_.State();
    state.emplace_back(absl::StrCat(kBest, "head.weight"), best_.head.weight);
    state.emplace_back(absl::StrCat(kBest, "head.bias"), best_.head.bias);
    for (const auto& [name, tensor] : best_.backbone) {
      state.emplace_back(absl::StrCat(kBest, name), tensor);
    }
    return state;
  }

  std::string ToCheckpoint() {
    return ToStateFile(State(),
                       {{kEpochs, ToCsv(log_)},
                        {kBestEpoch, absl::StrCat(best_.epoch)},
                        {kBestValue, absl::StrFormat("%.17g", best_.value)}});
  }

  absl::Status Restore(const std::string& bytes) {
    using Metadata = std::map<std::string, std::string>;
    CXR_ASSIGN_OR_RETURN(Metadata metadata, CatchTorch("restoring", [&] {
                           return RestoreState(bytes, "checkpoint", State());
                         }));
    CXR_ASSIGN_OR_RETURN(log_,
                         EpochLinesFromCsv(metadata[kEpochs], "checkpoint"));
    if (!absl::SimpleAtoi(metadata[kBestEpoch], &best_.epoch) ||
        !absl::SimpleAtod(metadata[kBestValue], &best_.value)) {
      return absl::DataLossError("checkpoint: it does not say how far it is");
    }
    return absl::OkStatus();
  }

  const StageRequest& request_;
  const spec::TrainSpec& train_;
  const TaskOptions& options_;
  const Dataset& dataset_;
  const LabelledImages& images_;
  const Split& split_;
  const int round_;
  const FeatureExtractor& extractor_;
  const BatchOrder order_;
  FineTuner tuner_;
  BestModel best_;
  std::vector<EpochLine> log_;
};

}  // namespace

absl::StatusOr<std::vector<RoundResult>> FineTune(
    const StageRequest& request, const TaskOptions& options,
    const Dataset& dataset, const LabelledImages& images) {
  CXR_ASSIGN_OR_RETURN(RoundKeeper keeper,
                       RoundKeeper::Create(request, std::ssize(images.rounds)));
  while (keeper.finished().size() < images.rounds.size()) {
    CXR_ASSIGN_OR_RETURN(const FeatureExtractor extractor,
                         FeatureExtractor::Create(request, options));
    std::optional<FineTuneRound> round;
    CXR_RETURN_IF_ERROR(CatchTorch("preparing to fine-tune", [&] {
      round.emplace(request, options, dataset, images,
                    static_cast<int>(keeper.finished().size()), extractor);
    }));
    CXR_ASSIGN_OR_RETURN(RoundResult result, round->Run(keeper));
    keeper.Finish(std::move(result));
  }
  return keeper.finished();
}

absl::Status LoadFineTuned(const std::string& bytes, absl::string_view name,
                           const FeatureExtractor& extractor) {
  return CatchTorch("loading a fine-tuned backbone", [&] {
    return RestoreState(bytes, name, Parameters(extractor)).status();
  });
}

}  // namespace cxr
