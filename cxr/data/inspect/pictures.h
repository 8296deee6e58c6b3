// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_PICTURES_H_
#define CXR_DATA_INSPECT_PICTURES_H_

#include <vector>

#include "absl/status/statusor.h"
#include "cxr/data/inspect/contact_sheet.h"
#include "cxr/data/load/training_views.h"
#include "cxr/data/source/dataset.h"

// Cells of contact sheets from the images of a source.

namespace cxr {

// `count` of the images `rows`, drawn by `seed`, ascending; all if there are
// fewer.
std::vector<int> SomeOf(const std::vector<int>& rows, int count, uint64_t seed);

// The images with their masks and boxes; below them id, view, sex, age and
// part, and what they are labelled with. An image that cannot be read is an
// empty cell that says why.
std::vector<SheetCell> ImageCells(const Dataset& dataset,
                                  const std::vector<int>& rows);

// For each image a cell of it as it is, then one of each of its training views
// under (seed, epoch 0, place), with what was drawn.
std::vector<SheetCell> TrainingCells(const Dataset& dataset,
                                     const std::vector<int>& rows,
                                     const TrainingViews& views, uint64_t seed);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_PICTURES_H_
