// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SCORE_SEGMENTATION_TESTING_H_
#define CXR_SCORE_SEGMENTATION_TESTING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cxr/score/mask_scores.h"
#include "cxr/score/mask_table.h"
#include "cxr/score/segmentation_options.h"

// Scores of masks for tests: made up, and those of testdata/masks, of which
// testdata/make_masks_golden.py has the numbers.

namespace cxr {

// An image of two classes, all distances of which are `distance`.
MaskPairScore TwoClasses(int64_t intersection, int64_t predicted, int64_t truth,
                         double distance);

// Images of two classes, none of which is like its neighbours.
std::vector<MaskPairScore> DifferentImages(int images);

// A file or folder of testdata/masks.
std::string GoldenMasks(const std::string& name);

// The images of a system there, "ours" or "theirs", and what its table says of
// them.
std::vector<MaskPairScore> GoldenImages(const std::string& system);
MaskTable GoldenTable();

// How its tables were made.
SegmentationReportOptions GoldenOptions();

// Whether `found` is the number in a cell of such a table, to 1e-12; NaN is
// equal to NaN.
bool EqualsCell(double found, const std::string& cell);

}  // namespace cxr

#endif  // CXR_SCORE_SEGMENTATION_TESTING_H_
