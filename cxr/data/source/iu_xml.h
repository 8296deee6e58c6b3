// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_IU_XML_H_
#define CXR_DATA_SOURCE_IU_XML_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/data/source/iu_report.h"

// One report of IU X-Ray as OpenI publishes it: an XML file that also names its
// images.

namespace cxr {

// The largest of the 3,955 files has some 20 kB.
inline constexpr size_t kMaxIuXmlBytes = size_t{1} << 20;

struct IuXmlImage {
  std::string id = {};  // the name of its file without ".png"
  int line = 0;         // of the XML file on which it stands
};

struct IuXmlReport {
  std::string id = {};  // "CXR1"
  IuReport report = {};
  std::vector<IuXmlImage> images = {};
};

// Reads `text`; errors call it `name` and say the line. Nothing outside of the
// text is read whatever it asks for, and no entities but those of XML itself
// are replaced. DataLoss for more than kMaxIuXmlBytes, broken XML, another root
// than eCitation, no uId, ids that are no plain file names (letters, digits,
// "_", "-" and "."), an AbstractText with an unknown Label or one that stands
// there twice.
absl::StatusOr<IuXmlReport> ParseIuXml(absl::string_view text,
                                       absl::string_view name);

// Whether `id` can stand in a path: letters, digits, "_", "-" and ".", of which
// the first is no ".".
bool IsPlainFileName(absl::string_view id);

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_IU_XML_H_
