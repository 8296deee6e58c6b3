// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/distillation/block_masks.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

// Numbers of a stream one after another.
class Draws {
 public:
  explicit Draws(const CounterRng& rng) : rng_(rng) {}

  // Between `a` and `b`, whichever is larger.
  double Between(double a, double b) {
    return a + (b - a) * rng_.Uniform(next_++);
  }
  // 0 .. last.
  int UpTo(int last) {
    const auto bound = static_cast<uint64_t>(last) + 1;
    return static_cast<int>(rng_.Below(next_++, bound));
  }

 private:
  CounterRng rng_;
  uint64_t next_ = 0;
};

void CheckOptions(const BlockMaskOptions& options, int crops) {
  CXR_CHECK(crops >= 0 && options.masked_crops_fraction >= 0 &&
            options.masked_crops_fraction <= 1)
      << options.masked_crops_fraction << " of " << crops << " crops";
  CXR_CHECK(options.ratio_min >= 0 && options.ratio_min <= options.ratio_max &&
            options.ratio_max <= 1)
      << "ratios " << options.ratio_min << " to " << options.ratio_max;
  CXR_CHECK(options.grid >= 1 && options.limit_patches >= 0 &&
            options.min_block_patches >= 1 && options.min_aspect > 0 &&
            options.min_aspect <= 1 && options.tries >= 1)
      << "grid " << options.grid << ", blocks of " << options.min_block_patches
      << " to " << options.limit_patches << " patches, aspect "
      << options.min_aspect << ", tries " << options.tries;
}

int MaskedCrops(const BlockMaskOptions& options, int crops) {
  return static_cast<int>(crops * options.masked_crops_fraction);
}

// Edge `i` of `parts` parts of [ratio_min, ratio_max]. In float32, as the
// reference has it, so that bounds are equal to the patch.
float RatioEdge(const BlockMaskOptions& options, int i, int parts) {
  const auto min = static_cast<float>(options.ratio_min);
  const auto max = static_cast<float>(options.ratio_max);
  const float step = (max - min) / static_cast<float>(parts);
  return i < (parts + 1) / 2 ? min + step * static_cast<float>(i)
                             : max - step * static_cast<float>(parts - i);
}

int PatchesOf(const BlockMaskOptions& options, float ratio) {
  return static_cast<int>(static_cast<float>(options.grid * options.grid) *
                          ratio);
}

struct Block {
  int top = 0;
  int left = 0;
  int height = 0;
  int width = 0;
};

// Calls `use` with the first byte and the number of bytes of each row.
template <typename Use>
void ForRows(const Block& block, int grid, BlockMask& mask, Use use) {
  for (int row = block.top; row < block.top + block.height; ++row) {
    use(mask.begin() + row * grid + block.left, block.width);
  }
}

// Masks one block with 1 to `most` patches that were not masked; returns how
// many these were, 0 if none of the tries gave such a block.
int AddBlock(const BlockMaskOptions& options, int most, Draws* draws,
             BlockMask* mask) {
  const double aspect_limit = -std::log(options.min_aspect);
  for (int i = 0; i < options.tries; ++i) {
    const double area = draws->Between(options.min_block_patches, most);
    const double aspect = std::exp(draws->Between(-aspect_limit, aspect_limit));
    Block block = {
        .height = static_cast<int>(std::nearbyint(std::sqrt(area * aspect))),
        .width = static_cast<int>(std::nearbyint(std::sqrt(area / aspect)))};
    if (block.height >= options.grid || block.width >= options.grid) continue;
    block.top = draws->UpTo(options.grid - block.height);
    block.left = draws->UpTo(options.grid - block.width);
    int fresh = block.height * block.width;
    ForRows(block, options.grid, *mask, [&](auto row, int width) {
      fresh -= std::accumulate(row, row + width, 0);
    });
    if (fresh < 1 || fresh > most) continue;
    ForRows(block, options.grid, *mask,
            [](auto row, int width) { std::fill_n(row, width, uint8_t{1}); });
    return fresh;
  }
  return 0;
}

BlockMask DrawMask(const BlockMaskOptions& options, int patches, Draws* draws) {
  BlockMask mask(static_cast<size_t>(options.grid * options.grid));
  while (patches > 0) {
    const int added = AddBlock(
        options, std::min(patches, options.limit_patches), draws, &mask);
    if (added == 0) break;
    patches -= added;
  }
  return mask;
}

}  // namespace

std::vector<BlockMask> DrawBlockMasks(const BlockMaskOptions& options,
                                      int crops, uint64_t seed, int64_t step,
                                      int64_t group) {
  CheckOptions(options, crops);
  const std::string purpose = absl::StrCat("block_masks.", step, ".", group);
  const std::vector<int64_t> order =
      Permutation(CounterRng(seed, absl::StrCat(purpose, ".order")), crops);
  const int masked = MaskedCrops(options, crops);
  Draws draws(CounterRng(seed, purpose));
  std::vector<BlockMask> masks(static_cast<size_t>(crops));
  for (int i = 0; i < crops; ++i) {
    int patches = 0;
    if (i < masked) {
      patches = PatchesOf(options, static_cast<float>(draws.Between(
                                       RatioEdge(options, i, masked),
                                       RatioEdge(options, i + 1, masked))));
    }
    masks[static_cast<size_t>(order[static_cast<size_t>(i)])] =
        DrawMask(options, patches, &draws);
  }
  return masks;
}

int64_t MostMaskedPatches(const BlockMaskOptions& options, int crops) {
  CheckOptions(options, crops);
  const int masked = MaskedCrops(options, crops);
  int64_t sum = 0;
  for (int i = 1; i <= masked; ++i) {
    sum += PatchesOf(options, RatioEdge(options, i, masked));
  }
  return sum;
}

}  // namespace cxr
