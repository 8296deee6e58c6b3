// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_FINGERPRINT_H_
#define CXR_DATA_SOURCE_FINGERPRINT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/spec/data.pb.h"
#include "cxr/spec/data_fingerprint.pb.h"

// A source by the bytes of its files, at two depths: a quick one that plans
// can afford, and a whole one.

namespace cxr {

// Images whose bytes the quick fingerprint reads; a source may be terabytes.
inline constexpr int kSampledImages = 64;

// SHA-256 over the names and bytes of the tables that determine the source's
// index, and over the names and bytes of kSampledImages of its images (drawn
// from the index; one that is not there counts as such). Digests of files are
// remembered in roots.cache (stat_cache.h). Errors as IndexFiles and ReadIndex.
//
// Records carry it, and it is not keyed: one digest over all of this together
// tells nothing of one person or image, and two sites must be able to see that
// they used equal data.
absl::StatusOr<std::string> FingerprintFiles(spec::Source source,
                                             const DataRoots& roots);

struct FingerprintOptions {
  bool content = false;  // Read every image, too.
  int threads = 1;
  // Of a source under terms every digest is keyed by this; others are plain.
  std::string key = {};
};

// Both depths, and digests of the ids of each part. Errors as above.
absl::StatusOr<spec::DataFingerprint> Fingerprint(
    spec::Source source, const DataRoots& roots,
    const FingerprintOptions& options);

// Whether a source's terms forbid to tell who is in it.
bool IsRestricted(spec::Source source);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_FINGERPRINT_H_
