// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/overlap_counts.h"

#include <emmintrin.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

// Pixels go through in blocks whose labels stay in the first-level cache: the
// predicted labels of a block are found, then counted class by class.

namespace cxr::metrics {
namespace {

constexpr int kLanes = 16;  // pixels in a vector of bytes
// Lanes of a byte each count at most 255 pixels before they are summed.
constexpr size_t kBlock = 255 * kLanes;
// From here on a table costs less than a pass over the block for each class.
constexpr int kTableClasses = 12;

using Block = std::array<uint8_t, kBlock>;

absl::Status CheckTruth(absl::Span<const uint8_t> truth, int classes) {
  if (classes < 1 || classes > 256) {
    return absl::InvalidArgumentError(
        absl::StrCat("classes: ", classes, ", expected 1 to 256"));
  }
  if (truth.empty()) {
    return absl::InvalidArgumentError("truth: no pixel, expected at least 1");
  }
  return absl::OkStatus();
}

__m128i LoadBytes(const uint8_t* bytes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

int64_t SumBytes(__m128i bytes) {
  const __m128i halves = _mm_sad_epu8(bytes, _mm_setzero_si128());
  return _mm_cvtsi128_si64(halves) +
         _mm_cvtsi128_si64(_mm_unpackhi_epi64(halves, halves));
}

void CountClass(const uint8_t* predicted, const uint8_t* truth, size_t size,
                uint8_t label, ClassCounts* counts) {
  const __m128i wanted = _mm_set1_epi8(static_cast<char>(label));
  __m128i in_predicted = _mm_setzero_si128();
  __m128i in_truth = _mm_setzero_si128();
  __m128i in_both = _mm_setzero_si128();
  size_t i = 0;
  for (; i + kLanes <= size; i += kLanes) {
    const __m128i p = _mm_cmpeq_epi8(LoadBytes(predicted + i), wanted);
    const __m128i t = _mm_cmpeq_epi8(LoadBytes(truth + i), wanted);
    in_predicted = _mm_sub_epi8(in_predicted, p);
    in_truth = _mm_sub_epi8(in_truth, t);
    in_both = _mm_sub_epi8(in_both, _mm_and_si128(p, t));
  }
  counts->predicted += SumBytes(in_predicted);
  counts->truth += SumBytes(in_truth);
  counts->intersection += SumBytes(in_both);
  for (; i < size; ++i) {
    counts->predicted += predicted[i] == label;
    counts->truth += truth[i] == label;
    counts->intersection += predicted[i] == label && truth[i] == label;
  }
}

// Sums over blocks. Labels out of range are left out by AddBlock and so show in
// the sums.
class Counter {
 public:
  explicit Counter(int classes) : counts_(classes) {}

  // At most kBlock pixels.
  void AddBlock(const uint8_t* predicted, const uint8_t* truth, size_t size) {
    const int classes = static_cast<int>(counts_.size());
    if (classes < kTableClasses) {
      for (int c = 0; c < classes; ++c) {
        CountClass(predicted, truth, size, static_cast<uint8_t>(c),
                   &counts_[c]);
      }
      return;
    }
    for (size_t i = 0; i < size; ++i) {
      if (predicted[i] < classes) ++counts_[predicted[i]].predicted;
      if (truth[i] >= classes) continue;
      ++counts_[truth[i]].truth;
      counts_[truth[i]].intersection += predicted[i] == truth[i];
    }
  }

  // The counts, or which label is out of range. `predicted` is empty where the
  // labels were made here.
  absl::StatusOr<OverlapCounts> Finish(absl::Span<const uint8_t> predicted,
                                       absl::Span<const uint8_t> truth) && {
    int64_t outside = 2 * std::ssize(truth);
    for (const ClassCounts& counts : counts_) {
      outside -= counts.predicted + counts.truth;
    }
    if (outside == 0) return std::move(counts_);
    const absl::Status status = OutOfRange("predicted", predicted);
    return status.ok() ? OutOfRange("truth", truth) : status;
  }

 private:
  absl::Status OutOfRange(absl::string_view name,
                          absl::Span<const uint8_t> labels) const {
    const size_t classes = counts_.size();
    for (size_t i = 0; i < labels.size(); ++i) {
      if (labels[i] < classes) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          name, "[", i, "]: ", labels[i], ", expected 0 to ", classes - 1));
    }
    return absl::OkStatus();
  }

