// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_GROUP_TABLES_H_
#define REPORTS_GROUP_TABLES_H_

#include <string>

#include "cxr/spec/run_record.pb.h"

namespace cxr::reports {

// What a score's record says of groups of images, as Markdown: one table a
// grouping, one column a group, one row a target with its AUROC and the number
// of its positives there; "" if it says nothing of groups.
std::string RenderGroups(const spec::RunRecord& score);

}  // namespace cxr::reports

#endif  // REPORTS_GROUP_TABLES_H_
