// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/same_images.h"

#include <numeric>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/inspect/image_hash.h"

namespace cxr {
namespace {

constexpr int kLeaksShown = 10;

struct Hashes {
  std::vector<ImageHash> hashes;
  std::vector<int> rows;
  int64_t failed = 0;
};

absl::StatusOr<Hashes> HashesOf(const Dataset& dataset,
                                const std::vector<int>& rows, int threads) {
  std::vector<std::optional<ImageHash>> all(rows.size());
  CXR_RETURN_IF_ERROR(
      ParallelFor(std::ssize(rows), threads, [&](int64_t k) -> absl::Status {
        const absl::StatusOr<GrayImage> image = dataset.LoadImage(rows[k]);
        if (image.ok()) {
          all[k] = HashOf(*image);
        }
        return absl::OkStatus();
      }));
  Hashes hashes;
  for (size_t k = 0; k < rows.size(); ++k) {
    if (all[k].has_value()) {
      hashes.hashes.push_back(*all[k]);
      hashes.rows.push_back(rows[k]);
    } else {
      ++hashes.failed;
    }
  }
  return hashes;
}

void AddFailed(const Hashes& hashes, const std::string& source,
               spec::DataReport& report) {
  if (hashes.failed > 0) {
    spec::FoundRemark& remark = *report.add_remarks();
    remark.set_what(
        absl::StrCat("images of ", source, " that could not be compared"));
    remark.set_count(hashes.failed);
  }
}

}  // namespace

absl::Status AddLeaksAgainst(const Dataset& dataset,
                             const std::vector<int>& rows, const Dataset& other,
                             int threads, spec::DataReport& report) {
  std::vector<int> others(other.index().examples.size());
  std::iota(others.begin(), others.end(), 0);
  CXR_ASSIGN_OR_RETURN(const Hashes a, HashesOf(dataset, rows, threads));
  CXR_ASSIGN_OR_RETURN(const Hashes b, HashesOf(other, others, threads));
  const std::vector<ImagePair> pairs =
      FindSameImages(a.hashes, b.hashes, threads);
  report.set_leaks(report.leaks() + std::ssize(pairs));
  const std::string& name = other.index().source;
  for (const ImagePair& pair : pairs) {
    if (report.first_leaks_size() >= kLeaksShown) {
      break;
    }
    const Example& theirs = other.index().examples[b.rows[pair.b]];
    spec::FoundLeak& leak = *report.add_first_leaks();
    leak.set_what(
        absl::StrCat("the same picture as ", theirs.id, " of ", name));
    leak.add_images(dataset.index().examples[a.rows[pair.a]].id);
  }
  AddFailed(a, dataset.index().source, report);
  AddFailed(b, name, report);
  return absl::OkStatus();
}

}  // namespace cxr
