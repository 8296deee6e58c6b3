// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "metrics/segmentation/surface_distance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "metrics/require.h"
#include "metrics/segmentation/mask_borders.h"

namespace cxr::metrics {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

absl::Status CheckPair(const MaskView& predicted, const MaskView& truth,
                       const PixelSpacing& spacing) {
  for (const MaskView* mask : {&predicted, &truth}) {
    const absl::Status valid = CheckMask(*mask, spacing);
    if (!valid.ok()) return valid;
  }
  if (predicted.height == truth.height) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "predicted: ", predicted.height, " x ", predicted.width,
      ", expected the ", truth.height, " x ", truth.width, " of truth"));
}

double Largest(absl::Span<const double> squares) {
  if (squares.empty()) return kNan;
  return std::sqrt(*std::max_element(squares.begin(), squares.end()));
}

// By numpy's and torch's linear interpolation. NaN between infinite numbers.
double RootAtPercentile(std::vector<double> squares, double percent) {
  if (squares.empty()) return kNan;
  const double position =
      percent / 100.0 * static_cast<double>(squares.size() - 1);
  const auto below = squares.begin() + static_cast<int64_t>(position);
  std::nth_element(squares.begin(), below, squares.end());
  const double low = std::sqrt(*below);
  const double high =
      below + 1 == squares.end()
          ? low
          : std::sqrt(*std::min_element(below + 1, squares.end()));
  return low + (high - low) * (position - std::floor(position));
}

// NaN if one is.
double Larger(double a, double b) {
  return std::isnan(a) || std::isnan(b) ? kNan : std::max(a, b);
}

double SumOfRoots(absl::Span<const double> squares) {
  double sum = 0.0;
  for (const double square : squares) sum += std::sqrt(square);
  return sum;
}

// numpy's sum, to the last bit: shares of the whole that tie with a percentage
// must do so here, too.
double NumpySum(absl::Span<const double> numbers) {
  constexpr size_t kLanes = 8;
  constexpr size_t kLeaf = 128;
  if (numbers.size() > kLeaf) {
    const size_t half = numbers.size() / 2 / kLanes * kLanes;
    return NumpySum(numbers.first(half)) + NumpySum(numbers.subspan(half));
  }
  double sum = 0.0;
  size_t i = 0;
  if (numbers.size() >= kLanes) {
    std::array<double, kLanes> lanes = {};
    for (; i + kLanes <= numbers.size(); i += kLanes) {
      for (size_t k = 0; k < kLanes; ++k) lanes[k] += numbers[i + k];
    }
    sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) +
          ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
  }
  for (; i < numbers.size(); ++i) sum += numbers[i];
  return sum;
}

// The contour within half a pixel of a corner, by the code of BorderCorners.
std::array<double, 16> ContourLengths(const PixelSpacing& spacing) {
  const double diagonal = 0.5 * std::sqrt(spacing.down * spacing.down +
                                          spacing.right * spacing.right);
  std::array<double, 16> lengths;
  lengths.fill(diagonal);  // one pixel inside, or one outside
  lengths[0b0000] = lengths[0b1111] = 0.0;
  lengths[0b0011] = lengths[0b1100] = spacing.right;
  lengths[0b0101] = lengths[0b1010] = spacing.down;
  lengths[0b0110] = lengths[0b1001] = 2.0 * diagonal;
  return lengths;
}

std::vector<double> LengthsOf(const MaskBorder& border,
                              const PixelSpacing& spacing) {
  const std::array<double, 16> table = ContourLengths(spacing);
  std::vector<double> lengths;
  for (const uint8_t code : border.codes) {
    if (code != 0) lengths.push_back(table[code]);
  }
  return lengths;
}

}  // namespace

absl::StatusOr<EdgeDistances> EdgeDistances::Create(
    const MaskView& predicted, const MaskView& truth,
    const PixelSpacing& spacing) {
  const absl::Status valid = CheckPair(predicted, truth, spacing);
  if (!valid.ok()) return valid;
  const MaskBorders edges = EdgePixels(predicted, truth);
  EdgeDistances distances;
  distances.predicted_to_truth_ =
      SquaresBetween(edges.predicted, edges.truth, spacing);
  distances.truth_to_predicted_ =
      SquaresBetween(edges.truth, edges.predicted, spacing);
  // MONAI gives an empty border the distances of the other one.
  if (distances.predicted_to_truth_.empty()) {
    distances.predicted_to_truth_ = distances.truth_to_predicted_;
  } else if (distances.truth_to_predicted_.empty()) {
    distances.truth_to_predicted_ = distances.predicted_to_truth_;
  }
  return distances;
}

