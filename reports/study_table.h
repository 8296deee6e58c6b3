// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_STUDY_TABLE_H_
#define REPORTS_STUDY_TABLE_H_

#include <map>
#include <string>
#include <vector>

#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/study.h"
#include "cxr/spec/study.pb.h"
#include "reports/experiment_result.h"

// The cells of a study with what came out of them.

namespace cxr::reports {

struct StudyTableInput {
  std::string name = {};
  const spec::StudySpec& study;
  std::string study_name = {};
  std::vector<StudyCell> cells = {};
  const spec::RungSpec& rung;
  const spec::ProtocolSpec& protocol;
  const ResultMap& results;
  // Of a cell that computes the same as one before it at this rung: the name
  // of that one.
  std::map<std::string, std::string> same_as = {};
};

// As Markdown: one row a cell, one column an axis, then the macro AUROC and
// AUPRC of the cell, or why there are none. Behind the cells of several seeds,
// if `results` has it by the cell's name without its axes of seeds, their mean.
// Equal reasons are said once, and cells that the rung makes equal are marked.
std::string RenderStudy(const StudyTableInput& input);

}  // namespace cxr::reports

#endif  // REPORTS_STUDY_TABLE_H_
