// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_SECTION_TABLES_H_
#define CXR_TEXT_SECTION_TABLES_H_

#include <utility>

#include "absl/strings/string_view.h"

// Names, study ids and ranges of MIMIC-CXR's published section parser: facts of
// txt/section_parser.py of MIT-LCP/mimic-cxr, Copyright (c) 2019 MIT Laboratory
// for Computational Physiology, MIT licence (cxr/text/NOTICE).

namespace cxr {

// What a header in lower case means.
inline constexpr std::pair<absl::string_view, absl::string_view>
    kSectionAliases[] = {
        {"preamble", "preamble"},
        {"impression", "impression"},
        {"comparison", "comparison"},
        {"indication", "indication"},
        {"findings", "findings"},
        {"examination", "examination"},
        {"technique", "technique"},
        {"history", "history"},
        {"comparisons", "comparison"},
        {"clinical history", "history"},
        {"reason for examination", "indication"},
        {"notification", "notification"},
        {"reason for exam", "indication"},
        {"clinical information", "history"},
        {"exam", "examination"},
        {"clinical indication", "indication"},
        {"conclusion", "impression"},
        {"chest, two views", "findings"},
        {"recommendation(s)", "recommendations"},
        {"type of examination", "examination"},
        {"reference exam", "comparison"},
        {"patient history", "history"},
        {"addendum", "addendum"},
        {"comparison exam", "comparison"},
        {"date", "date"},
        {"comment", "comment"},
        {"findings and impression", "impression"},
        {"wet read", "wet read"},
        {"comparison film", "comparison"},
        {"recommendations", "recommendations"},
        {"findings/impression", "impression"},
        {"pfi", "history"},
        {"recommendation", "recommendations"},
        {"wetread", "wet read"},
        {"ndication", "impression"},
        {"impresson", "impression"},
        {"imprression", "impression"},
        {"imoression", "impression"},
        {"impressoin", "impression"},
        {"imprssion", "impression"},
        {"impresion", "impression"},
        {"imperssion", "impression"},
        {"mpression", "impression"},
        {"impession", "impression"},
        {"findings/ impression", "impression"},
        {"finding", "findings"},
        {"findins", "findings"},
        {"findindgs", "findings"},
        {"findgings", "findings"},
        {"findngs", "findings"},
        {"findnings", "findings"},
        {"finidngs", "findings"},
        {"idication", "indication"},
        {"reference findings", "findings"},
        {"comparision", "comparison"},
        {"comparsion", "comparison"},
        {"comparrison", "comparison"},
        {"comparisions", "comparison"},
};

// A name that is no alias but holds one of these is that section; the first
// that it holds counts.
inline constexpr absl::string_view kMainSections[] = {
    "impression", "findings", "history", "comparison", "addendum"};

// Else, if it names views, it heads their findings.
inline constexpr absl::string_view kViewPhrases[] = {
    "chest",          "portable",       "pa and lateral",
    "lateral and pa", "ap and lateral", "lateral and ap",
    "frontal and",    "two views",      "frontal view",
    "pa view",        "ap view",        "one view",
    "lateral view",   "bone window",    "frontal upright",
    "ribs",           "pa and lat",     "frontal semi-upright",
};

// Studies whose text to label stands in a section of another name.
inline constexpr std::pair<absl::string_view, absl::string_view>
    kRenamedSections[] = {
        {"s50913680", "recommendations"}, {"s59363654", "examination"},
        {"s59279892", "technique"},       {"s59768032", "recommendations"},
        {"s57936451", "indication"},      {"s50058765", "indication"},
        {"s53356173", "examination"},     {"s53202765", "technique"},
        {"s50808053", "technique"},       {"s51966317", "indication"},
        {"s50743547", "examination"},     {"s56451190", "note"},
        {"s59067458", "recommendations"}, {"s59215320", "examination"},
        {"s55124749", "indication"},      {"s54365831", "indication"},
        {"s59087630", "recommendations"}, {"s58157373", "recommendations"},
        {"s56482935", "recommendations"}, {"s58375018", "recommendations"},
        {"s54654948", "indication"},      {"s55157853", "examination"},
        {"s51491012", "history"},
};

// Studies whose text to label was found by hand: characters [begin, end) of the
// report; 0, 0 where there is nothing to label.
struct TextRange {
  absl::string_view study_id;
  int begin;
  int end;
};
inline constexpr TextRange kTextRanges[] = {
    {"s50525523", 201, 349}, {"s57564132", 233, 554}, {"s59982525", 313, 717},
    {"s53488209", 149, 475}, {"s54875119", 234, 988}, {"s50196495", 59, 399},
    {"s56579911", 59, 218},  {"s52648681", 292, 631}, {"s59889364", 172, 453},
    {"s53514462", 73, 377},  {"s59505494", 59, 450},  {"s53182247", 59, 412},
    {"s51410602", 47, 320},  {"s56412866", 522, 822}, {"s54986978", 59, 306},
    {"s59003148", 262, 505}, {"s57150433", 61, 394},  {"s56760320", 219, 457},
    {"s59562049", 158, 348}, {"s52674888", 145, 296}, {"s55258338", 192, 568},
    {"s59330497", 140, 655}, {"s52119491", 179, 454}, {"s58235663", 0, 0},
    {"s50798377", 0, 0},     {"s54168089", 0, 0},     {"s53071062", 0, 0},
    {"s56724958", 0, 0},     {"s54231141", 0, 0},     {"s53607029", 0, 0},
    {"s52035334", 0, 0},
};

}  // namespace cxr

#endif  // CXR_TEXT_SECTION_TABLES_H_
