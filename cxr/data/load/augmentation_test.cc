// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/augmentation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

GrayImage ReadImage(absl::string_view name) {
  const std::string path = TestData(absl::StrCat("cxr/data/", name));
  const absl::StatusOr<std::string> bytes = ReadFile(path);
  EXPECT_OK(bytes);
  absl::StatusOr<GrayImage> image = DecodePngGray(*bytes, path);
  EXPECT_OK(image);
  return *std::move(image);
}

GrayImage Radiograph() { return ReadImage("testdata/nih/00000003_000.png"); }

// A row of cases.csv.
class Case {
 public:
  Case(const CsvTable& table, const CsvTable::Row& row)
      : table_(table), row_(row) {}

  const std::string& Text(absl::string_view column) const {
    return row_.cells[*table_.Column(column)];
  }
  bool Has(absl::string_view column) const { return !Text(column).empty(); }
  double Number(absl::string_view column) const {
    double value = -1.0;
    EXPECT_TRUE(absl::SimpleAtod(Text(column), &value)) << column;
    return value;
  }
  int Whole(absl::string_view column) const {
    return static_cast<int>(Number(column));
  }

 private:
  const CsvTable& table_;
  const CsvTable::Row& row_;
};

DrawnColorJitter JitterOf(const Case& row) {
  DrawnColorJitter jitter{.brightness = row.Number("brightness"),
                          .contrast = row.Number("contrast"),
                          .saturation = row.Number("saturation"),
                          .hue = row.Number("hue")};
  for (size_t i = 0; i < jitter.order.size(); ++i) {
    jitter.order[i] = static_cast<ColorChange>(
        std::string("bcsh").find(row.Text("order")[i]));
  }
  return jitter;
}

DrawnAugmentation DrawnOf(const Case& row) {
  DrawnAugmentation drawn;
  if (row.Has("left")) {
    drawn.crop = PixelBox{.left = row.Whole("left"),
                          .top = row.Whole("top"),
                          .width = row.Whole("width"),
                          .height = row.Whole("height")};
  }
  if (row.Has("flip")) {
    drawn.steps.push_back(DrawnFlip{});
  }
  if (row.Has("rotation")) {
    drawn.steps.push_back(DrawnAffine{
        .parameters = {.rotation_degrees = row.Number("rotation"),
                       .translate_x_pixels = row.Number("translate_x"),
                       .translate_y_pixels = row.Number("translate_y"),
                       .scale_x = row.Number("scale_x"),
                       .scale_y = row.Number("scale_y")},
        .method = row.Text("library") == "torchvision"
                      ? AffineMethod::kPillowNearest
                      : AffineMethod::kOpenCvLinear});
  }
  if (row.Has("order")) {
    drawn.steps.push_back(JitterOf(row));
  }
  if (row.Has("grayscale")) {
    drawn.steps.push_back(DrawnGrayscale{});
  }
  if (row.Has("blur_sigma")) {
    drawn.steps.push_back(DrawnBlur{.kernel_pixels = row.Whole("blur_kernel"),
                                    .sigma_pixels = row.Number("blur_sigma")});
  }
  if (row.Has("solarize")) {
    drawn.steps.push_back(DrawnSolarize{.threshold = row.Whole("solarize")});
  }
  return drawn;
}

// The classes of make_augmentation.py.
GrayImage MaskOf(GrayImage image) {
  for (uint8_t& pixel : image.pixels) {
    pixel /= 64;
  }
  return image;
}

// testdata/make_augmentation.py: three equal channels, torchvision on PIL
// images and albumentations.
TEST(AugmentationTest, WithTheSameDrawsEveryPixelEqualsTheLibraries) {
  const std::string folder = "load/testdata/augmentation/";
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData(absl::StrCat("cxr/data/", folder, "cases.csv"))));
  ASSERT_EQ(table.rows().size(), 21u);
  for (const CsvTable::Row& cells : table.rows()) {
    const Case row(table, cells);
    SCOPED_TRACE(row.Text("output"));
    const bool pillow = row.Text("library") == "torchvision";
    ASSERT_OK_AND_ASSIGN(
        const Augmentation augmentation,
        Augmentation::Create({}, {.size_pixels = row.Whole("size"),
                                  .resampling = pillow ? spec::PILLOW_BICUBIC
                                                       : spec::OPENCV_CUBIC}));
    const GrayImage image =
        ReadImage(absl::StrCat("testdata/nih/", row.Text("input")));
    const ImageAndMask changed =
        augmentation.ApplyWithMask(image, MaskOf(image), DrawnOf(row));
    EXPECT_TRUE(changed.image ==
                ReadImage(absl::StrCat(folder, row.Text("output"))));
    if (!pillow) {
      std::string mask = row.Text("output");
      mask.insert(mask.size() - 4, "_mask");
      EXPECT_TRUE(changed.mask == ReadImage(absl::StrCat(folder, mask)));
    }
  }
}

