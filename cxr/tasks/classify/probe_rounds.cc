// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/probe_rounds.h"

#include <atomic>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "ATen/Parallel.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "c10/core/GradMode.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/tasks/classify/evaluated_images.h"
#include "cxr/tasks/classify/head_file.h"
#include "cxr/tasks/classify/head_options.h"
#include "cxr/tasks/classify/probe_feed.h"
#include "cxr/tasks/classify/probe_fit.h"
#include "cxr/tasks/features/feature_extractor.h"
#include "cxr/tasks/features/image_pass.h"

namespace cxr {
namespace {

FeatureScaling ScalingOf(const spec::TrainSpec& train,
                         const at::Tensor& features) {
  const bool standardized =
      train.linear_probe().scaling() == spec::STANDARDIZED;
  return standardized ? FitScaling(features) : NoScaling(features.size(1));
}

RoundResult ResultOf(const spec::TrainSpec& train, int round,
                     const ProbeFit& fit, const FeatureScaling& scaling) {
  const BestProbe& best = fit.best();
  RoundResult result = {
      .files = {{HeadFile(round),
                 ToHeadFile({.scaling = scaling, .probe = best.probe})}},
      .log = fit.log(),
      .choice = ChoiceText(train, best.epoch, best.member, best.value)};
  for (EpochLine& line : result.log) line.round = round;
  return result;
}

absl::StatusOr<RoundResult> TrainRound(const StageRequest& request,
                                       const LabelledImages& images,
                                       const FloatMatrix& features, int round,
                                       double progress) {
  const spec::TrainSpec& train = request.spec.train();
  const Split& split = images.rounds[static_cast<size_t>(round)];
  at::set_num_threads(1);  // Rounds are the threads' work.
  const c10::NoGradGuard no_grad;
  ProbeBatch all = {.features = FeatureTensor(features, split.training),
                    .labels = LabelTensor(images, split.training)};
  const FeatureScaling scaling = ScalingOf(train, all.features);
  all.features = scaling.Apply(all.features);
  std::optional<Validation> validation;
  if (train.has_best_epoch()) {
    validation = {
        .features = scaling.Apply(FeatureTensor(features, split.validation)),
        .labels = LabelsAt(images, split.validation),
        .metric = train.best_epoch().metric()};
  }
  CXR_ASSIGN_OR_RETURN(const ProbeGroupOptions options,
                       HeadOptionsOf(request.spec, features.columns));
  const BatchOrder order = OrderOf(train, std::ssize(split.training));
  FixedFeed feed(std::move(all), order);
  ProbeFit fit(features.columns, std::ssize(images.targets), options,
               std::move(validation));
  while (fit.epochs_done() < order.epochs()) {
    CXR_RETURN_IF_ERROR(fit.Epoch(feed, order.steps_per_epoch(), [&](int64_t) {
      return request.report_progress(progress);
    }));
  }
  return ResultOf(train, round, fit, scaling);
}

class ViewTraining {
 public:
  ViewTraining(const StageRequest& request, const TaskOptions& options,
               const Dataset& dataset, const LabelledImages& images,
               const FeatureExtractor& extractor)
      : request_(request),
        train_(request.spec.train()),
        options_(options),
        dataset_(dataset),
        images_(images),
        extractor_(extractor) {}

  absl::StatusOr<RoundResult> Round(const RoundKeeper& keeper, int round) {
    const Split& split = images_.rounds[static_cast<size_t>(round)];
    const BatchOrder order = OrderOf(train_, std::ssize(split.training));
    std::vector<std::string> notes;
    std::optional<Validation> validation;
    if (train_.has_best_epoch()) {
      CXR_ASSIGN_OR_RETURN(validation, ValidationOf(split, round, &notes));
    }
    const int64_t features = FeatureCount(request_.spec);
    CXR_ASSIGN_OR_RETURN(const ProbeGroupOptions heads,
                         HeadOptionsOf(request_.spec, features));
    ProbeFit fit(features, std::ssize(images_.targets), heads,
                 std::move(validation));
    if (!keeper.state().empty()) {
      CXR_RETURN_IF_ERROR(fit.Restore(keeper.state(), "checkpoint"));
    }
    CXR_ASSIGN_OR_RETURN(
        std::unique_ptr<TrainingImageLoader> loader,
        LoadTrainingImages(request_.spec, dataset_, images_, split, order,
                           fit.epochs_done() * order.steps_per_epoch(),
                           options_.threads));
    ViewFeed feed(std::move(loader), images_, extractor_, options_.threads);
    while (fit.epochs_done() < order.epochs()) {
      const int64_t before = fit.epochs_done() * order.steps_per_epoch();
      CXR_RETURN_IF_ERROR(
          fit.Epoch(feed, order.steps_per_epoch(), [&](int64_t step) {
            return Report(round, before + step, order.steps());
          }));
      if (fit.epochs_done() < order.epochs()) {
        CXR_RETURN_IF_ERROR(keeper.Keep(static_cast<double>(fit.epochs_done()) /
                                            static_cast<double>(order.epochs()),
                                        fit.ToCheckpoint()));
      }
    }
    RoundResult result = ResultOf(train_, round, fit, NoScaling(features));
    result.notes = std::move(notes);
    if (feed.failures().images() > 0) {
      result.notes.push_back(absl::StrCat(
          "training: ",
          FailuresNote(feed.failures().listed(), std::ssize(split.training))));
    }
    return result;
  }

