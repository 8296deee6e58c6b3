// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/chexmask_landmarks.h"

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

constexpr int kRightLungPoints = 44;
constexpr int kLeftLungPoints = 50;

}  // namespace

absl::StatusOr<std::vector<PolygonPoint>> ParseChexmaskLandmarks(
    absl::string_view text) {
  std::vector<int> numbers;
  for (const absl::string_view word :
       absl::StrSplit(text, absl::ByAnyChar("[], \t\r\n"), absl::SkipEmpty())) {
    if (!absl::SimpleAtoi(word, &numbers.emplace_back())) {
      return absl::InvalidArgumentError(
          absl::StrCat("found '", word, "', expected a whole number"));
    }
  }
  if (numbers.size() != 2 * kChexmaskLandmarks) {
    return absl::InvalidArgumentError(absl::StrCat("found ", numbers.size(),
                                                   " numbers, expected ",
                                                   2 * kChexmaskLandmarks));
  }
  std::vector<PolygonPoint> points;
  for (size_t i = 0; i < numbers.size(); i += 2) {
    points.push_back({.x = numbers[i], .y = numbers[i + 1]});
  }
  return points;
}

bool IsPrintedArray(absl::string_view text) {
  return absl::StrContains(text, '[');
}

void DrawChexmaskLandmarks(const std::vector<PolygonPoint>& points,
                           GrayImage* mask) {
  CXR_CHECK(points.size() == kChexmaskLandmarks) << points.size();
  const absl::Span<const PolygonPoint> all(points);
  FillPolygon(all.subspan(kRightLungPoints, kLeftLungPoints), 1, mask);
  FillPolygon(all.subspan(0, kRightLungPoints), 2, mask);
  FillPolygon(all.subspan(kRightLungPoints + kLeftLungPoints), 3, mask);
}

}  // namespace cxr
