// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef TOOLS_SYNTH_PICTURES_H_
#define TOOLS_SYNTH_PICTURES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "cxr/data/source/make_dataset.h"

namespace cxr {

struct PicturesOptions {
  std::string folder = {};  // is made if need be; files in it are replaced
  DataRoots roots = {};
  uint64_t seed = 0;
  double difficulty = 1.0;
  int images = 24;  // of a source
  int threads = 1;
};

// Writes index.html and its pictures: a sheet a finding and one of people
// without any, a sheet of each source that is below roots.data_root, drawn or
// real, and sheets of the real samples to compare with.
absl::Status WriteSynthPictures(const PicturesOptions& options);

}  // namespace cxr

#endif  // TOOLS_SYNTH_PICTURES_H_