class PublishedAugmentationTest : public RealExperimentsTest {
 protected:
  static Augmentation Probe() {
    const spec::ExperimentSpec spec = Resolved("classify_chexpert_s", "paper");
    return *Augmentation::Create(
        spec.train().augmentation().pipeline(),
        {.size_pixels = spec.features().preprocess().input_size_pixels(),
         .resampling = spec.features().preprocess().resampling()});
  }

  static spec::ExperimentSpec Segmentation() {
    return Resolved("segment_chexmask_s", "paper");
  }
};

TEST_F(PublishedAugmentationTest, TheProbesImagesAreCroppedToTheInput) {
  const Augmentation probe = Probe();
  const GrayImage image = Radiograph();
  for (int64_t epoch = 0; epoch < 3; ++epoch) {
    const DrawnAugmentation drawn =
        probe.Draw({.seed = 1, .epoch = epoch}, image.width, image.height);
    EXPECT_THAT(ToString(drawn), HasSubstr("crop"));
    EXPECT_THAT(ToString(drawn), HasSubstr("affine"));
    const GrayImage view = probe.Apply(image, drawn);
    EXPECT_EQ(view.width, 518);
    EXPECT_EQ(view.height, 518);
    EXPECT_EQ(view, probe.Apply(image, drawn));
  }
}

TEST_F(PublishedAugmentationTest, SegmentationMovesImageAndMaskAlike) {
  const spec::ExperimentSpec spec = Segmentation();
  ASSERT_OK_AND_ASSIGN(
      const Augmentation augmentation,
      Augmentation::Create(
          spec.train().augmentation().pipeline(),
          {.size_pixels = 518, .resampling = spec::OPENCV_CUBIC}));
  const GrayImage image =
      *Preprocess(Radiograph(), spec.features().preprocess());
  ASSERT_EQ(image.width, 518);
  const GrayImage mask = MaskOf(image);
  int moved = 0;
  for (int64_t sample = 0; sample < 12; ++sample) {
    const DrawnAugmentation drawn =
        augmentation.Draw({.seed = 2, .sample = sample}, 518, 518);
    EXPECT_FALSE(drawn.crop.has_value());
    const ImageAndMask changed = augmentation.ApplyWithMask(image, mask, drawn);
    EXPECT_EQ(changed.image, augmentation.Apply(image, drawn));
    EXPECT_EQ(changed.mask.width, 518);
    for (const uint8_t value : changed.mask.pixels) {
      ASSERT_LE(value, 3);
    }
    const bool affine = ToString(drawn).find("affine") != std::string::npos;
    moved += affine ? 1 : 0;
    if (affine) {
      EXPECT_THAT(ToString(drawn), HasSubstr("by 51,51 pixels"));
      EXPECT_NE(changed.mask, mask);
    }
  }
  EXPECT_GT(moved, 0);
  EXPECT_LT(moved, 12);
}

TEST_F(PublishedAugmentationTest, NothingButTheKeyDecides) {
  const Augmentation probe = Probe();
  const auto text = [&](const SampleKey& key) {
    return ToString(probe.Draw(key, 256, 256));
  };
  const SampleKey key{.seed = 1, .epoch = 2, .sample = 3, .view = 4};
  EXPECT_EQ(text(key), text(key));
  for (const SampleKey& other :
       {SampleKey{.seed = 9, .epoch = 2, .sample = 3, .view = 4},
        SampleKey{.seed = 1, .epoch = 9, .sample = 3, .view = 4},
        SampleKey{.seed = 1, .epoch = 2, .sample = 9, .view = 4},
        SampleKey{.seed = 1, .epoch = 2, .sample = 3, .view = 9}}) {
    EXPECT_NE(text(other), text(key));
  }
}

