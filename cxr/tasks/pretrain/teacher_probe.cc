// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/teacher_probe.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ATen/Parallel.h"
#include "ATen/ops/cat.h"
#include "ATen/ops/isfinite.h"
#include "ATen/ops/matmul.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/types/span.h"
#include "c10/core/GradMode.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_status.h"
#include "cxr/base/with_commas.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/model/vit.h"
#include "cxr/tasks/common/image_batch.h"
#include "cxr/tasks/pretrain/labelled_sample.h"
#include "metrics/ranking/auroc.h"

namespace cxr {
namespace {

// A part of the result's identity as any batch size is; small, for every thread
// computes one.
constexpr int64_t kBatchImages = 16;

// Prepared images of `sample`, from which those that cannot be read are gone.
absl::StatusOr<std::vector<GrayImage>> LoadReadable(
    const PretrainImages& images, const spec::PreprocessSpec& preprocess,
    int threads, std::vector<SampledImage>* sample) {
  std::vector<std::optional<GrayImage>> loaded(sample->size());
  CXR_RETURN_IF_ERROR(ParallelFor(std::ssize(*sample), threads, [&](int64_t i) {
    const auto place = static_cast<size_t>(i);
    const absl::StatusOr<GrayImage> image = images.Load((*sample)[place].image);
    if (!image.ok()) return absl::OkStatus();
    absl::StatusOr<GrayImage> square = Preprocess(*image, preprocess);
    if (square.ok()) loaded[place] = *std::move(square);
    return absl::OkStatus();
  }));
  std::vector<GrayImage> readable;
  std::vector<SampledImage> kept;
  for (size_t i = 0; i < loaded.size(); ++i) {
    if (!loaded[i].has_value()) continue;
    readable.push_back(*std::move(loaded[i]));
    kept.push_back((*sample)[i]);
  }
  *sample = std::move(kept);
  return readable;
}

Similarities ToSimilarities(const at::Tensor& tokens) {  // (n, C)
  const at::Tensor wide = tokens.to(at::kDouble);
  const at::Tensor unit =
      wide / wide.norm(2, {1}, /*keepdim=*/true).clamp_min(1e-12);
  const at::Tensor cosines = at::matmul(unit, unit.t()).contiguous();
  const double* begin = cosines.const_data_ptr<double>();
  return {.size = tokens.size(0), .values = {begin, begin + cosines.numel()}};
}

}  // namespace

std::string ToCsvLine(int64_t step, const TeacherScores& scores) {
  const std::string knn = scores.knn_auroc.has_value()
                              ? absl::StrFormat("%.17g", *scores.knn_auroc)
                              : "";
  return absl::StrFormat("%d,%s,%.17g,%d,%d\n", step, knn, scores.probe_auroc,
                         scores.images, scores.classes);
}

absl::StatusOr<TeacherProbe> TeacherProbe::Create(
    const PretrainImages& images, const spec::PretrainSpec& spec, int threads) {
  spec::PreprocessSpec preprocess;
  preprocess.set_equalization(spec.equalization());
  preprocess.set_input_size_pixels(spec.crops().global_size_pixels());
  preprocess.set_resampling(spec::PILLOW_BICUBIC);
  preprocess.set_normalization(spec.normalization());

  TeacherProbe probe;
  probe.channels_ = StatisticsOf(spec.normalization());
  probe.neighbors_ = spec.watch().nearest_neighbors();
  probe.threads_ = threads;
  std::vector<SampledImage> sample = SampleLabelledImages(images);
  const auto sampled = std::ssize(sample);
  CXR_ASSIGN_OR_RETURN(probe.pixels_,
                       LoadReadable(images, preprocess, threads, &sample));
  probe.unreadable_ = sampled - std::ssize(sample);
  probe.classes_ = LabelsOf(images, sample);
  std::set<int> patients;
  for (const SampledImage& image : sample) patients.insert(image.patient);
  probe.patients_ = static_cast<int>(patients.size());
  return probe;
}

absl::StatusOr<Similarities> TeacherProbe::CosinesOf(VitImpl& teacher,
                                                     c10::Device device) const {
  const int64_t batches = (images() + kBatchImages - 1) / kBatchImages;
  const at::ScalarType type = teacher.parameters()[0].scalar_type();
  std::vector<at::Tensor> tokens(static_cast<size_t>(batches));
  const auto compute = [&](int64_t batch) {
    return CatchTorch(
               "computing class tokens",
               [&] {
                 const c10::NoGradGuard no_grad;
                 // Sums must not depend on the number of threads: these share
                 // batches.
                 at::set_num_threads(1);
                 tokens[static_cast<size_t>(batch)] =
                     teacher
                         .forward(
                             ToImageBatch(
                                 absl::MakeConstSpan(pixels_).subspan(
                                     static_cast<size_t>(batch * kBatchImages),
                                     static_cast<size_t>(kBatchImages)),
                                 channels_, device)
                                 .to(type))
                         .cls.to(at::kCPU);
                 return true;
               })
        .status();
  };
  CXR_RETURN_IF_ERROR(
      ParallelFor(batches, device.is_cpu() ? threads_ : 1, compute));
  return CatchTorch("comparing class tokens", [&] {
    const at::Tensor all = at::cat(tokens);
    return at::isfinite(all).all().item<bool>() ? ToSimilarities(all)
                                                : Similarities();
  });
}

absl::StatusOr<TeacherScores> TeacherProbe::Evaluate(VitImpl& teacher,
                                                     c10::Device device) const {
  CXR_CHECK(classes() > 0) << "a probe without labels";
  const int threads_before = at::get_num_threads();
  const absl::StatusOr<Similarities> cosines = CosinesOf(teacher, device);
  at::set_num_threads(threads_before);
  CXR_RETURN_IF_ERROR(cosines.status());
  if (cosines->size == 0) {
    return absl::OutOfRangeError(
        "class tokens of the teacher are not finite; the run has diverged");
  }
  std::vector<double> knn(classes_.size());
  std::vector<double> ridge(classes_.size());
  CXR_RETURN_IF_ERROR(
      ParallelFor(classes(), threads_, [&](int64_t i) -> absl::Status {
        const auto place = static_cast<size_t>(i);
        const LabelledImages& of_class = classes_[place];
        if (neighbors_ > 0) {
          const std::vector<double> votes =
              NearestNeighborScores(*cosines, of_class, neighbors_);
          CXR_ASSIGN_OR_RETURN(
              knn[place],
              metrics::Auroc(absl::MakeConstSpan(votes), of_class.labels));
        }
        CXR_ASSIGN_OR_RETURN(
            ridge[place],
            MeanAurocOfHalves(RidgeScores(*cosines, of_class), of_class));
        return absl::OkStatus();
      }));
  const auto mean = [this](const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(classes());
  };
  TeacherScores scores = {
      .probe_auroc = mean(ridge), .images = images(), .classes = classes()};
  if (neighbors_ > 0) scores.knn_auroc = mean(knn);
  return scores;
}

std::vector<std::string> TeacherProbe::Notes() const {
  std::vector<std::string> notes;
  notes.push_back(classes_.empty()
                      ? absl::StrCat("no evaluation: no label has ",
                                     kLeastOfALabel, " positive and ",
                                     kLeastOfALabel, " negative images")
                      : absl::StrCat("evaluation on ", WithCommas(images()),
                                     " images of ", WithCommas(patients_),
                                     " patients, ", classes(), " labels"));
  if (unreadable_ > 0) {
    notes.push_back(absl::StrCat(unreadable_,
                                 " images of the evaluation could not be "
                                 "read"));
  }
  return notes;
}

}  // namespace cxr
