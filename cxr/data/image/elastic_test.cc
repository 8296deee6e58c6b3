// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/image/elastic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/data/image/operations_testing.h"

namespace cxr {
namespace {

// As testdata/make_operations.py.
std::vector<float> MakeNoiseField(int width, int height, uint32_t start) {
  std::vector<float> noise;
  for (int i = 0; i < width * height; ++i) {
    const uint32_t draw = (start + static_cast<uint32_t>(i)) * 2654435761u;
    noise.push_back(static_cast<float>(draw / 2147483648.0 - 1.0));
  }
  return noise;
}

DisplacementField MakeField(const ElasticOptions& options,
                            Simd simd = BestSimd()) {
  const uint32_t size = static_cast<uint32_t>(options.width * options.height);
  return MakeDisplacementField(
      MakeNoiseField(options.width, options.height, 0),
      MakeNoiseField(options.width, options.height, size), options, simd);
}

DisplacementField FieldOf(const RecordedOperation& recorded) {
  return MakeField({.width = recorded.input.width,
                    .height = recorded.input.height,
                    .alpha_pixels = recorded.arguments[0],
                    .sigma_pixels = recorded.arguments[1]});
}

TEST(ElasticTest, DisplacementsEqualThoseOfAlbumentations) {
  const DisplacementField field = MakeField(
      {.width = 37, .height = 53, .alpha_pixels = 120.0, .sigma_pixels = 6.0});
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/data/image/testdata/operations/field.csv")));
  ASSERT_EQ(table.rows().size(), 4u * 37);
  for (const CsvTable::Row& row : table.rows()) {
    std::vector<float> numbers(row.cells.size());
    for (size_t i = 0; i < numbers.size(); ++i) {
      ASSERT_TRUE(absl::SimpleAtof(row.cells[i], &numbers[i]));
    }
    const size_t at = static_cast<size_t>(numbers[0] * 37 + numbers[1]);
    EXPECT_EQ(field.dx[at], numbers[2]) << at;
    EXPECT_EQ(field.dy[at], numbers[3]) << at;
  }
}

TEST(ElasticTest, EveryPixelEqualsThatOfAlbumentations) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("elastic_linear")) {
    EXPECT_TRUE(RemapLinear(recorded.input, FieldOf(recorded)) ==
                recorded.output)
        << recorded.name;
  }
}

TEST(ElasticTest, EveryMaskPixelEqualsThatOfAlbumentations) {
  for (const RecordedOperation& recorded :
       ReadRecordedOperations("elastic_nearest")) {
    EXPECT_TRUE(RemapNearest(recorded.input, FieldOf(recorded)) ==
                recorded.output)
        << recorded.name;
  }
}

TEST(ElasticTest, FieldIsTheSameWithAndWithoutVectors) {
  for (const int width : {1, 7, 8, 9, 50}) {
    for (const int height : {1, 20}) {
      const ElasticOptions options{.width = width,
                                   .height = height,
                                   .alpha_pixels = 7.0,
                                   .sigma_pixels = 4.0};
      const DisplacementField vectors = MakeField(options);
      const DisplacementField scalar = MakeField(options, Simd::kScalar);
      EXPECT_EQ(vectors.dx, scalar.dx) << width << " x " << height;
      EXPECT_EQ(vectors.dy, scalar.dy) << width << " x " << height;
    }
  }
}

TEST(ElasticTest, EvenNoiseMovesEverythingByAlpha) {
  const std::vector<float> ones(15 * 9, 1.0f);
  const DisplacementField field = MakeDisplacementField(
      ones, ones,
      {.width = 15, .height = 9, .alpha_pixels = 2.0, .sigma_pixels = 3.0});
  for (const float dx : field.dx) {
    EXPECT_NEAR(dx, 2.0f, 1e-5f);
  }
}

TEST(ElasticTest, NoDisplacementChangesNothing) {
  const GrayImage image = MakeNoise(21, 14, /*seed=*/19);
  const std::vector<float> zeros(21 * 14, 0.0f);
  const DisplacementField field{21, 14, zeros, zeros};
  EXPECT_EQ(RemapLinear(image, field), image);
  EXPECT_EQ(RemapNearest(image, field), image);
}

TEST(ElasticDeathTest, SizesMustAgree) {
  EXPECT_DEATH(
      MakeDisplacementField({1.0f}, {1.0f, 2.0f}, {.width = 1, .height = 1}),
      "1 and 2 values for 1 x 1");
  EXPECT_DEATH(RemapLinear(GrayImage{}, {.width = 1, .height = 1}),
               "image of 0 x 0, field of 1 x 1");
}

}  // namespace
}  // namespace cxr
