// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/teacher_probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "ATen/Parallel.h"
#include "ATen/ops/from_blob.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "c10/core/GradMode.h"
#include "cxr/base/testing.h"
#include "cxr/data/image/normalize.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/model/testing.h"
#include "cxr/model/vit.h"
#include "cxr/tasks/common/vit_options.h"
#include "cxr/tasks/pretrain/labelled_sample.h"
#include "cxr/tasks/pretrain/testing.h"
#include "metrics/ranking/auroc.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr absl::string_view kThumbnails =
    "pretrain { data { source: NIH64 part: ALL_PARTS views: [ PA, AP ] "
    "max_patients: 120 } watch { nearest_neighbors: 5 } }";

absl::StatusOr<PretrainImages> ImagesOf(const spec::ExperimentSpec& spec) {
  return PretrainImages::Create(spec.pretrain(), OpenSample);
}

Vit TeacherOf(const spec::ExperimentSpec& spec) {
  Vit vit(VitOptionsOf(spec.backbone()));
  FillModuleByFormula(*vit);
  return vit;
}

// The class token of one image at a time.
std::vector<float> TokenOf(VitImpl& vit, const PretrainImages& images,
                           int64_t i) {
  spec::PreprocessSpec preprocess;
  preprocess.set_equalization(spec::OPENCV_HISTOGRAM);
  preprocess.set_input_size_pixels(56);
  preprocess.set_resampling(spec::PILLOW_BICUBIC);
  const absl::StatusOr<GrayImage> raw = images.Load(i);
  EXPECT_OK(raw);
  const absl::StatusOr<GrayImage> image = Preprocess(*raw, preprocess);
  EXPECT_OK(image);
  const ChannelStatistics channels = StatisticsOf(spec::IMAGENET);
  std::vector<float> values = Normalize(*image, channels.mean, channels.std);
  const c10::NoGradGuard no_grad;
  const at::Tensor token =
      vit.forward(at::from_blob(values.data(), {1, 3, 56, 56})).cls;
  const float* begin = token.const_data_ptr<float>();
  return {begin, begin + token.numel()};
}

double Product(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * double{b[i]};
  return sum;
}

TEST(TeacherProbeTest, EqualsTheProbesOfTokensOneByOne) {
  const spec::ExperimentSpec spec = SmallPretraining(kThumbnails);
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(spec));
  ASSERT_OK_AND_ASSIGN(const TeacherProbe probe,
                       TeacherProbe::Create(images, spec.pretrain(), 2));
  Vit vit = TeacherOf(spec);
  at::set_num_threads(1);
  ASSERT_OK_AND_ASSIGN(const TeacherScores scores,
                       probe.Evaluate(*vit, at::kCPU));

  const std::vector<SampledImage> sample = SampleLabelledImages(images);
  const std::vector<LabelledImages> labels = LabelsOf(images, sample);
  ASSERT_EQ(scores.images, std::ssize(sample));
  ASSERT_EQ(scores.classes, std::ssize(labels));
  ASSERT_GE(labels.size(), 3u);
  std::vector<std::vector<float>> tokens;
  for (const SampledImage& image : sample) {
    tokens.push_back(TokenOf(*vit, images, image.image));
  }
  Similarities cosines = {.size = std::ssize(tokens)};
  for (const std::vector<float>& a : tokens) {
    for (const std::vector<float>& b : tokens) {
      cosines.values.push_back(Product(a, b) /
                               std::sqrt(Product(a, a) * Product(b, b)));
    }
  }
  double knn = 0;
  double ridge = 0;
  for (const LabelledImages& label : labels) {
    const std::vector<double> votes = NearestNeighborScores(cosines, label, 5);
    ASSERT_OK_AND_ASSIGN(
        const double of_votes,
        metrics::Auroc(absl::MakeConstSpan(votes), label.labels));
    ASSERT_OK_AND_ASSIGN(const double of_ridge,
                         MeanAurocOfHalves(RidgeScores(cosines, label), label));
    knn += of_votes / static_cast<double>(labels.size());
    ridge += of_ridge / static_cast<double>(labels.size());
  }
  // Batches round otherwise; a pair that changes places is of little weight.
  ASSERT_TRUE(scores.knn_auroc.has_value());
  EXPECT_NEAR(*scores.knn_auroc, knn, 1e-3);
  EXPECT_NEAR(scores.probe_auroc, ridge, 1e-3);
}