  OverlapCounts counts_;
};

// One bit of 16 pixels, as bytes of ones or zeros.
__m128i PackMasks(const __m128* masks) {
  return _mm_packs_epi16(
      _mm_packs_epi32(_mm_castps_si128(masks[0]), _mm_castps_si128(masks[1])),
      _mm_packs_epi32(_mm_castps_si128(masks[2]), _mm_castps_si128(masks[3])));
}

// The classes of 16 pixels. `logits` is that of the first pixel and class 0,
// those of the next class are `stride` further. Adds to `nan` if one is NaN.
__m128i ArgmaxOf16(const float* logits, size_t stride, int classes,
                   __m128* nan) {
  __m128 best[4];
  for (int k = 0; k < 4; ++k) best[k] = _mm_loadu_ps(logits + 4 * k);
  *nan = _mm_or_ps(*nan, _mm_cmpunord_ps(best[0], best[1]));
  *nan = _mm_or_ps(*nan, _mm_cmpunord_ps(best[2], best[3]));
  __m128i labels = _mm_setzero_si128();
  for (int c = 1; c < classes; ++c) {
    __m128 next[4];
    __m128 larger[4];
    for (int k = 0; k < 4; ++k) {
      next[k] = _mm_loadu_ps(logits + c * stride + 4 * k);
      larger[k] = _mm_cmpgt_ps(next[k], best[k]);
      best[k] = _mm_max_ps(next[k], best[k]);
    }
    *nan = _mm_or_ps(*nan, _mm_cmpunord_ps(next[0], next[1]));
    *nan = _mm_or_ps(*nan, _mm_cmpunord_ps(next[2], next[3]));
    // The later of two classes has the larger number.
    labels = _mm_max_epu8(
        labels,
        _mm_and_si128(PackMasks(larger), _mm_set1_epi8(static_cast<char>(c))));
  }
  return labels;
}

uint8_t ArgmaxOfOne(const float* logits, size_t stride, int classes,
                    bool* nan) {
  int best = 0;
  for (int c = 0; c < classes; ++c) {
    const float logit = logits[c * stride];
    *nan = *nan || std::isnan(logit);
    if (logit > logits[best * stride]) best = c;
  }
  return static_cast<uint8_t>(best);
}

// The classes of `size` pixels. True if no logit is NaN.
bool ArgmaxBlock(const float* logits, size_t stride, int classes, size_t size,
                 uint8_t* labels) {
  __m128 nans = _mm_setzero_ps();
  size_t i = 0;
  // A constant number of classes unrolls the loop over them.
  const auto vectors = [&](auto constant_classes) {
    for (; i + kLanes <= size; i += kLanes) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(labels + i),
                       ArgmaxOf16(logits + i, stride, constant_classes, &nans));
    }
  };
  switch (classes) {
    case 2:
      vectors(std::integral_constant<int, 2>());
      break;
    case 3:
      vectors(std::integral_constant<int, 3>());
      break;
    case 4:
      vectors(std::integral_constant<int, 4>());
      break;
    default:
      vectors(classes);
  }
  bool nan = _mm_movemask_ps(nans) != 0;
  for (; i < size; ++i) {
    labels[i] = ArgmaxOfOne(logits + i, stride, classes, &nan);
  }
  return !nan;
}

absl::Status FindNan(absl::Span<const float> logits, size_t pixels) {
  for (size_t i = 0; i < logits.size(); ++i) {
    if (!std::isnan(logits[i])) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("logits: class ", i / pixels, " of pixel ", i % pixels,
                     " is NaN, expected a number"));
  }
  return absl::InternalError("logits: a NaN was found and lost");
}

