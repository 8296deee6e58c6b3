// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/load_trial.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <numeric>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/nih64.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

using Digests = std::vector<std::vector<std::string>>;

Digests DigestsOf(const LoadTrialOptions& options) {
  const Thumbnails dataset(/*damaged=*/true);
  absl::StatusOr<LoadTrial> trial =
      TryLoading(dataset, FirstRows(60), Experiment(), options);
  EXPECT_OK(trial);
  return trial.ok() ? trial->image_digests : Digests();
}

TEST(LoadTrialTest, TheRanksOfAnyWorldHaveTheSameBatches) {
  const Digests alone = DigestsOf({.steps = 10});
  ASSERT_EQ(alone.size(), 10u);
  EXPECT_EQ(alone[0].size(), 8u);
  for (const int world : {2, 3, 9}) {
    Digests together(10);
    for (int rank = 0; rank < world; ++rank) {
      const Digests share =
          DigestsOf({.steps = 10, .rank = rank, .world = world, .threads = 2});
      ASSERT_EQ(share.size(), 10u);
      for (size_t step = 0; step < share.size(); ++step) {
        EXPECT_LE(share[step].size(), 8u / world + 1);
        together[step].insert(together[step].end(), share[step].begin(),
                              share[step].end());
      }
    }
    EXPECT_EQ(together, alone) << world;
  }
}

TEST(LoadTrialTest, ATrialThatBeginsLaterIsTheRestOfTheWhole) {
  const Digests whole = DigestsOf({.steps = 12});
  for (const int64_t first : {1, 7, 11}) {
    EXPECT_EQ(DigestsOf({.steps = 12 - first, .first_step = first}),
              Digests(whole.begin() + first, whole.end()));
  }
}

TEST(LoadTrialTest, ACacheChangesNothingButTheTime) {
  const TempDir dir;
  const Thumbnails dataset(/*damaged=*/true);
  ASSERT_OK_AND_ASSIGN(const LoadTrial plain,
                       TryLoading(dataset, FirstRows(60), Experiment(),
                                  {.steps = 10, .threads = 2}));
  EXPECT_THAT(ToText(plain), Not(HasSubstr("cache")));
  const LoadTrialOptions options{.steps = 10,
                                 .threads = 2,
                                 .cache = dir.File("cache"),
                                 .cache_key = "thumbnails"};
  for (const bool is_there : {false, true}) {
    ASSERT_OK_AND_ASSIGN(
        const LoadTrial cached,
        TryLoading(dataset, FirstRows(60), Experiment(), options));
    EXPECT_EQ(cached.digest, plain.digest);
    EXPECT_EQ(cached.failed_images, 6);
    EXPECT_EQ(cached.failures, plain.failures);
    EXPECT_EQ(cached.cache_seconds.has_value(), !is_there);
    const std::string text = ToText(cached);
    EXPECT_EQ(absl::StrContains(text, "made this cache in "), !is_there);
    EXPECT_THAT(text, HasSubstr("images are from this cache"));
  }
}

TEST(LoadTrialTest, ACacheIsWhatIsReadAndMadeAnewForOtherImages) {
  const TempDir dir;
  LoadTrialOptions options{
      .steps = 10, .cache = dir.File("cache"), .cache_key = "thumbnails"};
  const auto load = [&](bool damaged, int images) {
    const Thumbnails dataset(damaged);
    absl::StatusOr<LoadTrial> trial =
        TryLoading(dataset, FirstRows(images), Experiment(), options);
    EXPECT_OK(trial);
    return *std::move(trial);
  };
  EXPECT_TRUE(load(false, 60).cache_seconds.has_value());
  // The key promises that the images are the same, so nobody looks.
  const LoadTrial damaged = load(true, 60);
  EXPECT_FALSE(damaged.cache_seconds.has_value());
  EXPECT_EQ(damaged.failed_images, 0);
  EXPECT_TRUE(load(false, 61).cache_seconds.has_value());
  options.cache_key = "damaged thumbnails";
  const LoadTrial anew = load(true, 61);
  EXPECT_TRUE(anew.cache_seconds.has_value());
  EXPECT_EQ(anew.failed_images, 7);
}

TEST(LoadTrialTest, WhatIsNoCacheIsNotWrittenOver) {
  const TempDir dir;
  const std::string path = dir.File("notes");
  const std::string notes(1000, 'x');
  ASSERT_OK(WriteNewFile(path, notes));
  const Thumbnails dataset(/*damaged=*/false);
  EXPECT_THAT(TryLoading(dataset, FirstRows(60), Experiment(),
                         {.steps = 1, .cache = path}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path)));
  EXPECT_EQ(*ReadFile(path), notes);
}

TEST(LoadTrialTest, ATenthOfTheImagesButTenAtLeastMayFail) {
  const Thumbnails dataset(/*damaged=*/true);
  // Every tenth row is damaged, and of these lists a few more than a tenth.
  std::vector<int> few = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 1, 2};
  const auto load = [&](const std::vector<int>& rows) {
    return TryLoading(dataset, rows, Experiment(), {.steps = 60}).status();
  };
  EXPECT_OK(load(few));
  few.push_back(100);
  EXPECT_THAT(load(few), StatusIs(absl::StatusCode::kDataLoss,
                                  HasSubstr("is 11 of at most 10 images")));
  EXPECT_OK(load(FirstRows(200)));
  std::vector<int> many = FirstRows(200);
  many[1] = 200;
  EXPECT_THAT(load(many), StatusIs(absl::StatusCode::kDataLoss,
                                   HasSubstr("is 21 of at most 20 images")));
}

TEST(LoadTrialTest, OptionsWithoutSenseAreRefused) {
  const Thumbnails dataset(/*damaged=*/false);
  const auto message = [&](const LoadTrialOptions& options, int images) {
    const absl::Status status =
        TryLoading(dataset, FirstRows(images), Experiment(), options).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  EXPECT_EQ(message({}, 6), "steps: found 0, expected 1 or more");
  EXPECT_EQ(message({.steps = 1, .first_step = -1}, 6),
            "first_step: found -1, expected 0 or more");
  EXPECT_THAT(message({.steps = 1, .rank = -1}, 6),
              HasSubstr("rank: found -1 in a world of 1"));
  EXPECT_THAT(message({.steps = 1, .rank = 2, .world = 2}, 6),
              HasSubstr("rank: found 2 in a world of 2"));
  EXPECT_THAT(message({.steps = 1, .world = 0}, 6),
              HasSubstr("rank: found 0 in a world of 0"));
  EXPECT_EQ(message({.steps = 1}, 0), "images: found none to load");
}

}  // namespace
}  // namespace cxr