TEST(TeacherProbeTest, ThreadsChangeNothingAndAreLeftAsTheyWere) {
  const spec::ExperimentSpec spec = SmallPretraining(kThumbnails);
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(spec));
  Vit vit = TeacherOf(spec);
  const int before = at::get_num_threads();
  std::vector<std::string> lines;
  for (const int threads : {1, 2, 5}) {
    at::set_num_threads(threads);
    ASSERT_OK_AND_ASSIGN(
        const TeacherProbe probe,
        TeacherProbe::Create(images, spec.pretrain(), threads));
    ASSERT_OK_AND_ASSIGN(const TeacherScores scores,
                         probe.Evaluate(*vit, at::kCPU));
    lines.push_back(ToCsvLine(7, scores));
    EXPECT_EQ(at::get_num_threads(), threads);
  }
  at::set_num_threads(before);
  EXPECT_EQ(lines[0], lines[1]);
  EXPECT_EQ(lines[0], lines[2]);
}

TEST(TeacherProbeTest, NoNeighborsMeanNoVote) {
  spec::ExperimentSpec spec = SmallPretraining(kThumbnails);
  spec.mutable_pretrain()->mutable_watch()->set_nearest_neighbors(0);
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(spec));
  ASSERT_OK_AND_ASSIGN(const TeacherProbe probe,
                       TeacherProbe::Create(images, spec.pretrain(), 2));
  Vit vit = TeacherOf(spec);
  ASSERT_OK_AND_ASSIGN(const TeacherScores scores,
                       probe.Evaluate(*vit, at::kCPU));
  EXPECT_FALSE(scores.knn_auroc.has_value());
  EXPECT_GT(scores.probe_auroc, 0);
}

TEST(TeacherProbeTest, LinesAreReadBackTheSame) {
  EXPECT_EQ(
      ToCsvLine(
          30,
          {.knn_auroc = 0.5, .probe_auroc = 0.1, .images = 900, .classes = 14}),
      "30,0.5,0.10000000000000001,900,14\n");
  EXPECT_EQ(ToCsvLine(0, {.probe_auroc = 0.75, .images = 1, .classes = 2}),
            "0,,0.75,1,2\n");
}

TEST(TeacherProbeTest, ADivergedTeacherIsSaidSo) {
  const spec::ExperimentSpec spec = SmallPretraining(kThumbnails);
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(spec));
  ASSERT_OK_AND_ASSIGN(const TeacherProbe probe,
                       TeacherProbe::Create(images, spec.pretrain(), 2));
  Vit vit = TeacherOf(spec);
  const c10::NoGradGuard no_grad;
  vit->parameters()[0].fill_(std::numeric_limits<float>::infinity());
  EXPECT_THAT(probe.Evaluate(*vit, at::kCPU),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("not finite")));
}

TEST(TeacherProbeTest, SetsWithoutLabelsAreANote) {
  const spec::ExperimentSpec spec = SmallPretraining(
      "pretrain { data { source: HANNOVER part: ALL_PARTS views: [ PA, AP ] "
      "max_patients: 0 } }");
  ASSERT_OK_AND_ASSIGN(const PretrainImages images, ImagesOf(spec));
  ASSERT_OK_AND_ASSIGN(const TeacherProbe probe,
                       TeacherProbe::Create(images, spec.pretrain(), 2));
  EXPECT_EQ(probe.classes(), 0);
  EXPECT_THAT(probe.Notes(), ElementsAre(HasSubstr("no evaluation")));
}

}  // namespace
}  // namespace cxr
