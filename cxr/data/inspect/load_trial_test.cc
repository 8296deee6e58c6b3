// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/load_trial.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/nih64.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

spec::ExperimentSpec Experiment() {
  spec::ExperimentSpec spec;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        features {
          preprocess {
            equalization: OPENCV_HISTOGRAM
            input_size_pixels: 28
            resampling: PILLOW_BICUBIC
          }
        }
        train {
          linear_probe { batch_images: 8 }
          augmentation {
            pipeline {
              crop { scale_min: 0.2 scale_max: 1 ratio_min: 1 ratio_max: 1 }
              steps { horizontal_flip { probability: 0.5 } }
            }
          }
        }
      )pb",
      &spec));
  return spec;
}

// The thumbnails, of which one in ten is damaged if so wanted.
class Thumbnails : public Dataset {
 public:
  explicit Thumbnails(bool damaged)
      : nih64_(*LoadNih64(TestData("cxr/data/samples/nih64"))),
        damaged_(damaged) {}

  const ImageIndex& index() const override { return nih64_->index(); }

  absl::StatusOr<DecodedImage> Decode(int i) const override {
    if (damaged_ && i % 10 == 0) {
      return absl::DataLossError(absl::StrCat("image ", i, ": torn"));
    }
    return nih64_->Decode(i);
  }

 private:
  const std::unique_ptr<Dataset> nih64_;
  const bool damaged_;
};

std::vector<int> FirstRows(int count) {
  std::vector<int> rows(count);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

TEST(LoadTrialTest, ThreadsChangeNoPixel) {
  const Thumbnails dataset(/*damaged=*/false);
  const auto digest = [&](int threads, uint64_t seed) {
    return TryLoading(dataset, FirstRows(60), Experiment(),
                      {.steps = 10, .threads = threads, .seed = seed})
        ->digest;
  };
  const std::string one = digest(1, 5);
  EXPECT_EQ(digest(2, 5), one);
  EXPECT_EQ(digest(7, 5), one);
  EXPECT_NE(digest(1, 6), one);
}

TEST(LoadTrialTest, FailuresAreToldAndReplacedAlike) {
  const Thumbnails dataset(/*damaged=*/true);
  const LoadTrialOptions two{.steps = 10, .threads = 2};
  ASSERT_OK_AND_ASSIGN(const LoadTrial trial,
                       TryLoading(dataset, FirstRows(60), Experiment(), two));
  EXPECT_EQ(trial.images, 80);
  EXPECT_EQ(trial.failed_images, 6);
  EXPECT_THAT(ToText(trial), HasSubstr("failed: image "));
  ASSERT_OK_AND_ASSIGN(const LoadTrial again,
                       TryLoading(dataset, FirstRows(60), Experiment(),
                                  {.steps = 10, .threads = 1}));
  EXPECT_EQ(again.digest, trial.digest);
  EXPECT_THAT(TryLoading(dataset, FirstRows(60), Experiment(),
                         {.steps = 10, .threads = 2, .max_failures = 2}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("torn")));
}

TEST(LoadTrialTest, NoStepIsNoTrial) {
  const Thumbnails dataset(/*damaged=*/false);
  EXPECT_THAT(TryLoading(dataset, FirstRows(6), Experiment(), {}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("steps: found 0")));
}

}  // namespace
}  // namespace cxr
