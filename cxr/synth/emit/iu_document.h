// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_IU_DOCUMENT_H_
#define CXR_SYNTH_EMIT_IU_DOCUMENT_H_

#include <string>
#include <vector>

#include "cxr/synth/emit/iu_terms.h"
#include "cxr/synth/report/report.h"

// A report of IU X-Ray as OpenI's XML file.

namespace cxr::synth {

struct IuDocument {
  int number = 0;  // "CXR1" is 1
  IuReportText report = {};
  IuTerms terms = {};
  std::vector<std::string> images = {};  // ids
  std::string caption = {};              // of the images
};

// The file; any text may stand in the document. Where OpenI's files have a
// licence a note says what this one is.
std::string IuXmlText(const IuDocument& document);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_IU_DOCUMENT_H_
