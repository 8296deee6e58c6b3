// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_DEVICE_SENTENCES_H_
#define CXR_SYNTH_REPORT_DEVICE_SENTENCES_H_

#include <string>
#include <vector>

#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

// What is said of tubes, lines and pacemakers.

namespace cxr::synth {

// Affirmed: up to three of the devices that the study has, each in a sentence;
// if it has none to name, one sentence without a name. Doubted or denied: one
// sentence. Not mentioned: none.
std::vector<std::string> DeviceSentences(Mention mention, const Study& study,
                                         RandomKey key);

// One sentence for an impression; `mention` as above, but not kNone.
std::string DeviceSummary(Mention mention, RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_DEVICE_SENTENCES_H_
