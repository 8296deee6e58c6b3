// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/features/image_pass.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/tasks/common/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Images of one gray value: their number.
class Numbers : public Dataset {
 public:
  explicit Numbers(int images, std::set<int> damaged)
      : damaged_(std::move(damaged)) {
    for (int i = 0; i < images; ++i) {
      index_.examples.push_back({.id = absl::StrCat("i", i)});
    }
  }

  const ImageIndex& index() const override { return index_; }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (damaged_.contains(i)) {
      return absl::DataLossError(absl::StrCat("i", i, ".png: torn"));
    }
    DecodedImage decoded;
    decoded.image = {.width = 4, .height = 4};
    decoded.image.pixels.assign(16, static_cast<uint8_t>(i));
    return decoded;
  }

 private:
  ImageIndex index_;
  const std::set<int> damaged_;
};

class ImagePassTest : public ::testing::Test {
 protected:
  ImagePassTest() {
    preprocess_.set_input_size_pixels(2);
    preprocess_.set_equalization(spec::NO_EQUALIZATION);
    preprocess_.set_resampling(spec::PILLOW_BICUBIC);
    stage_.spec.mutable_features()->mutable_pixels();
  }

  absl::StatusOr<ImageFeatures> Pass(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     int threads = 2) const {
    absl::StatusOr<ImageFeatures> pass = absl::UnknownError("not run");
    EXPECT_OK(
        stage_.Run(StageKind::kFeatures, [&](const StageRequest& request) {
          const absl::StatusOr<FeatureExtractor> extractor =
              FeatureExtractor::Create(request, {});
          EXPECT_OK(extractor);
          pass =
              ExtractFeatures(dataset, rows, preprocess_, *extractor,
                              {.threads = threads, .feature_batch_images = 3},
                              [](double) { return absl::OkStatus(); });
          return StageOutput();
        }));
    return pass;
  }

  FakeStage stage_;
  spec::PreprocessSpec preprocess_;
};

TEST_F(ImagePassTest, RowsStandInTheOrderThatIsAskedFor) {
  ASSERT_OK_AND_ASSIGN(const ImageFeatures pass,
                       Pass(Numbers(10, {}), {7, 2, 9, 0}));
  ASSERT_EQ(pass.features.rows, 4);
  ASSERT_EQ(pass.features.columns, 4);
  for (int row = 0; row < 4; ++row) {
    EXPECT_EQ(pass.features.values[row * 4],
              static_cast<float>(std::vector<int>{7, 2, 9, 0}[row]) / 255.0f);
  }
  EXPECT_THAT(pass.failures, SizeIs(0));
}

TEST_F(ImagePassTest, ADamagedImageIsARowOfNan) {
  std::vector<int> rows;
  for (int i = 0; i < 10; ++i) rows.push_back(i);
  const Numbers dataset(10, {4});
  ASSERT_OK_AND_ASSIGN(const ImageFeatures pass, Pass(dataset, rows));
  EXPECT_THAT(UnusableRows(pass.features), ElementsAre(4));
  ASSERT_THAT(pass.failures, SizeIs(1));
  EXPECT_EQ(pass.failures[0].image, 4);
  EXPECT_EQ(FailuresNote(pass.failures, 10),
            "1 of 10 images cannot be used: i4.png: torn");
  EXPECT_EQ(UnusableCsv(pass.failures, dataset.index()),
            "id,reason\ni4,i4.png: torn\n");
  EXPECT_EQ(pass.features.values[5 * 4], 5 / 255.0f);
}

TEST_F(ImagePassTest, MoreThanAHundredthIsAnError) {
  EXPECT_EQ(MostUnusable(10), 1);
  EXPECT_EQ(MostUnusable(250), 2);
  EXPECT_THAT(
      Pass(Numbers(6, {1, 4}), {0, 1, 2, 3, 4, 5}),
      StatusIs(absl::StatusCode::kDataLoss,
               "2 of 6 images cannot be used: i1.png: torn (and 1 more)"));
  EXPECT_THAT(Pass(Numbers(1, {0}), {0}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("i0.png")));
}

TEST_F(ImagePassTest, ThreadsChangeNothing) {
  const Numbers dataset(50, {13});
  std::vector<int> rows;
  for (int i = 0; i < 50; ++i) rows.push_back(49 - i);
  ASSERT_OK_AND_ASSIGN(const ImageFeatures one, Pass(dataset, rows, 1));
  ASSERT_OK_AND_ASSIGN(const ImageFeatures three, Pass(dataset, rows, 3));
  EXPECT_EQ(ToNpy(one.features), ToNpy(three.features));
}

}  // namespace
}  // namespace cxr