 private:
  // Those images of `split` as evaluation sees them, without those that cannot
  // be used, of which `notes` tells.
  absl::StatusOr<Validation> ValidationOf(
      const Split& split, int round, std::vector<std::string>* notes) const {
    CXR_ASSIGN_OR_RETURN(
        EvaluatedImages evaluated,
        Evaluate(dataset_, images_, split.validation,
                 request_.spec.features().preprocess(), extractor_, options_,
                 [&](double) { return Report(round, 0, 1); }));
    if (!evaluated.failures.empty()) {
      notes->push_back(absl::StrCat(
          "validation: ",
          FailuresNote(evaluated.failures, std::ssize(split.validation))));
    }
    return Validation{.features = std::move(evaluated.features),
                      .labels = std::move(evaluated.labels),
                      .metric = train_.best_epoch().metric()};
  }

  // How far the stage is after `step` steps of a round.
  absl::Status Report(int round, int64_t step, int64_t steps) const {
    const double part = static_cast<double>(step) / static_cast<double>(steps);
    return request_.report_progress((round + part) /
                                    static_cast<double>(images_.rounds.size()));
  }

  const StageRequest& request_;
  const spec::TrainSpec& train_;
  const TaskOptions& options_;
  const Dataset& dataset_;
  const LabelledImages& images_;
  const FeatureExtractor& extractor_;
};

}  // namespace

std::string ChoiceText(const spec::TrainSpec& train, int64_t epoch,
                       int64_t member, double value) {
  if (!train.has_best_epoch()) return "";
  const int64_t epochs = train.has_probe_sweep()
                             ? train.probe_sweep().epochs()
                             : train.linear_probe().epochs();
  const spec::SelectionMetric metric = train.best_epoch().metric();
  const std::string of_sweep = MemberText(train, member);
  const std::string kept = absl::StrCat("epoch ", epoch + 1, " of ", epochs,
                                        of_sweep.empty() ? "" : ", ", of_sweep);
  const std::string& name = spec::SelectionMetric_Name(metric);
  return std::isnan(value)
             ? absl::StrCat(kept, ", because the validation images have no ",
                            name)
             : absl::StrCat(kept, " by ", name, " ",
                            absl::StrFormat("%.4f", std::abs(value)),
                            " on the validation images");
}

absl::StatusOr<std::vector<RoundResult>> TrainOnFeatures(
    const StageRequest& request, const TaskOptions& options,
    const LabelledImages& images, const FloatMatrix& features) {
  const int64_t rounds = std::ssize(images.rounds);
  std::vector<RoundResult> results(images.rounds.size());
  std::atomic<int64_t> done = 0;
  CXR_RETURN_IF_ERROR(ParallelFor(rounds, options.threads, [&](int64_t round) {
    CXR_ASSIGN_OR_RETURN(
        results[static_cast<size_t>(round)], CatchTorch("training a head", [&] {
          return TrainRound(
              request, images, features, static_cast<int>(round),
              static_cast<double>(done) / static_cast<double>(rounds));
        }));
    return request.report_progress(static_cast<double>(++done) /
                                   static_cast<double>(rounds));
  }));
  return results;
}

absl::StatusOr<std::vector<RoundResult>> TrainOnViews(
    const StageRequest& request, const TaskOptions& options,
    const Dataset& dataset, const LabelledImages& images) {
  CXR_ASSIGN_OR_RETURN(const FeatureExtractor extractor,
                       FeatureExtractor::Create(request, options));
  CXR_ASSIGN_OR_RETURN(RoundKeeper keeper,
                       RoundKeeper::Create(request, std::ssize(images.rounds)));
  ViewTraining training(request, options, dataset, images, extractor);
  while (keeper.finished().size() < images.rounds.size()) {
    CXR_ASSIGN_OR_RETURN(
        RoundResult result,
        training.Round(keeper, static_cast<int>(keeper.finished().size())));
    keeper.Finish(std::move(result));
  }
  return keeper.finished();
}

}  // namespace cxr
