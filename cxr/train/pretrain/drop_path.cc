// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/train/pretrain/drop_path.h"

#include <algorithm>

#include "ATen/ops/tensor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "c10/util/Exception.h"
#include "cxr/base/rng.h"

namespace cxr {
namespace {

constexpr int64_t kGlobalCrops = 2;

// Crops of one size of a group of images.
struct CropSet {
  absl::string_view name;
  int64_t crops = 0;  // b
  int64_t kept = 0;
};

std::vector<CropSet> CropSetsOf(const DropPathOptions& options) {
  const auto set_of = [&](absl::string_view name, int64_t count) {
    const int64_t crops = count * options.group_images;
    // Cut off in double precision, as Python's int(b * (1 - drop)).
    const auto kept =
        static_cast<int64_t>(static_cast<double>(crops) * (1 - options.drop));
    return CropSet{
        .name = name, .crops = crops, .kept = std::max<int64_t>(1, kept)};
  };
  std::vector<CropSet> sets = {set_of("global", kGlobalCrops)};
  if (options.local_count > 0) {
    sets.push_back(set_of("local", options.local_count));
  }
  return sets;
}

// Appends the places of the kept crops, among those of all groups, ascending.
void AppendPlaces(const DropPathOptions& options, const GroupRange& groups,
                  absl::string_view branch, const CropSet& set,
                  std::vector<int64_t>* places) {
  for (int64_t q = groups.first; q < groups.last; ++q) {
    const CounterRng rng(
        options.seed, absl::StrCat("pretrain.drop_path.", groups.batch, ".", q,
                                   ".", branch, ".", set.name));
    std::vector<int64_t> order = Permutation(rng, set.crops);
    order.resize(static_cast<size_t>(set.kept));
    std::sort(order.begin(), order.end());
    for (const int64_t crop : order) {
      places->push_back((q - groups.first) * set.crops + crop);
    }
  }
}

}  // namespace

std::vector<BlockDrops> DrawDropPath(const DropPathOptions& options,
                                     const GroupRange& groups,
                                     c10::Device device) {
  TORCH_CHECK(options.drop >= 0 && options.drop < 1 && options.depth >= 1 &&
                  options.group_images >= 1 && options.local_count >= 0 &&
                  groups.batch >= 0 && 0 <= groups.first &&
                  groups.first < groups.last,
              "drop path: ", options.drop, " of ", options.depth,
              " blocks, groups ", groups.first, " to ", groups.last, " of ",
              options.group_images, " images");
  if (options.drop == 0) return {};
  const std::vector<CropSet> sets = CropSetsOf(options);
  std::vector<int64_t> places;
  for (int64_t block = 0; block < options.depth; ++block) {
    for (const absl::string_view branch : {"attention", "mlp"}) {
      for (const CropSet& set : sets) {
        AppendPlaces(options, groups, absl::StrCat(block, ".", branch), set,
                     &places);
      }
    }
  }
  // All places travel to the device at once.
  const at::Tensor all = at::tensor(places).to(device);
  int64_t begin = 0;
  const auto next = [&] {
    std::vector<KeptSequences> kept;
    for (const CropSet& set : sets) {
      const int64_t count = set.kept * (groups.last - groups.first);
      kept.push_back({.places = all.narrow(0, begin, count),
                      .scale = static_cast<double>(set.crops) /
                               static_cast<double>(set.kept)});
      begin += count;
    }
    return kept;
  };
  std::vector<BlockDrops> drops;
  for (int64_t block = 0; block < options.depth; ++block) {
    BlockDrops& of_block = drops.emplace_back();
    of_block.attention = next();
    of_block.mlp = next();
  }
  return drops;
}

}  // namespace cxr
