// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/section_parser.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "cxr/text/section_tables.h"
#include "cxr/text/white_space.h"

namespace cxr {
namespace {

constexpr absl::string_view kBlankLine = "\n \n";

struct Header {
  size_t begin = 0;       // Of the line end before it.
  size_t name_begin = 0;  // Of its name.
  size_t name_end = 0;
  size_t end = 0;  // Behind the white space that follows its colon.
};

bool IsNameCharacter(char c) {
  return absl::ascii_isupper(c) || c == ' ' || c == '(' || c == ')' ||
         c == '/' || c == ',' || c == '-';
}

// The first header at or behind `from`: "\n ([A-Z ()/,-]+):\s". No character of
// a name can end it, so that one look at each place is enough.
std::optional<Header> FindHeader(absl::string_view report, size_t from) {
  for (size_t begin = report.find("\n ", from);
       begin != absl::string_view::npos;
       begin = report.find("\n ", begin + 1)) {
    const size_t name_begin = begin + 2;
    size_t end = name_begin;
    while (end < report.size() && IsNameCharacter(report[end])) {
      ++end;
    }
    if (end == name_begin || end == report.size() || report[end] != ':') {
      continue;
    }
    if (const size_t space = LeadingSpace(report.substr(end + 1))) {
      return Header{begin, name_begin, end, end + 1 + space};
    }
  }
  return std::nullopt;
}

std::string SectionName(absl::string_view header) {
  const std::string name = absl::AsciiStrToLower(StripSpace(header));
  for (const auto& [alias, meaning] : kSectionAliases) {
    if (name == alias) {
      return std::string(meaning);
    }
  }
  for (const absl::string_view section : kMainSections) {
    if (absl::StrContains(name, section)) {
      return std::string(section);
    }
  }
  for (const absl::string_view view : kViewPhrases) {
    if (absl::StrContains(name, view)) {
      return "findings";
    }
  }
  return name;
}

// The text of all sections in order, empty ones included.
std::vector<ReportSection> SplitAtHeaders(absl::string_view report) {
  std::optional<Header> header = FindHeader(report, 0);
  if (!header.has_value()) {
    return {{"full report", std::string(report)}};
  }
  std::vector<ReportSection> sections;
  sections.push_back(
      {"preamble", std::string(report.substr(0, header->name_begin))});
  while (header.has_value()) {
    const size_t line_end = report.find('\n', header->end);
    const std::optional<Header> next = FindHeader(
        report, line_end == absl::string_view::npos ? header->end : line_end);
    const size_t end = next.has_value() ? next->begin : report.size();
    sections.push_back(
        {SectionName(report.substr(header->name_begin,
                                   header->name_end - header->name_begin)),
         std::string(report.substr(header->end, end - header->end))});
    header = next;
  }
  return sections;
}

bool IsMain(const ReportSection& section) {
  return section.name == "impression" || section.name == "findings";
}

// The text of the last section called `name`, stripped.
std::optional<std::string> LastCalled(
    const std::vector<ReportSection>& sections, absl::string_view name) {
  for (auto it = sections.rbegin(); it != sections.rend(); ++it) {
    if (it->name == name) {
      return std::string(StripSpace(it->text));
    }
  }
  return std::nullopt;
}

// The text of a study that the published code treats by its id.
std::optional<std::string> TextByStudy(
    absl::string_view report, const std::vector<ReportSection>& sections,
    absl::string_view study_id) {
  for (const TextRange& range : kTextRanges) {
    if (range.study_id == study_id) {
      const size_t size = report.size();
      const size_t begin = std::min<size_t>(range.begin, size);
      const size_t end = std::min<size_t>(range.end, size);
      return std::string(report.substr(begin, end - begin));
    }
  }
  for (const auto& [renamed_id, name] : kRenamedSections) {
    if (renamed_id == study_id) {
      return LastCalled(sections, name);
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<ReportSection> SplitSections(absl::string_view report) {
  std::vector<ReportSection> sections = SplitAtHeaders(report);
  std::erase_if(sections, [](const ReportSection& section) {
    return IsMain(section) && StripSpace(section.text).empty();
  });
  if (std::any_of(sections.begin(), sections.end(), IsMain)) {
    return sections;
  }
  const std::string last = sections.back().text;
  const size_t blank = absl::string_view(last).find(kBlankLine);
  if (blank != absl::string_view::npos) {
    sections.back().text = last.substr(0, blank);
    sections.push_back(
        {"last_paragraph", last.substr(blank + kBlankLine.size())});
  }
  return sections;
}

MimicSections ExtractSections(absl::string_view report,
                              absl::string_view study_id) {
  const std::string text =
      absl::StrReplaceAll(report, {{"\r\n", "\n"}, {"\r", "\n"}});
  const std::vector<ReportSection> split = SplitSections(text);
  MimicSections sections;
  sections.has_header = split.front().name != "full report";
  sections.by_study = TextByStudy(text, split, study_id);
  if (!sections.by_study.has_value()) {
    sections.impression = LastCalled(split, "impression");
    sections.findings = LastCalled(split, "findings");
    sections.last_paragraph = LastCalled(split, "last_paragraph");
    sections.comparison = LastCalled(split, "comparison");
  }
  return sections;
}

std::string LabellingText(const MimicSections& sections) {
  for (const std::optional<std::string>* section :
       {&sections.by_study, &sections.impression, &sections.findings,
        &sections.last_paragraph, &sections.comparison}) {
    if (section->has_value()) {
      return **section;
    }
  }
  return "";
}

}  // namespace cxr
