// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_STUDY_H_
#define CXR_SPEC_STUDY_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/spec/places.h"
#include "cxr/spec/study.pb.h"

// The cells of a study.

namespace cxr {

// Where a cell stands on one axis.
struct CellPoint {
  const spec::Axis* axis = nullptr;
  int index = 0;           // Of axis->points or axis->seeds.values.
  std::string field = {};  // Path of the point or the value in the study.
};

struct StudyCell {
  std::string name = {};               // "STUDY/axis=point/axis=point"
  std::vector<CellPoint> points = {};  // One an axis, in the order of the axes.
};

// What is wrong with a study by itself: names that are no names or stand twice,
// axes without points or with both kinds of points, zips of unequal length,
// exclusions that name nothing, exclude nothing or leave nothing. A study
// without problems has at least one cell.
std::vector<FieldProblem> CheckStudy(const spec::StudySpec& study);

// The cells of a study without problems, the last axis walked fastest. They
// refer to `study`.
std::vector<StudyCell> CellsOf(const spec::StudySpec& study,
                               absl::string_view study_name);

// The name of a cell without its axes of seeds, "STUDY/axis=point": the cells
// that share it differ in seeds alone. Its own name if it has no such axis.
std::string UnseededName(const StudyCell& cell, absl::string_view study_name);

// The name of a point of an axis.
std::string PointName(const spec::Axis& axis, int index);

}  // namespace cxr

#endif  // CXR_SPEC_STUDY_H_
