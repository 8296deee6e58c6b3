// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_WRITE_WRITE_SOURCE_H_
#define CXR_SYNTH_WRITE_WRITE_SOURCE_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/data.pb.h"
#include "cxr/synth/emit/source_plan.h"
#include "cxr/synth/truth.pb.h"

// A drawn source on disk, whole or not at all.

namespace cxr::synth {

// The truth, beside the marker (cxr/data/source/make_dataset.h).
inline constexpr absl::string_view kTruthFile = "SYNTHETIC.json";

struct WriteOptions {
  // The folder that holds a folder a source; it is made if need be.
  std::string data_root = {};
  // Replace a drawn source of other options.
  bool overwrite = false;
  int threads = 1;
  // Called after each file with how many are done, of how many; from any
  // thread, not from two at once. Not OK if the drawing is to end, with this
  // error.
  std::function<absl::Status(int64_t, int64_t)> progress = {};
};

struct WrittenSource {
  std::string folder = {};
  int64_t images = 0;  // of what was written, here and below
  int64_t files = 0;
  int64_t bytes = 0;
  // It was there, drawn by the same options: nothing was written.
  bool was_there = false;
};

// What the marker says: that nobody was X-rayed, and by which options the
// source was drawn.
std::string MarkerText(const SourceTruth& truth);

// Writes `source` to data_root/<its name>. The folder appears when it is
// complete; what a killed run left is taken away by the next one.
// AlreadyExists if the folder is there and was not drawn, or was by other
// options without `overwrite`; Unavailable while another process draws the same
// source; InvalidArgument for a source that cannot be drawn; errors of files.
absl::StatusOr<WrittenSource> WriteSource(spec::Source source,
                                          const SynthOptions& options,
                                          const WriteOptions& where);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_WRITE_WRITE_SOURCE_H_
