// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_CLAUSE_WORDS_H_
#define CXR_TEXT_CLAUSE_WORDS_H_

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/string_view.h"

// Words by which the rules tell how far a cue reaches.

namespace cxr {

template <size_t kSize>
bool IsOneOf(absl::string_view word, const absl::string_view (&words)[kSize]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Words that may stand between those of a cue: "has completely resolved",
// "no significant interval change".
inline constexpr absl::string_view kFillers[] = {
    "also",     "again",         "appreciably", "appreciable", "be",
    "been",     "clinically",    "completely",  "definitely",  "definite",
    "entirely", "essentially",   "fully",       "further",     "interval",
    "largely",  "major",         "markedly",    "material",    "necessarily",
    "now",      "obviously",     "reliably",    "significant", "significantly",
    "some",     "substantially", "substantial", "totally",     "otherwise",
};

// Verbs by which a clause is told from an item of a list.
inline constexpr absl::string_view kVerbs[] = {
    "is",          "are",        "was",       "were",     "has",
    "have",        "had",        "appears",   "appear",   "appeared",
    "remains",     "remain",     "may",       "might",    "could",
    "would",       "can",        "cannot",    "shows",    "show",
    "demonstrate", "represents", "represent", "reflect",  "does",
    "persist",     "persists",   "reflects",  "projects", "terminates",
    "favors",      "suggest",    "suggests",  "contains", "demonstrates",
};

// What begins an affirmed item behind "no a, ...": "no a, small b".
inline constexpr absl::string_view kAffirming[] = {
    "a",          "an",         "the",       "there",      "this",
    "mild",       "mildly",     "minimal",   "minimally",  "moderate",
    "severe",     "small",      "tiny",      "trace",      "large",
    "moderately", "severely",   "slight",    "slightly",   "stable",
    "unchanged",  "persistent", "increased", "increasing", "decreased",
    "worsening",  "worsened",   "improved",  "improving",  "left",
    "right",      "bilateral",  "bibasilar", "new",        "normal",
    "chronic",    "old",        "residual",  "low",        "status",
};

// What tells that an item speaks of more than its finding: "removal of a and
// placement of b".
inline constexpr absl::string_view kItemPrepositions[] = {"of", "in", "for",
                                                          "to"};

// What ends the reach of a negation of what follows: "no a after b".
inline constexpr absl::string_view kReachEnds[] = {
    "with", "after", "following", "since", "despite", "status", "given"};

// What may stand between two sizes of one shape, "normal to mildly large".
inline constexpr absl::string_view kSizeJoints[] = {"to", "and", ","};
inline constexpr absl::string_view kDegrees[] = {
    "mild",       "mildly",   "minimal", "minimally", "slight", "slightly",
    "moderate",   "severely", "severe",  "somewhat",  "still",  "again",
    "moderately", "now",      "in",      "size",      "limits"};

// What follows a size that is said of what precedes: "normal, large in size",
// unlike "normal, large b".
inline constexpr absl::string_view kSizeEnds[] = {
    "and", "or",  ",",    "in",   "compared", "from", "as",
    "for", "but", "when", "with", "since",    "given"};

// Words of a clause that speaks of the finding before it: "..., which has since
// resolved", "... but it has resolved".
inline constexpr absl::string_view kLinks[] = {
    "and",  "but", "which", "that", "it",     "this",     "these",   "they",
    "now",  "has", "have",  "had",  "is",     "are",      "was",     "were",
    "been", "be",  "since", ",",    "though", "although", "however", "also"};

}  // namespace cxr

#endif  // CXR_TEXT_CLAUSE_WORDS_H_
