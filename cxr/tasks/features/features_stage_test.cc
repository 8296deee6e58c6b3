// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/features_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/npy.h"
#include "cxr/base/testing.h"
#include "cxr/data/index/index_csv.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/tasks/common/testing.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::string_view kMosaic = "nih64/mosaic_40x25_64px.png";

constexpr absl::string_view kData = R"pb(
  data {
    source: NIH64
    views: [ PA, AP ]
    max_patients: 6
  }
)pb";

constexpr absl::string_view kPixels = R"pb(
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM
      input_size_pixels: 32
      resampling: PILLOW_BICUBIC
      normalization: NO_NORMALIZATION
    }
    pixels {}
  }
)pb";

constexpr absl::string_view kVit = R"pb(
  backbone {
    layout: DINOV2
    width: 16
    depth: 2
    heads: 2
    mlp_ratio: 2
    patch_size_pixels: 14
    position_grid: 2
    registers: 1
    position_interpolation: ANTIALIASED
  }
  features {
    preprocess {
      equalization: OPENCV_HISTOGRAM
      input_size_pixels: 28
      resampling: PILLOW_BICUBIC
      normalization: IMAGENET
    }
    vit {
      weights {
        random { seed: 5 layer_scale_init: 1 linear_std: 0.25 position_std: 1 }
      }
      registers: KEPT
      pooled { last_layers: 2 token: CLASS_TOKEN norm: FINAL_NORM }
    }
  }
)pb";

class FeaturesStageTest : public ::testing::Test {
 protected:
  // A request for the first six patients of the samples.
  void Ask(absl::string_view features) {
    stage_.spec.Clear();
    EXPECT_THAT(
        ParseTextproto(absl::StrCat(kData, features), stage_.spec).issues,
        IsEmpty());
    absl::StatusOr<std::unique_ptr<Dataset>> dataset =
        MakeDataset(stage_.spec.data(), options_.roots);
    ASSERT_OK(dataset);
    dataset_ = *std::move(dataset);
    ASSERT_OK_AND_ASSIGN(index_, Select(dataset_->index(), stage_.spec.data()));
    GiveIndex(ToCsv(index_));
  }

  void GiveIndex(const std::string& text) {
    stage_.inputs[{StageKind::kData, "index.csv"}] = text;
  }

  absl::StatusOr<StageOutput> Run() const {
    return stage_.Run(StageKind::kFeatures, [&](const StageRequest& request) {
      return RunFeaturesStage(request, options_);
    });
  }

  // The bytes of features.npy.
  std::string Bytes() const {
    const absl::StatusOr<StageOutput> output = Run();
    EXPECT_OK(output);
    EXPECT_THAT(output->artifacts, SizeIs(1));
    EXPECT_EQ(output->artifacts[0].name, "features.npy");
    return output->artifacts[0].bytes;
  }

  FloatMatrix Features() const {
    const absl::StatusOr<FloatMatrix> features =
        FloatMatrixFromNpy(Bytes(), "features.npy");
    EXPECT_OK(features);
    return *features;
  }

  FakeStage stage_;
  TaskOptions options_ = {.roots = {.samples = TestData("cxr/data/samples")},
                          .threads = 2,
                          .feature_batch_images = 7};
  std::unique_ptr<Dataset> dataset_;
  SelectedIndex index_;
};

TEST_F(FeaturesStageTest, PixelsAreThoseOfThePreprocessedImages) {
  Ask(kPixels);
  ASSERT_GT(index_.rows.size(), 14u) << "two whole batches and a part";
  const FloatMatrix features = Features();
  ASSERT_EQ(features.rows, std::ssize(index_.rows));
  ASSERT_EQ(features.columns, 32 * 32);
  std::vector<float> expected;
  for (const int row : index_.rows) {
    ASSERT_OK_AND_ASSIGN(const GrayImage image, dataset_->LoadImage(row));
    ASSERT_OK_AND_ASSIGN(
        const GrayImage ready,
        Preprocess(image, stage_.spec.features().preprocess()));
    for (const uint8_t pixel : ready.pixels) {
      expected.push_back(static_cast<float>(pixel) / 255.0f);
    }
  }
  EXPECT_EQ(features.values, expected);
}

