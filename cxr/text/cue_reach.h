// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_CUE_REACH_H_
#define CXR_TEXT_CUE_REACH_H_

#include <vector>

#include "cxr/text/cue_finder.h"
#include "cxr/text/sentence.h"

// How far a cue that negates or doubts reaches. Never out of its clause, but
// for the last line:
// - "no a, b or c": all that follows, up to "with", "after", another cue behind
//   a comma, or an item that affirms (", small d") in a list without "or".
// - "possible a and b": what follows up to "and", and past a comma only to
//   "or"; "removal of a and b" past both to an item that does not affirm.
// - "a, b and c are absent": what precedes, past a comma only in a list with
//   "and" or "or", past an "and" only if no verb stands before it.
// - "a, which has resolved", "a, but it has resolved": the finding before the
//   clause.

namespace cxr {

// The words that `cue` reaches; none for a cue that says large or normal, means
// nothing or begins a clause.
std::vector<WordRange> ReachOf(const Sentence& sentence, const Cue& cue);

}  // namespace cxr

#endif  // CXR_TEXT_CUE_REACH_H_