// False for NaN, too.
bool IsAllowed(float score, MaskThreshold threshold) {
  switch (threshold) {
    case MaskThreshold::kLogitAboveZero:
      return !std::isnan(score);
    case MaskThreshold::kProbabilityAboveHalf:
      return score >= 0.0f && score <= 1.0f;
  }
  return false;
}

bool ThresholdBlock(const float* scores, size_t size, MaskThreshold threshold,
                    uint8_t* labels) {
  const float above =
      threshold == MaskThreshold::kProbabilityAboveHalf ? 0.5f : 0.0f;
  bool allowed = true;
  for (size_t i = 0; i < size; ++i) {
    allowed &= IsAllowed(scores[i], threshold);
    labels[i] = scores[i] > above;
  }
  return allowed;
}

absl::Status FindForbidden(absl::Span<const float> scores,
                           MaskThreshold threshold) {
  const auto found = std::find_if(
      scores.begin(), scores.end(),
      [threshold](float score) { return !IsAllowed(score, threshold); });
  return absl::InvalidArgumentError(absl::StrCat(
      "scores[", found - scores.begin(), "]: ", *found, ", expected a ",
      threshold == MaskThreshold::kProbabilityAboveHalf ? "probability, 0 to 1"
                                                        : "number"));
}

}  // namespace

absl::StatusOr<OverlapCounts> CountLabels(absl::Span<const uint8_t> predicted,
                                          absl::Span<const uint8_t> truth,
                                          int classes) {
  const absl::Status valid = CheckTruth(truth, classes);
  if (!valid.ok()) return valid;
  if (predicted.size() != truth.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("predicted: ", predicted.size(), " pixels, expected the ",
                     truth.size(), " of truth"));
  }
  Counter counter(classes);
  for (size_t begin = 0; begin < truth.size(); begin += kBlock) {
    counter.AddBlock(predicted.data() + begin, truth.data() + begin,
                     std::min(kBlock, truth.size() - begin));
  }
  return std::move(counter).Finish(predicted, truth);
}

absl::StatusOr<OverlapCounts> CountLogits(absl::Span<const float> logits,
                                          absl::Span<const uint8_t> truth,
                                          int classes) {
  const absl::Status valid = CheckTruth(truth, classes);
  if (!valid.ok()) return valid;
  const size_t pixels = truth.size();
  if (logits.size() != pixels * classes) {
    return absl::InvalidArgumentError(
        absl::StrCat("logits: ", logits.size(), ", expected ", classes,
                     " classes x ", pixels, " pixels of truth"));
  }
  Counter counter(classes);
  Block labels;
  for (size_t begin = 0; begin < pixels; begin += kBlock) {
    const size_t size = std::min(kBlock, pixels - begin);
    if (!ArgmaxBlock(logits.data() + begin, pixels, classes, size,
                     labels.data())) {
      return FindNan(logits, pixels);
    }
    counter.AddBlock(labels.data(), truth.data() + begin, size);
  }
  return std::move(counter).Finish({}, truth);
}

absl::StatusOr<OverlapCounts> CountScores(absl::Span<const float> scores,
                                          absl::Span<const uint8_t> truth,
                                          MaskThreshold threshold) {
  const absl::Status valid = CheckTruth(truth, 2);
  if (!valid.ok()) return valid;
  if (scores.size() != truth.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("scores: ", scores.size(), ", expected one for each of ",
                     truth.size(), " pixels of truth"));
  }
  Counter counter(2);
  Block labels;
  for (size_t begin = 0; begin < truth.size(); begin += kBlock) {
    const size_t size = std::min(kBlock, truth.size() - begin);
    if (!ThresholdBlock(scores.data() + begin, size, threshold,
                        labels.data())) {
      return FindForbidden(scores, threshold);
    }
    counter.AddBlock(labels.data(), truth.data() + begin, size);
  }
  return std::move(counter).Finish({}, truth);
}

}  // namespace cxr::metrics
