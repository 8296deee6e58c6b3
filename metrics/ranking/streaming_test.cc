// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Ten million rows go through every accumulator in bounded memory.

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "metrics/ranking/auroc.h"
#include "metrics/ranking/brier.h"
#include "metrics/ranking/calibration.h"
#include "metrics/ranking/log_loss.h"
#include "metrics/ranking/score_histogram.h"
#include "metrics/ranking/threshold_counter.h"

namespace cxr::metrics {
namespace {

constexpr int kBatch = 50000;
constexpr int kBatches = 200;
// Of a byte, so that the histogram has few of them.
constexpr int kLevels = 256;

struct Batch {
  std::vector<double> scores = std::vector<double>(kBatch);
  std::vector<uint8_t> labels = std::vector<uint8_t>(kBatch);

  void Draw(std::mt19937* random) {
    for (int i = 0; i < kBatch; ++i) {
      const uint32_t bits = (*random)();
      scores[i] = static_cast<double>(bits % kLevels) / (kLevels - 1);
      labels[i] = (bits >> 8) % (3 * kLevels) < bits % kLevels;
    }
  }
};

struct Accumulators {
  BrierAccumulator brier;
  LogLossAccumulator log_loss;
  ReliabilityAccumulator reliability = *ReliabilityAccumulator::Create({});
  ThresholdCounter counter = *ThresholdCounter::Create({0.25, 0.5, 0.75});
  ScoreHistogram histogram{kLevels};

  bool Add(const Batch& batch) {
    return brier.Add(batch.scores, batch.labels).ok() &&
           log_loss.Add(absl::MakeConstSpan(batch.scores), batch.labels).ok() &&
           reliability.Add(batch.scores, batch.labels).ok() &&
           counter.Add(batch.scores, batch.labels).ok() &&
           histogram.Add(batch.scores, batch.labels).ok();
  }

  bool Merge(const Accumulators& other) {
    brier.Merge(other.brier);
    log_loss.Merge(other.log_loss);
    reliability.Merge(other.reliability);
    counter.Merge(other.counter);
    return histogram.Merge(other.histogram).ok();
  }
};

size_t AllocatedBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

TEST(StreamingTest, TenMillionRowsStayInBoundedMemory) {
  std::mt19937 random(1);
  Batch batch;
  const size_t before = AllocatedBytes();
  size_t most = before;
  Accumulators accumulators;
  for (int k = 0; k < kBatches; ++k) {
    batch.Draw(&random);
    ASSERT_TRUE(accumulators.Add(batch));
    most = std::max(most, AllocatedBytes());
  }
  EXPECT_LT(most - before, 100000u);
  const Confusion half = accumulators.counter.Finish()[1];
  EXPECT_EQ(half.true_positives + half.false_positives + half.true_negatives +
                half.false_negatives,
            int64_t{kBatch} * kBatches);
  const double auroc = Auroc(*accumulators.histogram.Finish());
  EXPECT_GT(auroc, 0.6);
  EXPECT_LT(auroc, 0.9);
}

TEST(StreamingTest, PartsInAnyOrderGiveTheSameBits) {
  std::mt19937 random(2);
  std::vector<Batch> batches(4);
  for (Batch& batch : batches) batch.Draw(&random);
  Accumulators forward;
  for (const Batch& batch : batches) ASSERT_TRUE(forward.Add(batch));
  std::vector<Accumulators> parts(4);
  Accumulators merged;
  for (const int k : {2, 0, 3, 1}) {
    ASSERT_TRUE(parts[k].Add(batches[k]));
    ASSERT_TRUE(merged.Merge(parts[k]));
  }
  EXPECT_EQ(*merged.brier.Finish(), *forward.brier.Finish());
  EXPECT_EQ(*merged.log_loss.Finish(), *forward.log_loss.Finish());
  EXPECT_EQ(
      CalibrationError(merged.reliability.Finish(), CalibrationNorm::kMean),
      CalibrationError(forward.reliability.Finish(), CalibrationNorm::kMean));
  EXPECT_EQ(merged.counter.Finish()[0].true_positives,
            forward.counter.Finish()[0].true_positives);
  Batch all = {.scores = {}, .labels = {}};
  for (const Batch& batch : batches) {
    all.scores.insert(all.scores.end(), batch.scores.begin(),
                      batch.scores.end());
    all.labels.insert(all.labels.end(), batch.labels.begin(),
                      batch.labels.end());
  }
  EXPECT_EQ(Auroc(*merged.histogram.Finish()),
            *Auroc(absl::MakeConstSpan(all.scores), all.labels));
}

}  // namespace
}  // namespace cxr::metrics
