// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_INSPECT_REPORT_TEXT_H_
#define CXR_DATA_INSPECT_REPORT_TEXT_H_

#include <string>

#include "cxr/spec/data_fingerprint.pb.h"
#include "cxr/spec/data_report.pb.h"

namespace cxr {

// A report for a person, as Markdown.
std::string ToText(const spec::DataReport& report);

// The same of a fingerprint.
std::string ToText(const spec::DataFingerprint& fingerprint);

}  // namespace cxr

#endif  // CXR_DATA_INSPECT_REPORT_TEXT_H_