double EdgeDistances::Hausdorff(BorderDirection direction) const {
  switch (direction) {
    case BorderDirection::kPredictedToTruth:
      return Largest(predicted_to_truth_);
    case BorderDirection::kTruthToPredicted:
      return Largest(truth_to_predicted_);
    case BorderDirection::kBoth:
      break;
  }
  return Larger(Largest(predicted_to_truth_), Largest(truth_to_predicted_));
}

double EdgeDistances::HausdorffAtPercentile(double percent,
                                            BorderDirection direction) const {
  Require(percent > 0.0 && percent <= 100.0, "percent is in (0, 100]");
  switch (direction) {
    case BorderDirection::kPredictedToTruth:
      return RootAtPercentile(predicted_to_truth_, percent);
    case BorderDirection::kTruthToPredicted:
      return RootAtPercentile(truth_to_predicted_, percent);
    case BorderDirection::kBoth:
      break;
  }
  return Larger(RootAtPercentile(predicted_to_truth_, percent),
                RootAtPercentile(truth_to_predicted_, percent));
}

double EdgeDistances::Average(BorderDirection direction) const {
  double sum = 0.0;
  size_t count = 0;
  if (direction != BorderDirection::kTruthToPredicted) {
    sum += SumOfRoots(predicted_to_truth_);
    count += predicted_to_truth_.size();
  }
  if (direction != BorderDirection::kPredictedToTruth) {
    sum += SumOfRoots(truth_to_predicted_);
    count += truth_to_predicted_.size();
  }
  return count == 0 ? kNan : sum / static_cast<double>(count);
}

absl::StatusOr<ContourDistances> ContourDistances::Create(
    const MaskView& predicted, const MaskView& truth,
    const PixelSpacing& spacing) {
  const absl::Status valid = CheckPair(predicted, truth, spacing);
  if (!valid.ok()) return valid;
  const MaskBorders corners = BorderCorners(predicted, truth);
  ContourDistances distances;
  distances.predicted_to_truth_ =
      MakeElements(SquaresBetween(corners.predicted, corners.truth, spacing),
                   LengthsOf(corners.predicted, spacing));
  distances.truth_to_predicted_ =
      MakeElements(SquaresBetween(corners.truth, corners.predicted, spacing),
                   LengthsOf(corners.truth, spacing));
  return distances;
}

ContourDistances::Elements ContourDistances::MakeElements(
    const std::vector<double>& squares, const std::vector<double>& lengths) {
  Elements elements;
  elements.reserve(squares.size());
  for (size_t i = 0; i < squares.size(); ++i) {
    elements.push_back({std::sqrt(squares[i]), lengths[i]});
  }
  std::sort(
      elements.begin(), elements.end(), [](const Element& a, const Element& b) {
        return std::tie(a.distance, a.length) < std::tie(b.distance, b.length);
      });
  return elements;
}

double ContourDistances::AtPercent(const Elements& elements, double percent) {
  if (elements.empty()) return kInfinite;
  std::vector<double> lengths;
  lengths.reserve(elements.size());
  for (const Element& element : elements) lengths.push_back(element.length);
  const double whole = NumpySum(lengths);
  double reached = 0.0;
  for (const Element& element : elements) {
    reached += element.length;
    if (reached / whole >= percent / 100.0) return element.distance;
  }
  return elements.back().distance;
}

double ContourDistances::AverageOf(const Elements& elements) {
  double sum = 0.0;
  double length = 0.0;
  for (const Element& element : elements) {
    sum += element.distance * element.length;
    length += element.length;
  }
  return sum / length;  // NaN of nothing
}

double ContourDistances::LengthWithin(const Elements& elements,
                                      double tolerance) {
  double length = 0.0;
  for (const Element& element : elements) {
    if (element.distance <= tolerance) length += element.length;
  }
  return length;
}

double ContourDistances::RobustHausdorff(double percent) const {
  Require(percent >= 0.0 && percent <= 100.0, "percent is in [0, 100]");
  return std::max(AtPercent(predicted_to_truth_, percent),
                  AtPercent(truth_to_predicted_, percent));
}

double ContourDistances::AveragePredictedToTruth() const {
  return AverageOf(predicted_to_truth_);
}

double ContourDistances::AverageTruthToPredicted() const {
  return AverageOf(truth_to_predicted_);
}

double ContourDistances::SurfaceDice(double tolerance) const {
  return (LengthWithin(predicted_to_truth_, tolerance) +
          LengthWithin(truth_to_predicted_, tolerance)) /
         (LengthWithin(predicted_to_truth_, kInfinite) +
          LengthWithin(truth_to_predicted_, kInfinite));
}

}  // namespace cxr::metrics