TEST_F(FeaturesStageTest, TheIndexSaysWhichImagesInWhichOrder) {
  Ask(kPixels);
  const FloatMatrix all = Features();
  std::reverse(index_.rows.begin(), index_.rows.end());
  std::reverse(index_.index.examples.begin(), index_.index.examples.end());
  GiveIndex(ToCsv(index_));
  const FloatMatrix reversed = Features();
  ASSERT_EQ(reversed.values.size(), all.values.size());
  for (int64_t i = 0; i < all.rows; ++i) {
    const auto row = all.values.begin() + i * all.columns;
    EXPECT_TRUE(
        std::equal(row, row + all.columns,
                   reversed.values.begin() + (all.rows - 1 - i) * all.columns));
  }
}

TEST_F(FeaturesStageTest, ThreadsChangeNoBit) {
  for (const absl::string_view features : {kPixels, kVit}) {
    Ask(features);
    options_.threads = 1;
    const std::string bytes = Bytes();
    for (const int threads : {2, 3}) {
      options_.threads = threads;
      EXPECT_EQ(Bytes(), bytes) << threads << " threads, " << features;
    }
  }
}

TEST_F(FeaturesStageTest, BatchesChangeNoPixel) {
  Ask(kPixels);
  const std::string bytes = Bytes();
  for (const int batch : {1, 1000}) {
    options_.feature_batch_images = batch;
    EXPECT_EQ(Bytes(), bytes) << batch;
  }
}

TEST_F(FeaturesStageTest, ABackboneGivesItsTokensAndTheirMean) {
  Ask(kVit);
  const FloatMatrix features = Features();
  EXPECT_EQ(features.rows, std::ssize(index_.rows));
  EXPECT_EQ(features.columns, 16 * 3);
}

TEST_F(FeaturesStageTest, NotesSayWhatComputed) {
  Ask(kPixels);
  EXPECT_THAT(Run()->notes, ElementsAre("no backbone, 32-pixel input"));
  Ask(kVit);
  EXPECT_THAT(Run()->notes,
              ElementsAre(AllOf(
                  HasSubstr("width 16 and depth 2"),
                  HasSubstr("random weights (seed 5, not trained)"),
                  HasSubstr("CLASS_TOKEN"), HasSubstr("28-pixel input"))));
}

TEST_F(FeaturesStageTest, ProgressRunsFromNothingToAll) {
  Ask(kPixels);
  options_.threads = 1;
  std::vector<double> parts;
  ASSERT_OK(stage_.Run(StageKind::kFeatures, [&](const StageRequest& request) {
    const auto report = [&](double part) {
      parts.push_back(part);
      return absl::OkStatus();
    };
    return RunFeaturesStage({.kind = request.kind,
                             .spec = request.spec,
                             .read = request.read,
                             .report_progress = report,
                             .read_checkpoint = request.read_checkpoint,
                             .save_checkpoint = request.save_checkpoint,
                             .write_artifact = request.write_artifact},
                            options_);
  }));
  EXPECT_TRUE(std::is_sorted(parts.begin(), parts.end()));
  ASSERT_GE(parts.size(), 3u);
  EXPECT_GT(parts.front(), 0);
  EXPECT_EQ(parts.back(), 1);
}

TEST_F(FeaturesStageTest, ADamagedIndexIsDataLoss) {
  Ask(kPixels);
  GiveIndex(
      "row,id,patient,study,part,view,sex,age,fold\n"
      "zero,a,p,,,PA,F,40,0\n");
  EXPECT_THAT(Run(), StatusIs(absl::StatusCode::kDataLoss,
                              HasSubstr("index.csv:2: found 'zero'")));
}

TEST_F(FeaturesStageTest, ACorruptImageIsDataLossNamingTheFile) {
  Ask(kPixels);
  const TempDir dir;
  ASSERT_OK(CreateDirectories(dir.File("nih64")));
  for (const absl::string_view file :
       {absl::string_view("nih64/labels.csv"), kMosaic}) {
    ASSERT_OK_AND_ASSIGN(
        std::string bytes,
        ReadFile(TestData(absl::StrCat("cxr/data/samples/", file))));
    if (file == kMosaic) {
      bytes[bytes.size() / 2] ^= 1;
    }
    ASSERT_OK(WriteNewFile(dir.File(file), bytes));
  }
  options_.roots.samples = dir.path();
  EXPECT_THAT(Run(), StatusIs(absl::StatusCode::kDataLoss,
                              HasSubstr(dir.File(kMosaic))));
}

}  // namespace
}  // namespace cxr
