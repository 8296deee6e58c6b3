// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/report_verb.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/flags/flag.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/table/csv_reader.h"
#include "cxr/text/clean_report.h"
#include "cxr/text/finding_label.h"
#include "cxr/text/finding_rules.h"
#include "cxr/text/section_parser.h"
#include "tools/command_line.h"
#include "tools/message_output.h"
#include "tools/places.h"

namespace cxr {
namespace {

using Json = nlohmann::ordered_json;

struct StudyReport {
  std::string study;
  std::string text;
};

// How the tables of MIMIC-CXR write states.
absl::string_view Cell(MentionState state) {
  switch (state) {
    case MentionState::kBlank:
      return "";
    case MentionState::kNegative:
      return "0.0";
    case MentionState::kUncertain:
      return "-1.0";
    case MentionState::kPositive:
      return "1.0";
  }
  return "";
}

absl::string_view StateWord(MentionState state) {
  switch (state) {
    case MentionState::kBlank:
      return "blank";
    case MentionState::kNegative:
      return "negative";
    case MentionState::kUncertain:
      return "uncertain";
    case MentionState::kPositive:
      return "positive";
  }
  return "";
}

Json JsonState(MentionState state) {
  switch (state) {
    case MentionState::kBlank:
      return nullptr;
    case MentionState::kNegative:
      return 0;
    case MentionState::kUncertain:
      return -1;
    case MentionState::kPositive:
      return 1;
  }
  return nullptr;
}

Json JsonText(const std::optional<std::string>& text) {
  return text.has_value() ? Json(*text) : Json(nullptr);
}

// On one line; bytes that are no UTF-8 are replaced.
std::string Dump(const Json& json) {
  return json.dump(-1, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace);
}

MimicSections SectionsOf(const StudyReport& report) {
  const bool number = !report.study.empty() &&
                      std::all_of(report.study.begin(), report.study.end(),
                                  absl::ascii_isdigit);
  return ExtractSections(
      report.text, number ? absl::StrCat("s", report.study) : report.study);
}

absl::StatusOr<std::string> SectionsLine(const FindingRules& /*rules*/,
                                         const StudyReport& report, bool json) {
  const MimicSections sections = SectionsOf(report);
  if (json) {
    return Dump({{"study", report.study},
                 {"impression", JsonText(sections.impression)},
                 {"findings", JsonText(sections.findings)},
                 {"last_paragraph", JsonText(sections.last_paragraph)},
                 {"comparison", JsonText(sections.comparison)},
                 {"by_study", JsonText(sections.by_study)}});
  }
  if (sections.by_study.has_value()) {
    return absl::NotFoundError(
        "the published table has no row of it: its text was found by hand");
  }
  return absl::StrJoin(
      {CsvCell(report.study), CsvCell(sections.impression.value_or("")),
       CsvCell(sections.findings.value_or("")),
       CsvCell(sections.last_paragraph.value_or("")),
       CsvCell(sections.comparison.value_or(""))},
      ",");
}

Json JsonMention(const Findings& findings, const FindingMention& mention) {
  const auto text = [&findings](const TextSpan& span) {
    return findings.text.substr(span.begin, span.end - span.begin);
  };
  const bool other = mention.label == FindingLabel::kNoFinding;
  return {
      {"label",
       other ? Json(nullptr)
             : Json(std::string(
                   kFindingLabelNames[static_cast<size_t>(mention.label)]))},
      {"state", std::string(StateWord(mention.state))},
      {"words", text(mention.span)},
      {"cue", std::string(mention.cue)},
      {"sentence", text(mention.sentence)}};
}

absl::StatusOr<std::string> FindingsLine(const FindingRules& rules,
                                         const StudyReport& report, bool json) {
  const MimicSections sections = SectionsOf(report);
  std::string text = LabellingText(sections);
  if (text.empty() && !sections.has_header && !sections.by_study.has_value()) {
    text = report.text;
  }
  if (absl::StripAsciiWhitespace(text).empty()) {
    return absl::NotFoundError("no text to label");
  }
  const Findings findings = rules.Find(text);
  if (!json) {
    std::string line = CsvCell(report.study);
    for (const MentionState state : findings.states) {
      absl::StrAppend(&line, ",", Cell(state));
    }
    return line;
  }
  Json labels = Json::object();
  for (size_t i = 0; i < kFindingLabelNames.size(); ++i) {
    labels[std::string(kFindingLabelNames[i])] = JsonState(findings.states[i]);
  }
  Json mentions = Json::array();
  for (const FindingMention& mention : findings.mentions) {
    mentions.push_back(JsonMention(findings, mention));
  }
  return Dump({{"study", report.study},
               {"rules", "rules-v1"},
               {"labels", std::move(labels)},
               {"mentions", std::move(mentions)}});
}

// What one of two columns is called in this table.
absl::StatusOr<int> OneOf(const CsvReader& table, absl::string_view path,
                          absl::string_view name, absl::string_view other) {
  for (const absl::string_view column : {name, other}) {
    if (const std::optional<int> found = table.FindColumn(column)) {
      return *found;
    }
  }
  return absl::DataLossError(absl::StrCat(path, ":1: no column '", name,
                                          "' or '", other, "', found ",
                                          absl::StrJoin(table.header(), ", ")));
}

absl::Status ReadTable(const std::string& path,
                       absl::FunctionRef<void(const StudyReport&)> use) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const int study, OneOf(table, path, "study", "id"));
  CXR_ASSIGN_OR_RETURN(const int text, OneOf(table, path, "report", "text"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    use({.study = std::string(table.cells()[study]),
         .text = std::string(table.cells()[text])});
  }
}

// Hands every report of a file to `use`, in order.
absl::Status ReadReports(const std::string& path,
                         absl::FunctionRef<void(const StudyReport&)> use) {
  if (absl::EndsWith(path, ".csv") || absl::EndsWith(path, ".csv.gz")) {
    return ReadTable(path, use);
  }
  CXR_ASSIGN_OR_RETURN(std::string text, ReadFile(path));
  use({.study = Stem(path), .text = std::move(text)});
  return absl::OkStatus();
}

struct SubVerb {
  absl::string_view name;
  std::string header;  // Of the table.
  // A line of the answer; NotFound with the reason if it has none.
  absl::StatusOr<std::string> (*line)(const FindingRules&, const StudyReport&,
                                      bool json);
};

std::vector<SubVerb> SubVerbs() {
  return {{"sections", "study,impression,findings,last_paragraph,comparison",
           SectionsLine},
          {"findings",
           absl::StrCat("study,", absl::StrJoin(kFindingLabelNames, ",")),
           FindingsLine}};
}

absl::Status PrintAnswers(const SubVerb& verb,
                          const std::vector<std::string>& paths) {
  const bool json = absl::GetFlag(FLAGS_format) == "json";
  const FindingRules rules;
  // In JSON a list, an element a line.
  const std::string opening = json ? "[" : verb.header;
  int printed = 0;
  absl::Status status = absl::OkStatus();
  for (size_t i = 0; i < paths.size() && status.ok(); ++i) {
    status = ReadReports(UserPath(paths[i]), [&](const StudyReport& report) {
      const absl::StatusOr<std::string> line = verb.line(rules, report, json);
      if (line.ok()) {
        absl::PrintF("%s\n%s", printed == 0 ? opening : json ? "," : "", *line);
        ++printed;
      } else {
        absl::FPrintF(stderr, "cxr: left out: %s: %s\n", report.study,
                      std::string(line.status().message()));
      }
    });
  }
  if (status.ok() || printed > 0) {
    absl::PrintF("%s%s", printed == 0 ? opening : "", json ? "\n]\n" : "\n");
  }
  return status;
}

absl::Status RunReport(const std::vector<std::string>& words) {
  CXR_RETURN_IF_ERROR(CheckFormat());
  for (const SubVerb& verb : SubVerbs()) {
    if (!words.empty() && words[0] == verb.name) {
      if (words.size() == 1) {
        return absl::InvalidArgumentError(absl::StrCat(
            "report ", verb.name,
            ": expected files of reports, found none; see: cxr help report"));
      }
      return PrintAnswers(verb, {words.begin() + 1, words.end()});
    }
  }
  return absl::InvalidArgumentError(
      absl::StrCat("report: found '", words.empty() ? "" : words[0],
                   "', expected sections or findings"));
}

}  // namespace

ExitCode ReportVerb(const std::vector<std::string>& words) {
  return CodeOf(RunReport(words));
}

}  // namespace cxr
