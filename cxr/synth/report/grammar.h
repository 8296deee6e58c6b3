// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_GRAMMAR_H_
#define CXR_SYNTH_REPORT_GRAMMAR_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/synth/random/stream.h"

// Patterns of text. "[a|b]" is one of its alternatives, which may be empty or
// hold others; "{name}" is what a slot of that name holds.
//
//   const Slots slots = {{"side", "left"}};
//   AsSentence(Expand("[there is|] a {side} [effusion|nodule]", slots,
//   &stream))
//   // "There is a left nodule." or "A left effusion." or ...

namespace cxr::synth {

using Slots = std::map<std::string, std::string>;

// Each alternative has the same chance. Dies if brackets do not close or a slot
// is unknown.
std::string Expand(absl::string_view pattern, const Slots& slots,
                   RandomStream* stream);

// One space between words and none before a comma, "a" or "an" by the letter
// that follows, a capital first, a full stop last.
std::string AsSentence(absl::string_view text);

// "a", "a or b", "a, b, or c".
std::string OrList(const std::vector<std::string>& items);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_GRAMMAR_H_
