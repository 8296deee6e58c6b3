// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/common/weights_file.h"

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/stat_cache.h"

namespace cxr {

absl::StatusOr<std::string> WeightsPath(const spec::WeightsFileSpec& file,
                                        const TaskOptions& options) {
  std::string path = JoinPath(options.weights_root, file.file());
  if (!options.weights_root.empty() && Exists(path)) return path;
  return absl::UnimplementedError(absl::StrCat(
      "weights: ", file.file(), " (", file.where_to_get(), ") is not ",
      options.weights_root.empty()
          ? std::string("here; give the folder that holds it with "
                        "--weights_root")
          : absl::StrCat("in ", options.weights_root)));
}

absl::StatusOr<std::string> BundledPath(const spec::BundledWeightsSpec& file,
                                        const TaskOptions& options) {
  std::string path = JoinPath(options.program_root, file.file());
  if (Exists(path)) return path;
  return absl::NotFoundError(absl::StrCat(
      path, ": no such file of weights, which should be where the program is"));
}

absl::StatusOr<std::optional<std::string>> WeightsDigest(
    const spec::WeightsSpec& weights, const TaskOptions& options) {
  std::string path;
  if (weights.has_file()) {
    CXR_ASSIGN_OR_RETURN(path, WeightsPath(weights.file(), options));
  } else if (weights.has_bundled()) {
    CXR_ASSIGN_OR_RETURN(path, BundledPath(weights.bundled(), options));
  } else {
    return std::nullopt;
  }
  StatCache cache(options.roots.cache.empty()
                      ? ""
                      : JoinPath(options.roots.cache, "weights.csv"));
  CXR_ASSIGN_OR_RETURN(std::string digest, cache.Sha256Of(path));
  cache.Save();
  return digest;
}

}  // namespace cxr