TEST_F(PublishedAugmentationTest, ThreadsChangeNoPixel) {
  const Augmentation probe = Probe();
  const GrayImage image = Radiograph();
  std::vector<std::vector<GrayImage>> runs;
  for (const int threads : {1, 2, 7}) {
    std::vector<GrayImage> views(8);
    ASSERT_OK(ParallelFor(8, threads, [&](int64_t i) {
      views[static_cast<size_t>(i)] =
          probe.Apply(image, probe.Draw({.seed = 1, .sample = i}, 256, 256));
      return absl::OkStatus();
    }));
    runs.push_back(std::move(views));
  }
  EXPECT_EQ(runs[1], runs[0]);
  EXPECT_EQ(runs[2], runs[0]);
}

// What is drawn for the other steps stays when one goes or comes.
TEST_F(PublishedAugmentationTest, StepsDoNotDisturbEachOther) {
  spec::AugmentationPipelineSpec whole =
      Resolved("classify_chexpert_s", "paper")
          .train()
          .augmentation()
          .pipeline();
  const AugmentationOptions options{.size_pixels = 98,
                                    .resampling = spec::PILLOW_BICUBIC};
  spec::AugmentationPipelineSpec less = whole;
  less.mutable_steps()->DeleteSubrange(0, 1);
  spec::AugmentationPipelineSpec more = whole;
  *more.add_steps() = whole.steps(1);
  const Augmentation without_flip = *Augmentation::Create(less, options);
  const Augmentation unchanged = *Augmentation::Create(whole, options);
  const Augmentation with_another = *Augmentation::Create(more, options);
  int flips = 0;
  for (int64_t sample = 0; sample < 40; ++sample) {
    const SampleKey key{.seed = 5, .sample = sample};
    const std::string text = ToString(unchanged.Draw(key, 256, 256));
    std::string without = text;
    if (const size_t flip = text.find("flip; "); flip != std::string::npos) {
      without.erase(flip, 6);
      ++flips;
    }
    EXPECT_EQ(ToString(without_flip.Draw(key, 256, 256)), without);
    const std::string more_text = ToString(with_another.Draw(key, 256, 256));
    EXPECT_TRUE(absl::StartsWith(more_text, absl::StrCat(text, "; affine")));
    // The second affine has numbers of its own.
    EXPECT_EQ(text.find(more_text.substr(text.size())), std::string::npos);
  }
  EXPECT_GT(flips, 5);
}

spec::AugmentationPipelineSpec Pipeline(absl::string_view step) {
  return ParseSpec<spec::AugmentationPipelineSpec>(
      absl::StrCat("steps { ", step, " }"));
}

TEST(AugmentationTest, WhatNoLibraryDoesIsRefused) {
  const AugmentationOptions options{.size_pixels = 4,
                                    .resampling = spec::PILLOW_BICUBIC};
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(Augmentation::Create(Pipeline("affine { scaling: FACTOR_AN_AXIS "
                                            "interpolation: NEAREST_PIXEL }"),
                                   options),
              StatusIs(kInvalid,
                       "affine: FACTOR_AN_AXIS goes with BILINEAR_PIXELS "
                       "only"));
  EXPECT_THAT(
      Augmentation::Create(Pipeline("gaussian_blur { kernel_pixels: 9 }"),
                           options),
      StatusIs(kInvalid, HasSubstr("a kernel of 9 pixels for an image of 4")));
  EXPECT_THAT(Augmentation::Create(
                  Pipeline("gaussian_blur { kernel_pixels: 4 }"), options),
              StatusIs(kInvalid, HasSubstr("it must be odd")));
  EXPECT_OK(Augmentation::Create(Pipeline("gaussian_blur { kernel_pixels: 7 }"),
                                 options));
}

TEST(AugmentationDeathTest, AnImageOfAnotherSizeIsAProgrammersError) {
  const Augmentation augmentation = *Augmentation::Create(
      {}, {.size_pixels = 4, .resampling = spec::PILLOW_BICUBIC});
  EXPECT_DEATH(augmentation.Apply(Radiograph(), {}), "256 x 256 instead of 4");
}

}  // namespace
}  // namespace cxr
