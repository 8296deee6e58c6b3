// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/probe_stages.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "ATen/Parallel.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/empty.h"
#include "ATen/ops/ones.h"
#include "ATen/ops/zeros.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "c10/core/GradMode.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/score/predictions.h"
#include "cxr/train/linear_probe.h"

namespace cxr {
namespace {

// Images with their features and the labels of the targets.
struct ProbeData {
  ImageIndex index = {};
  FloatMatrix features = {};      // (n, F)
  std::vector<int> columns = {};  // Of index.labels, one a target.
  std::vector<std::string> targets = {};
};

absl::StatusOr<ProbeData> ReadProbeData(const StageRequest& request) {
  ProbeData data;
  CXR_ASSIGN_OR_RETURN(SelectedIndex selected, ReadIndex(request));
  data.index = std::move(selected.index);
  data.index.source = spec::Source_Name(request.spec.data().source());
  CXR_ASSIGN_OR_RETURN(data.features, ReadFeatures(request, data.index));
  for (const std::string& target : request.spec.train().targets()) {
    CXR_ASSIGN_OR_RETURN(const int column, LabelColumn(data.index, target));
    data.columns.push_back(column);
    data.targets.push_back(target);
  }
  return data;
}

// Places of the images that the head of `fold` learns from, or is asked about.
enum class Part { kTrain, kTest };
std::vector<int> RowsOf(const ImageIndex& index, int fold, Part part) {
  std::vector<int> rows;
  for (int i = 0; i < std::ssize(index.examples); ++i) {
    if ((index.examples[i].fold == fold) == (part == Part::kTest)) {
      rows.push_back(i);
    }
  }
  return rows;
}

at::Tensor FeatureTensor(const ProbeData& data, const std::vector<int>& rows) {
  const int64_t width = data.features.columns;
  at::Tensor tensor = at::empty({std::ssize(rows), width}, at::kFloat);
  float* out = tensor.mutable_data_ptr<float>();
  for (const int row : rows) {
    const float* begin = data.features.values.data() + row * width;
    out = std::copy(begin, begin + width, out);
  }
  return tensor;  // (n, F)
}

at::Tensor LabelTensor(const ProbeData& data, const std::vector<int>& rows) {
  at::Tensor tensor =
      at::empty({std::ssize(rows), std::ssize(data.columns)}, at::kFloat);
  float* out = tensor.mutable_data_ptr<float>();
  for (const int row : rows) {
    for (const int column : data.columns) {
      *out++ = data.index.Label(row, column);
    }
  }
  return tensor;  // (n, L)
}

FloatMatrix ToMatrix(const at::Tensor& tensor) {
  const at::Tensor contiguous = tensor.contiguous();
  const float* begin = contiguous.const_data_ptr<float>();
  return {.rows = contiguous.size(0),
          .columns = contiguous.size(1),
          .values = {begin, begin + contiguous.numel()}};
}

at::Tensor ToTensor(const FloatMatrix& matrix) {
  at::Tensor tensor = at::empty({matrix.rows, matrix.columns}, at::kFloat);
  std::copy(matrix.values.begin(), matrix.values.end(),
            tensor.mutable_data_ptr<float>());
  return tensor;
}

// A head with the scaling of its training images.
struct Head {
  FeatureScaling scaling;
  LinearProbe probe;
};

// See HeadFile.
FloatMatrix Pack(const Head& head) {
  const at::Tensor zero = at::zeros({1, 1}, at::kFloat);
  return ToMatrix(
      at::cat({at::cat({head.probe.weight, head.probe.bias.unsqueeze(1)}, 1),
               at::cat({head.scaling.mean.unsqueeze(0), zero}, 1),
               at::cat({head.scaling.inverse_std.unsqueeze(0), zero}, 1)},
              0));
}

Head Unpack(const FloatMatrix& matrix) {
  const at::Tensor all = ToTensor(matrix);
  const int64_t targets = matrix.rows - 2;
  const int64_t width = matrix.columns - 1;
  const at::Tensor weights = all.slice(0, 0, targets);
  return {
      .scaling = {.mean = all.select(0, targets).slice(0, 0, width),
                  .inverse_std = all.select(0, targets + 1).slice(0, 0, width)},
      .probe = {.weight = weights.slice(1, 0, width).contiguous(),
                .bias = weights.select(1, width).contiguous()}};
}

FeatureScaling ScalingOf(const at::Tensor& features,
                         spec::FeatureScaling scaling) {
  switch (scaling) {
    case spec::NO_SCALING:
      return {.mean = at::zeros({features.size(1)}, at::kFloat),
              .inverse_std = at::ones({features.size(1)}, at::kFloat)};
    case spec::STANDARDIZED:
      return FitScaling(features);
    default:
      CXR_CHECK(false) << "unresolved spec: scaling " << scaling;
      return {};
  }
}

LinearProbeOptions OptionsOf(const spec::LinearProbeSpec& spec) {
  const spec::AdamWSpec& optimizer = spec.optimizer();
  return {.learning_rate = optimizer.learning_rate(),
          .weight_decay = optimizer.weight_decay(),
          .beta1 = optimizer.beta1(),
          .beta2 = optimizer.beta2(),
          .epsilon = optimizer.epsilon(),
          .weight_init_std = spec.weight_init_std(),
          .epochs = spec.epochs(),
          .batch_size = spec.batch_images(),
          .seed = spec.seed()};
}

absl::StatusOr<FloatMatrix> TrainHead(const ProbeData& data, int fold,
                                      const spec::LinearProbeSpec& spec) {
  const std::vector<int> rows = RowsOf(data.index, fold, Part::kTrain);
  if (rows.empty() || rows.size() == data.index.examples.size()) {
    return absl::FailedPreconditionError(
        absl::StrCat(data.index.source, ": fold ", fold,
                     rows.empty() ? " holds all images" : " holds no image"));
  }
  return CatchTorch("training a probe", [&] {
    const c10::NoGradGuard no_grad;
    at::set_num_threads(1);  // Folds are the threads' work.
    const at::Tensor features = FeatureTensor(data, rows);
    const FeatureScaling scaling = ScalingOf(features, spec.scaling());
    const LinearProbeFit fit = TrainLinearProbe(
        scaling.Apply(features), LabelTensor(data, rows), OptionsOf(spec));
    return std::isfinite(fit.losses.back())
               ? absl::StatusOr<FloatMatrix>(
                     Pack({.scaling = scaling, .probe = fit.probe}))
               : absl::OutOfRangeError(
                     absl::StrCat("the probe of fold ", fold, " diverged"));
  });
}

absl::Status CheckFolds(const ProbeData& data, const spec::TrainSpec& spec) {
  if (!spec.has_patient_folds()) {
    return absl::UnimplementedError(
        "train.official: no source of this version has official splits");
  }
  for (const Example& example : data.index.examples) {
    if (example.fold < 0) {
      return absl::FailedPreconditionError(
          absl::StrCat(data.index.source, ": image ", example.id,
                       " is in no fold, so it would never be tested"));
    }
  }
  return data.index.folds >= 2
             ? absl::OkStatus()
             : absl::FailedPreconditionError(absl::StrCat(
                   data.index.source, ": train.patient_folds needs two folds ",
                   "or more, found ", data.index.folds));
}

// Writes the logits of the images of one fold to their places.
absl::Status PredictFold(const ProbeData& data, int fold,
                         const FloatMatrix& packed, absl::Span<float> logits) {
  const int64_t targets = std::ssize(data.targets);
  if (packed.rows != targets + 2 ||
      packed.columns != data.features.columns + 1) {
    return absl::DataLossError(absl::StrCat(
        HeadFile(fold), ": found ", packed.rows, " x ", packed.columns,
        " numbers, expected ", targets + 2, " x ", data.features.columns + 1));
  }
  const std::vector<int> rows = RowsOf(data.index, fold, Part::kTest);
  return CatchTorch("predicting", [&] {
    const c10::NoGradGuard no_grad;
    at::set_num_threads(1);
    const Head head = Unpack(packed);
    const at::Tensor result =
        head.probe.Logits(head.scaling.Apply(FeatureTensor(data, rows)))
            .contiguous();  // (n, L)
    const float* in = result.const_data_ptr<float>();
    for (const int row : rows) {
      std::copy(in, in + targets, logits.data() + row * targets);
      in += targets;
    }
  });
}

absl::StatusOr<Predictions> WithTruth(const ProbeData& data) {
  Predictions predictions{.targets = data.targets};
  for (int i = 0; i < std::ssize(data.index.examples); ++i) {
    predictions.ids.push_back(data.index.examples[i].id);
    predictions.patients.push_back(data.index.examples[i].patient_id);
    for (size_t k = 0; k < data.columns.size(); ++k) {
      const float label = data.index.Label(i, data.columns[k]);
      if (std::isnan(label)) {
        return absl::FailedPreconditionError(absl::StrCat(
            data.index.source, ": image ", data.index.examples[i].id,
            " has no label ", data.targets[k]));
      }
      predictions.labels.push_back(label);
    }
  }
  predictions.logits.resize(predictions.labels.size());
  return predictions;
}

}  // namespace

absl::StatusOr<StageOutput> RunTrainStage(const StageRequest& request,
                                          const TaskOptions& options) {
  const spec::TrainSpec& spec = request.spec.train();
  CXR_ASSIGN_OR_RETURN(const ProbeData data, ReadProbeData(request));
  CXR_RETURN_IF_ERROR(CheckFolds(data, spec));
  const int folds = data.index.folds;
  StageOutput output;
  output.artifacts.resize(static_cast<size_t>(folds));
  std::atomic<int> done = 0;
  CXR_RETURN_IF_ERROR(ParallelFor(folds, options.threads, [&](int64_t fold) {
    const int number = static_cast<int>(fold);
    CXR_ASSIGN_OR_RETURN(const FloatMatrix head,
                         TrainHead(data, number, spec.linear_probe()));
    output.artifacts[fold] = {HeadFile(number), ToNpy(head)};
    return request.report_progress(static_cast<double>(++done) / folds);
  }));
  output.notes = {absl::StrCat(folds, " patient-disjoint folds")};
  return output;
}

absl::StatusOr<StageOutput> RunPredictStage(const StageRequest& request,
                                            const TaskOptions& options) {
  CXR_ASSIGN_OR_RETURN(const ProbeData data, ReadProbeData(request));
  CXR_RETURN_IF_ERROR(CheckFolds(data, request.spec.train()));
  CXR_ASSIGN_OR_RETURN(Predictions predictions, WithTruth(data));
  const absl::Span<float> logits = absl::MakeSpan(predictions.logits);
  CXR_RETURN_IF_ERROR(
      ParallelFor(data.index.folds, options.threads, [&](int64_t fold) {
        const std::string file = HeadFile(static_cast<int>(fold));
        CXR_ASSIGN_OR_RETURN(const std::string bytes,
                             request.read(StageKind::kTrain, file));
        CXR_ASSIGN_OR_RETURN(const FloatMatrix head,
                             FloatMatrixFromNpy(bytes, file));
        return PredictFold(data, static_cast<int>(fold), head, logits);
      }));
  if (!std::all_of(logits.begin(), logits.end(),
                   [](float value) { return std::isfinite(value); })) {
    return absl::OutOfRangeError("logits are not finite");
  }
  return StageOutput{
      .artifacts = {{std::string(kPredictionsFile), ToCsv(predictions)}}};
}

}  // namespace cxr
