// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/data_roots.h"

#include <cstdlib>
#include <string>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "tools/command_line.h"
#include "tools/places.h"

namespace cxr {
namespace {

constexpr char kDicomWorker[] = "cxr/data/codec/dicom_worker";

// The program is tools/cxr: its data may lie in its runfiles, and what was
// built with it two folders up.
std::string FindDicomWorker(absl::string_view root, absl::string_view program) {
  const std::string self = Canonical("/proc/self/exe");
  const std::string built = self.substr(0, self.rfind("/tools/"));
  for (const std::string& folder :
       {std::string(root), absl::StrCat(program, ".runfiles/cxr"),
        absl::StrCat(self, ".runfiles/cxr"), built}) {
    const std::string worker = JoinPath(folder, kDicomWorker);
    if (Exists(worker)) {
      return Canonical(worker);
    }
  }
  return "";
}

std::string DataRoot() {
  const std::string flag = absl::GetFlag(FLAGS_data_root);
  const std::string folder = flag.empty() ? Environment("CXR_DATA_ROOT") : flag;
  return folder.empty() ? "" : UserPath(folder);
}

std::string DataCache() {
  if (const char* folder = std::getenv("CXR_DATA_CACHE"); folder != nullptr) {
    return *folder == '\0' ? "" : UserPath(folder);
  }
  const std::string caches = Environment("XDG_CACHE_HOME");
  if (!caches.empty()) {
    return JoinPath(caches, "cxr/data");
  }
  const std::string home = Environment("HOME");
  return home.empty() ? "" : JoinPath(home, ".cache/cxr/data");
}

}  // namespace

DataRoots DataRootsBelow(absl::string_view root, absl::string_view program) {
  const std::string cache = DataCache();
  return {.samples = JoinPath(root, "cxr/data/samples"),
          .data_root = DataRoot(),
          .dicom_worker = FindDicomWorker(root, program),
          .cache = cache,
          .drawn = cache.empty() ? "" : JoinPath(cache, "drawn")};
}

}  // namespace cxr
