// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_WRITE_DRAWN_SOURCE_H_
#define CXR_SYNTH_WRITE_DRAWN_SOURCE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/spec/data.pb.h"

// The sources that a spec declares as drawn: each is drawn when somebody first
// needs it, by one process, and lies in a folder that may be deleted.
//
//   CXR_ASSIGN_OR_RETURN(const OpenedSource opened,
//                        DrawSource(data, {.roots = roots, .threads = 2}));
//   CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
//                        MakeDataset(opened.data, opened.roots));

namespace cxr::synth {

struct DrawingOptions {
  // Sources come to lie below roots.drawn, a folder for equal options and
  // generator.
  DataRoots roots = {};
  int threads = 1;
  // Told how much of the source is drawn, 0 to 1, at least ten times a second;
  // from any thread, not from two at once. Not OK if the drawing, or the wait
  // for another process that draws, is to end, with this error.
  std::function<absl::Status(double)> progress = {};
};

// A source that can be read.
struct OpenedSource {
  spec::DataSpec data = {};  // as it was asked for, but no longer to be drawn
  DataRoots roots = {};      // whose data_root holds the source
};

// "drawn: 40 patients, scale 0.1, difficulty 1, seed 7, generator version 1".
std::string DrawnText(const spec::DrawnSpec& drawn);

// What names the generator in the identity of what is made of its images.
std::string GeneratorText();

// OK if there is a place for drawn sources; else Unimplemented, as
// "data: reason".
absl::Status CheckPlaceForDrawn(const DataRoots& roots);

// The source that `data` declares, drawn now if it is not there, with the one
// whose images it has masks of; one that is not to be drawn as it is. Errors of
// CheckPlaceForDrawn, of options.progress and of files.
absl::StatusOr<OpenedSource> DrawSource(const spec::DataSpec& data,
                                        const DrawingOptions& options);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_WRITE_DRAWN_SOURCE_H_
