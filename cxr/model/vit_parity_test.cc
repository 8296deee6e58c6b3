// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ATen/ops/cat.h"
#include "ATen/ops/tensor.h"
#include "ATen/ops/zeros.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "c10/core/GradMode.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/model/testing.h"
#include "cxr/model/vit.h"

// The published sizes against the packages that publish them; the rest of
// testdata/vit_parity_golden.csv takes longer than a test may.

namespace cxr {
namespace {

constexpr double kScale = 0.05;  // As in make_vit_parity_golden.py.

std::vector<float> Numbers(const std::string& cell) {
  std::vector<float> numbers;
  for (const absl::string_view word : absl::StrSplit(cell, ' ')) {
    EXPECT_TRUE(absl::SimpleAtof(word, &numbers.emplace_back())) << word;
  }
  return numbers;
}

// (1 + R + N, C) of the one image, after the final norm.
at::Tensor AllTokens(Vit& vit, const at::Tensor& images) {
  const VitFeatures features = vit(images);
  return at::cat({features.cls, features.registers[0], features.patches[0]});
}

// Golden rows are case, norm, token (or "sum"), values.
void ExpectParity(const std::string& name, const VitOptions& options,
                  int64_t side_pixels) {
  const c10::NoGradGuard no_grad;
  Vit vit(options);
  FillModuleByFormula(*vit, kScale);
  at::Tensor images = at::zeros({1, 3, side_pixels, side_pixels});
  FillByFormula(images, absl::StrCat("image", side_pixels), 1, 0);
  const at::Tensor tokens = AllTokens(vit, images);
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData("cxr/model/testdata/vit_parity_golden.csv")));
  int compared = 0;
  for (const CsvTable::Row& row : table.rows()) {
    if (row.cells[0] != name || row.cells[1] != "after") continue;
    const at::Tensor expected = at::tensor(Numbers(row.cells[3]));
    if (row.cells[2] == "sum") {
      const double sum = tokens.to(at::kDouble).abs().sum().item<double>();
      EXPECT_NEAR(sum / expected.item<double>(), 1, 1e-5) << row.line;
    } else {
      const at::Tensor found =
          tokens[std::stoi(row.cells[2])].narrow(0, 0, expected.numel());
      EXPECT_LE(MaxAbsDifference(found, expected), 1e-4) << row.line;
    }
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(VitParityTest, SmallIsThatOfTransformersAtBothSizes) {
  ExpectParity("s4/98", VitSmall14(), 98);
  ExpectParity("s4/518", VitSmall14(), 518);
}

TEST(VitParityTest, BaseIsThatOfTransformers) {
  ExpectParity("b4/98", VitBase14(), 98);
}

TEST(VitParityTest, BiomedClipsTowerIsThatOfTimm) {
  VitOptions options = WithLayout(VitBase14(), VitLayout::kTimm);
  options.patch_size_pixels = 16;
  options.position_grid = 14;
  options.registers = 0;
  ExpectParity("timm_b16/224", options, 224);
}

TEST(VitParityTest, ClipsTowerIsThatOfOpenClip) {
  VitOptions options = WithLayout(VitBase14(), VitLayout::kOpenAiClip);
  options.patch_size_pixels = 32;
  options.position_grid = 7;
  options.registers = 0;
  ExpectParity("clip_b32/224", options, 224);
}

}  // namespace
}  // namespace cxr
