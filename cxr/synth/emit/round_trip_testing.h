// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_ROUND_TRIP_TESTING_H_
#define CXR_SYNTH_EMIT_ROUND_TRIP_TESTING_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/dataset.h"
#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/source_plan.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/truth.pb.h"

// What the tests of emitters share: a plan on disk, read by the source's own
// reader, against its truth.
//
//   const TempDir folder;
//   const SourcePlan plan = PlanBrax(options);
//   WritePlan(plan, folder.path());
//   ASSERT_OK_AND_ASSIGN(ImageIndex index, ReadBrax(folder.path()));
//   ExpectRoundTrip(index, plan.truth);
//
// A truth says what the reader gives: an unknown sex is empty and an unknown
// age -1; views are PA, AP, AP_SUPINE, FRONTAL, LATERAL, OTHER or, if unknown,
// empty; a label that the reader has as 0 stands there as 0, one that it has as
// NaN does not; boxes are those that it gives, by its names.

namespace cxr::synth {

// Makes every file and writes it below `folder`. A file that cannot be made or
// stands in the plan twice fails the test.
void WritePlan(const SourcePlan& plan, absl::string_view folder);

// In what an index differs from the truth, a line a difference that begins with
// the image's id and the field: images that one of them lacks, and every field
// of an Example and every label of the others. Not boxes.
std::vector<std::string> Differences(const ImageIndex& index,
                                     const SourceTruth& truth);
// The same of boxes, in any order; pixels may differ by 0.001.
std::vector<std::string> BoxDifferences(const ImageIndex& index,
                                        const SourceTruth& truth);

// Fails the test with each difference.
void ExpectRoundTrip(const ImageIndex& index, const SourceTruth& truth);
void ExpectSameBoxes(const ImageIndex& index, const SourceTruth& truth);

// Every image decodes to the truth's size, but those whose defect is
// "truncated" or "missing", which must not decode.
void ExpectImagesDecode(const Dataset& dataset, const SourceTruth& truth);

// The film of each image of `truth`, of those that `people` have. All images of
// a study stand in the truth, in the order of its films.
std::vector<FilmRequest> FilmsOf(const SourceTruth& truth,
                                 const std::vector<PlannedPatient>& people);

// Every image but those that must not decode is, pixel for pixel, the
// `expected` one of its film in `films`.
void ExpectPixels(const Dataset& dataset, const SourceTruth& truth,
                  const std::vector<FilmRequest>& films,
                  const std::function<GrayImage(const FilmRequest&)>& expected);

// Every report is that of the truth.
void ExpectSameReports(const Dataset& dataset, const SourceTruth& truth);

// Both have the same files, byte for byte, and the same truth.
void ExpectSamePlan(const SourcePlan& a, const SourcePlan& b);

// The bytes of the planned file at `path`; fails the test if there is none.
std::string BytesOf(const SourcePlan& plan, absl::string_view path);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_ROUND_TRIP_TESTING_H_
