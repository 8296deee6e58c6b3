// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/voi.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/extremes.h"
#include "cxr/data/codec/gray.h"

namespace cxr {
namespace {

constexpr int kWords = 1 << 16;

int ValueOf(uint16_t word, bool is_signed) {
  return is_signed ? static_cast<int16_t>(word) : word;
}

// The values that occur, ascending. What becomes of a pixel depends on its
// value alone, so that the arithmetic is done once for each of at most 65536.
std::vector<int> DistinctValues(const StoredImage& stored) {
  std::vector<uint8_t> is_there(kWords);
  for (const uint16_t word : stored.words) {
    is_there[word] = 1;
  }
  std::vector<int> values;
  const int first = ValueOf(stored.is_signed ? 0x8000 : 0, stored.is_signed);
  for (int value = first; value < first + kWords; ++value) {
    if (is_there[static_cast<uint16_t>(value)] != 0) {
      values.push_back(value);
    }
  }
  return values;
}

struct Window {
  enum class Shape { kRamp, kSigmoid };
  Shape shape = Shape::kRamp;
  double center = 0;
  double width = 0;
  // What values become at the window's ends.
  double low = 0;
  double high = 0;
};

absl::Status BadWindow(absl::string_view found, absl::string_view expected) {
  return absl::DataLossError(
      absl::StrCat("found ", found, ", expected ", expected));
}

// PS3.3 C.11.2.1.2 and C.11.2.1.3. The output range is that of the stored
// values, rescaled.
absl::StatusOr<Window> MakeWindow(const DicomTags& tags) {
  if (tags.photometric != "MONOCHROME1" && tags.photometric != "MONOCHROME2") {
    return BadWindow(absl::StrCat("a window of ", tags.photometric),
                     "it of MONOCHROME1 or MONOCHROME2 alone");
  }
  const std::string& function = tags.voi_lut_function;
  const bool is_linear = function.empty() || function == "LINEAR";
  if (!is_linear && function != "LINEAR_EXACT" && function != "SIGMOID") {
    return BadWindow(absl::StrCat("VOILUTFunction ", function),
                     "LINEAR, LINEAR_EXACT or SIGMOID");
  }
  Window window{.shape = function == "SIGMOID" ? Window::Shape::kSigmoid
                                               : Window::Shape::kRamp,
                .center = *tags.window_center,
                .width = *tags.window_width};
  if (is_linear ? window.width < 1 : window.width <= 0) {
    return BadWindow(absl::StrCat("WindowWidth ", window.width),
                     is_linear ? "at least 1" : "more than 0");
  }
  if (is_linear) {
    window.center -= 0.5;
    window.width -= 1;
  }
  const double values = std::exp2(tags.bits_stored);
  window.low = tags.is_signed ? -values / 2 : 0;
  window.high = window.low + values - 1;
  if (tags.rescale_slope.has_value() && tags.rescale_intercept.has_value()) {
    window.low = window.low * *tags.rescale_slope + *tags.rescale_intercept;
    window.high = window.high * *tags.rescale_slope + *tags.rescale_intercept;
  }
  return window;
}

double ThroughWindow(double x, const Window& window) {
  const double range = window.high - window.low;
  if (window.shape == Window::Shape::kSigmoid) {
    return range / (1 + std::exp(-4 * (x - window.center) / window.width)) +
           window.low;
  }
  if (x <= window.center - window.width / 2) {
    return window.low;
  }
  if (x > window.center + window.width / 2) {
    return window.high;
  }
  return ((x - window.center) / window.width + 0.5) * range + window.low;
}

double ThroughLut(int value, const VoiLut& lut) {
  const int last = static_cast<int>(lut.entries.size()) - 1;
  return lut.entries[std::clamp(value - lut.first_value, 0, last)];
}

// What apply_voi_lut makes of `values`.
absl::StatusOr<std::vector<double>> ValuesOfInterest(
    const std::vector<int>& values, const DicomTags& tags) {
  std::vector<double> out(values.begin(), values.end());
  if (tags.voi_lut.has_value()) {
    if (tags.voi_lut->entries.empty()) {
      return BadWindow("VOILUTSequence without entries", "at least one");
    }
    std::transform(values.begin(), values.end(), out.begin(),
                   [&](int v) { return ThroughLut(v, *tags.voi_lut); });
  } else if (tags.window_center.has_value() && tags.window_width.has_value()) {
    CXR_ASSIGN_OR_RETURN(const Window window, MakeWindow(tags));
    std::transform(out.begin(), out.end(), out.begin(),
                   [&](double x) { return ThroughWindow(x, window); });
  }
  return out;
}

// 0..255 over what there is. The order of the operations is numpy's in the
// released preparation, for the same bits.
std::vector<uint8_t> SpreadToEightBits(const std::vector<double>& values,
                                       bool is_inverted) {
  std::vector<uint8_t> out(values.size());
  const auto [min, max] = std::minmax_element(values.begin(), values.end());
  for (size_t i = 0; i < values.size(); ++i) {
    const double above = is_inverted ? *max - values[i] : values[i] - *min;
    const double level = above / (*max - *min) * 255;
    // Not so where all are equal: 0 / 0 is not a number.
    if (level >= 0 && level <= 255) {
      out[i] = static_cast<uint8_t>(level);
    }
  }
  return out;
}

// Bits that hold all values from `smallest` to `largest`.
int BitsOf(int smallest, int largest, bool is_signed) {
  const unsigned extent =
      static_cast<unsigned>(std::max(largest, is_signed ? ~smallest : 0));
  return std::bit_width(extent) + (is_signed ? 1 : 0);
}

}  // namespace

absl::StatusOr<DecodedImage> ApplyVoi(const StoredImage& stored,
                                      const DicomTags& tags) {
  const size_t pixels = size_t(stored.width) * stored.height;
  CXR_CHECK(pixels > 0 && stored.words.size() == pixels * stored.channels)
      << stored.words.size() << " words of " << stored.width << " x "
      << stored.height << " x " << stored.channels;
  const std::vector<int> values = DistinctValues(stored);
  CXR_ASSIGN_OR_RETURN(const std::vector<double> interest,
                       ValuesOfInterest(values, tags));
  const std::vector<uint8_t> levels =
      SpreadToEightBits(interest, tags.photometric == "MONOCHROME1");
  std::vector<uint8_t> level_of_word(kWords);
  for (size_t i = 0; i < values.size(); ++i) {
    level_of_word[static_cast<uint16_t>(values[i])] = levels[i];
  }
  std::vector<uint8_t> samples(stored.words.size());
  std::transform(stored.words.begin(), stored.words.end(), samples.begin(),
                 [&](uint16_t word) { return level_of_word[word]; });
  Extremes extremes{.smallest = values.front(), .largest = values.back()};
  const int bits =
      BitsOf(extremes.smallest, extremes.largest, stored.is_signed);
  if (stored.channels > 1) {
    std::vector<uint8_t> gray(pixels);
    FillGray(samples, stored.channels, absl::MakeSpan(gray));
    samples = std::move(gray);
    extremes = Extremes{};
    extremes.Add(absl::Span<const uint8_t>(samples));
  }
  return DecodedImage{.image = {.width = stored.width,
                                .height = stored.height,
                                .pixels = std::move(samples)},
                      .facts = {.format = ImageFormat::kDicom,
                                .width = stored.width,
                                .height = stored.height,
                                .bits = std::max(tags.bits_stored, bits),
                                .channels = stored.channels,
                                .photometric = tags.photometric,
                                .transfer_syntax = tags.transfer_syntax,
                                .smallest = extremes.smallest,
                                .largest = extremes.largest}};
}

}  // namespace cxr
