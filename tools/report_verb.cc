// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/report_verb.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

struct StateForm {
  absl::string_view cell;  // In the tables of MIMIC-CXR.
  absl::string_view word;
  std::optional<int> number;
};
// By MentionState.
constexpr StateForm kStateForms[] = {{"", "blank", std::nullopt},
                                     {"0.0", "negative", 0},
                                     {"-1.0", "uncertain", -1},
                                     {"1.0", "positive", 1}};

const StateForm& FormOf(MentionState state) {
  return kStateForms[static_cast<size_t>(state)];
}

template <typename T>
Json JsonOr(const std::optional<T>& value) {
  return value.has_value() ? Json(*value) : Json(nullptr);
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

absl::StatusOr<std::string> SectionsLine(const StudyReport& report, bool json) {
  const MimicSections sections = SectionsOf(report);
  if (json) {
    return Dump({{"study", report.study},
                 {"impression", JsonOr(sections.impression)},
                 {"findings", JsonOr(sections.findings)},
                 {"last_paragraph", JsonOr(sections.last_paragraph)},
                 {"comparison", JsonOr(sections.comparison)},
                 {"by_study", JsonOr(sections.by_study)}});
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

// The mentions, and each sentence once: a mention has its sentence's place in
// that list.
void AddMentions(const Findings& findings, Json* answer) {
  const auto text = [&findings](const TextSpan& span) {
    return findings.text.substr(span.begin, span.end - span.begin);
  };
  Json mentions = Json::array();
  Json sentences = Json::array();
  std::optional<TextSpan> sentence;
  for (const FindingMention& mention : findings.mentions) {
    if (sentence != mention.sentence) {
      sentence = mention.sentence;
      sentences.push_back(text(*sentence));
    }
    const bool other = mention.label == FindingLabel::kNoFinding;
    mentions.push_back(
        {{"label",
          other ? Json(nullptr)
                : Json(std::string(
                      kFindingLabelNames[static_cast<size_t>(mention.label)]))},
         {"state", std::string(FormOf(mention.state).word)},
         {"words", text(mention.span)},
         {"cue", std::string(mention.cue)},
         {"sentence", sentences.size() - 1}});
  }
  (*answer)["mentions"] = std::move(mentions);
  (*answer)["sentences"] = std::move(sentences);
}

absl::StatusOr<std::string> FindingsLine(const FindingRules& rules,
                                         const StudyReport& report, bool json) {
  const MimicSections sections = SectionsOf(report);
  // A text without any header is no report of MIMIC-CXR: all of it counts.
  const bool whole = !sections.has_header && !sections.by_study.has_value();
  const Findings findings =
      rules.Find(whole ? report.text : LabellingText(sections));
  if (findings.text.empty()) {
    return absl::NotFoundError("no text to label");
  }
  if (!json) {
    std::string line = CsvCell(report.study);
    for (const MentionState state : findings.states) {
      absl::StrAppend(&line, ",", FormOf(state).cell);
    }
    return line;
  }
  Json labels = Json::object();
  for (size_t i = 0; i < kFindingLabelNames.size(); ++i) {
    labels[std::string(kFindingLabelNames[i])] =
        JsonOr(FormOf(findings.states[i]).number);
  }
  Json answer = {{"study", report.study},
                 {"rules", "rules-v1"},
                 {"labels", std::move(labels)}};
  AddMentions(findings, &answer);
  return Dump(answer);
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

// A line of the answer; NotFound with the reason if it has none.
using LineOf = absl::FunctionRef<absl::StatusOr<std::string>(const StudyReport&,
                                                             bool json)>;

// `header` is the table's.
absl::Status PrintAnswers(absl::string_view header, LineOf line_of,
                          const std::vector<std::string>& paths) {
  const bool json = absl::GetFlag(FLAGS_format) == "json";
  // In JSON a list, an element a line.
  const absl::string_view opening = json ? "[" : header;
  int printed = 0;
  absl::Status status = absl::OkStatus();
  for (size_t i = 0; i < paths.size() && status.ok(); ++i) {
    status = ReadReports(UserPath(paths[i]), [&](const StudyReport& report) {
      const absl::StatusOr<std::string> line = line_of(report, json);
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
  const std::string verb = words.empty() ? "" : words[0];
  if (verb != "sections" && verb != "findings") {
    return absl::InvalidArgumentError(
        absl::StrCat("report: found ",
                     verb.empty() ? "nothing" : absl::StrCat("'", verb, "'"),
                     ", expected sections or findings"));
  }
  const std::vector<std::string> paths(words.begin() + 1, words.end());
  if (paths.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "report ", verb,
        ": expected files of reports, found none; see: cxr help report"));
  }
  if (verb == "sections") {
    return PrintAnswers("study,impression,findings,last_paragraph,comparison",
                        SectionsLine, paths);
  }
  const FindingRules rules;
  return PrintAnswers(
      absl::StrCat("study,", absl::StrJoin(kFindingLabelNames, ",")),
      [&rules](const StudyReport& report, bool json) {
        return FindingsLine(rules, report, json);
      },
      paths);
}

}  // namespace

ExitCode ReportVerb(const std::vector<std::string>& words) {
  return CodeOf(RunReport(words));
}

}  // namespace cxr
