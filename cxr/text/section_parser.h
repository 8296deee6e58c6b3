// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TEXT_SECTION_PARSER_H_
#define CXR_TEXT_SECTION_PARSER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Sections of a report as MIMIC-CXR's published code takes them (section_parser
// and create_section_files of MIT-LCP/mimic-cxr), character for character.
//
//   const MimicSections sections = ExtractSections(report, "s50414267");
//   if (sections.impression.has_value()) Show(*sections.impression);
//   const std::string text = LabellingText(sections);

namespace cxr {

struct ReportSection {
  std::string name;  // In lower case, after aliases: "impression", ...
  std::string text;  // With the white space around it.

  friend bool operator==(const ReportSection&, const ReportSection&) = default;
};

// A header is a line that begins with exactly one space, then [A-Z ()/,-]+, a
// colon and white space; on the line on which a section's text begins there is
// none. Before the first stands "preamble"; without any, all is "full report".
// Aliases and misspellings become one name, names of views become "findings".
// Empty impressions and findings are dropped; if neither is left, what follows
// the first blank line " " of the last section is "last_paragraph".
std::vector<ReportSection> SplitSections(absl::string_view report);

struct MimicSections {
  // Of several sections of a name the last, without white space around it.
  std::optional<std::string> impression = {};
  std::optional<std::string> findings = {};
  std::optional<std::string> last_paragraph = {};
  std::optional<std::string> comparison = {};
  // The text to label of a study that the published code treats by its id;
  // the others are then unset, and mimic_cxr_sectioned.csv has no row of it.
  std::optional<std::string> by_study = {};
  bool has_header = false;
};

// `study_id` as in "s50414267". Line ends of any kind are read as "\n". A study
// whose rule names a section that its report does not have, which no report of
// MIMIC-CXR does, is read like any other. Ranges of a study's text count
// characters in the published code and bytes here, which is the same in the
// ASCII reports of MIMIC-CXR.
MimicSections ExtractSections(absl::string_view report,
                              absl::string_view study_id);

// What labelers of MIMIC-CXR are given: the first of by_study, impression,
// findings, last_paragraph, comparison that is there, else "".
std::string LabellingText(const MimicSections& sections);

}  // namespace cxr

#endif  // CXR_TEXT_SECTION_PARSER_H_
