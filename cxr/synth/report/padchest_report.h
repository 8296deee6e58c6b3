// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_PADCHEST_REPORT_H_
#define CXR_SYNTH_REPORT_PADCHEST_REPORT_H_

#include <string>

#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

// A report as PadChest's table holds it.

namespace cxr::synth {

// PadChest's: stemmed Spanish without accents, sentences closed by " . ". Names
// the devices of the study.
std::string PadchestReport(const Study& study, const Mentions& mentions,
                           RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_PADCHEST_REPORT_H_
