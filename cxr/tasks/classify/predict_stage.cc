// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/predict_stage.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ATen/Parallel.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "c10/core/GradMode.h"
#include "cxr/base/csv.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/score/predictions.h"
#include "cxr/spec/fixed_features.h"
#include "cxr/tasks/classify/evaluated_images.h"
#include "cxr/tasks/classify/fine_tune_rounds.h"
#include "cxr/tasks/classify/head_file.h"
#include "cxr/tasks/classify/labelled_images.h"
#include "cxr/tasks/common/stage_dataset.h"
#include "cxr/tasks/features/feature_extractor.h"
#include "cxr/tasks/features/image_pass.h"

namespace cxr {
namespace {

// What was said of the test images of a round.
struct RoundLogits {
  std::vector<int> places = {};    // of the index
  std::vector<float> logits = {};  // (n, L)
  std::vector<ImageFailure> failures = {};
};

// `places` as the head of `round` sees them.
absl::StatusOr<std::vector<float>> LogitsOf(const StageRequest& request,
                                            const LabelledImages& images,
                                            int round,
                                            const at::Tensor& features) {
  const std::string file = HeadFile(round);
  CXR_ASSIGN_OR_RETURN(const std::string bytes,
                       request.read(StageKind::kTrain, file));
  return CatchTorch("predicting", [&]() -> absl::StatusOr<std::vector<float>> {
    const c10::NoGradGuard no_grad;
    at::set_num_threads(1);
    CXR_ASSIGN_OR_RETURN(const Head head,
                         HeadFromFile(bytes, file, std::ssize(images.targets),
                                      features.size(1)));
    const at::Tensor logits = head.Logits(features).contiguous();
    const float* begin = logits.const_data_ptr<float>();
    return std::vector<float>(begin, begin + logits.numel());
  });
}

absl::StatusOr<std::vector<RoundLogits>> FromStoredFeatures(
    const StageRequest& request, const TaskOptions& options,
    LabelledImages* images) {
  CXR_ASSIGN_OR_RETURN(const FloatMatrix features,
                       ReadFeatures(request, images->selected.index));
  CXR_RETURN_IF_ERROR(LeaveOut(UnusableRows(features), images));
  const int64_t rounds = std::ssize(images->rounds);
  std::vector<RoundLogits> results(images->rounds.size());
  CXR_RETURN_IF_ERROR(ParallelFor(rounds, options.threads, [&](int64_t i) {
    RoundLogits& result = results[static_cast<size_t>(i)];
    result.places = images->rounds[static_cast<size_t>(i)].test;
    CXR_ASSIGN_OR_RETURN(result.logits,
                         LogitsOf(request, *images, static_cast<int>(i),
                                  FeatureTensor(features, result.places)));
    return absl::OkStatus();
  }));
  return results;
}

absl::StatusOr<std::vector<RoundLogits>> ThroughBackbone(
    const StageRequest& request, const TaskOptions& options,
    const LabelledImages& images) {
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       OpenStageDataset(request.spec.data(), request, options));
  CXR_ASSIGN_OR_RETURN(const FeatureExtractor extractor,
                       FeatureExtractor::Create(request, options));
  const bool trained =
      request.spec.train().fine_tune().backbone_gradient() == spec::TRAINED;
  std::vector<RoundLogits> results;
  for (int round = 0; round < std::ssize(images.rounds); ++round) {
    if (trained) {
      const std::string file = BackboneFile(round);
      CXR_ASSIGN_OR_RETURN(const std::string bytes,
                           request.read(StageKind::kTrain, file));
      CXR_RETURN_IF_ERROR(LoadFineTuned(bytes, file, extractor));
    }
    const auto report = [&](double part) {
      return request.report_progress((round + part) /
                                     static_cast<double>(images.rounds.size()));
    };
    CXR_ASSIGN_OR_RETURN(
        EvaluatedImages evaluated,
        Evaluate(
            *dataset, images, images.rounds[static_cast<size_t>(round)].test,
            request.spec.features().preprocess(), extractor, options, report));
    RoundLogits& result = results.emplace_back();
    result.places = std::move(evaluated.places);
    result.failures = std::move(evaluated.failures);
    CXR_ASSIGN_OR_RETURN(result.logits,
                         LogitsOf(request, images, round, evaluated.features));
  }
  return results;
}

// All rounds together, in the order of the index.
absl::StatusOr<Predictions> Join(const LabelledImages& images,
                                 const std::vector<RoundLogits>& rounds) {
  const size_t width = images.targets.size();
  std::map<int, const float*> logits;  // by place
  for (const RoundLogits& round : rounds) {
    for (size_t i = 0; i < round.places.size(); ++i) {
      logits[round.places[i]] = round.logits.data() + i * width;
    }
  }
  Predictions predictions = {.targets = images.targets};
  const ImageIndex& index = images.selected.index;
  for (const auto& [place, row] : logits) {
    const Example& example = index.examples[static_cast<size_t>(place)];
    predictions.ids.push_back(example.id);
    predictions.patients.push_back(example.patient_id);
    const absl::Span<const float> labels = images.LabelsOf(place);
    for (size_t k = 0; k < width; ++k) {
      if (std::isnan(labels[k])) {
        return absl::FailedPreconditionError(
            absl::StrCat(index.source, ": test image ", example.id,
                         " has no label ", images.targets[k]));
      }
      if (!std::isfinite(row[k])) {
        return absl::OutOfRangeError(absl::StrCat("the logit of ", example.id,
                                                  " for ", images.targets[k],
                                                  " is not finite"));
      }
      predictions.labels.push_back(labels[k]);
      predictions.logits.push_back(row[k]);
    }
  }
  return predictions;
}

// What of the images could not be used.
void AddFailures(const LabelledImages& images,
                 const std::vector<RoundLogits>& rounds, StageOutput* output) {
  std::vector<ImageFailure> failures;
  int64_t tested = 0;
  for (const RoundLogits& round : rounds) {
    failures.insert(failures.end(), round.failures.begin(),
                    round.failures.end());
    tested += std::ssize(round.places) + std::ssize(round.failures);
  }
  if (failures.empty()) return;
  output->artifacts.push_back({std::string(kUnusableFile),
                               UnusableCsv(failures, images.selected.index)});
  output->notes.push_back(
      absl::StrCat("test: ", FailuresNote(failures, tested)));
}

}  // namespace

absl::StatusOr<StageOutput> RunPredictStage(const StageRequest& request,
                                            const TaskOptions& options) {
  CXR_ASSIGN_OR_RETURN(LabelledImages images, ReadLabelledImages(request));
  std::vector<RoundLogits> rounds;
  if (HasFixedFeatures(request.spec)) {
    CXR_ASSIGN_OR_RETURN(rounds, FromStoredFeatures(request, options, &images));
  } else {
    CXR_ASSIGN_OR_RETURN(rounds, ThroughBackbone(request, options, images));
  }
  CXR_ASSIGN_OR_RETURN(const Predictions predictions, Join(images, rounds));
  StageOutput output = {
      .artifacts = {{std::string(kPredictionsFile), ToCsv(predictions)}}};
  AddFailures(images, rounds, &output);
  return output;
}

}  // namespace cxr
