// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_SOURCE_PLAN_H_
#define CXR_SYNTH_EMIT_SOURCE_PLAN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cxr/synth/truth.pb.h"

// What an emitter makes: tables and images of one source in its real layout.
// An emitter decides everything but pixels when it plans; each file is then
// made on its own, on any thread.

namespace cxr::synth {

// Grows whenever the bytes of any drawn file change.
inline constexpr int kGeneratorVersion = 1;

struct SynthOptions {
  uint64_t seed = 0;
  int patients = 1;         // a source
  double scale = 0.25;      // times the pixels of the real source
  double difficulty = 1.0;  // times the visibility of findings
  bool defects = false;     // broken and odd files, as the real source has
  // The table that `cxr data headers` makes of RSNA's files, which alone tells
  // its reader of views.
  bool headers = false;
};

struct PlannedFile {
  std::string path = {};  // relative to the source's folder
  // Its bytes; safe to call from any thread, the same every time.
  std::function<absl::StatusOr<std::string>()> make = {};
};

struct SourcePlan {
  std::vector<PlannedFile> files = {};
  SourceTruth truth = {};
};

// `text` as a file of its own; a path that ends in ".gz" is compressed.
PlannedFile TextFile(std::string path, std::string text);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_SOURCE_PLAN_H_
