// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_IU_TERMS_H_
#define CXR_SYNTH_EMIT_IU_TERMS_H_

#include <string>
#include <vector>

#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {

// Index terms of a report: those of its positive mentions, as the indexers of
// OpenI write them ("Pleural Effusion/left/small", "normal"), and as a program
// does ("pleural effusion").
struct IuTerms {
  std::vector<std::string> major = {};
  std::vector<std::string> automatic = {};
};
IuTerms IuTermsOf(const Mentions& mentions, const Study& study);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_IU_TERMS_H_
