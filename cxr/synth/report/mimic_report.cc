// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/mimic_report.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/synth/report/grammar.h"

namespace cxr::synth {
namespace {

// Shares in MIMIC-CXR: 27,684 of 227,835 reports have findings alone, 10,514
// neither section.
constexpr double kLastParagraph = 0.05;
constexpr double kNoImpression = 0.12;
constexpr double kOdd = 0.01;

constexpr absl::string_view kTitle = "FINAL REPORT";
constexpr absl::string_view kBlank = " \n";

enum class Form {
  kUsual,
  kNoImpression,
  kLastParagraph,
  kMisspeltImpression,
  kMisspeltFindings,
  kAddendum,
  kWetRead,
  kViewAsHeader,
  kOneHeaderForBoth,
  kEmptyFindings,
  kNoHeaders,
};
constexpr int kFirstOdd = static_cast<int>(Form::kMisspeltImpression);
constexpr int kOddForms = static_cast<int>(Form::kNoHeaders) - kFirstOdd + 1;

Form DrawForm(bool oddities, RandomStream* stream) {
  const double place = stream->Uniform();
  const int odd = stream->Below(kOddForms);
  if (!oddities) return Form::kUsual;
  if (place < kLastParagraph) return Form::kLastParagraph;
  if (place < kLastParagraph + kNoImpression) return Form::kNoImpression;
  if (place < kLastParagraph + kNoImpression + kOdd) {
    return static_cast<Form>(kFirstOdd + odd);
  }
  return Form::kUsual;
}

// The misspellings that occur in the real files and that their section parser
// knows.
absl::string_view ImpressionHeader(Form form, RandomStream* stream) {
  constexpr absl::string_view kMisspelt[] = {"IMPRESION", "IMPRESSON",
                                             "IMPRSSION", "IMPESSION"};
  const int misspelt = stream->Below(std::size(kMisspelt));
  if (form == Form::kMisspeltImpression) return kMisspelt[misspelt];
  return "IMPRESSION";
}

absl::string_view FindingsHeader(Form form, RandomStream* stream) {
  constexpr absl::string_view kMisspelt[] = {"FINDNGS", "FINDINS", "FINIDNGS"};
  constexpr absl::string_view kViews[] = {"CHEST", "CHEST RADIOGRAPH",
                                          "FRONTAL VIEW OF THE CHEST"};
  constexpr absl::string_view kBoth[] = {
      "FINDINGS AND IMPRESSION", "FINDINGS/IMPRESSION", "FINDINGS/ IMPRESSION"};
  const int chosen = stream->Below(3);
  if (form == Form::kMisspeltFindings) return kMisspelt[chosen];
  if (form == Form::kViewAsHeader) return kViews[chosen];
  if (form == Form::kOneHeaderForBoth) return kBoth[chosen];
  return "FINDINGS";
}

// Words in lines that start with one space; `head` first, unbroken.
std::string Wrapped(absl::string_view head, absl::string_view text) {
  std::string lines;
  std::string line = absl::StrCat(" ", head);
  for (const absl::string_view word :
       absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const bool at_start = line.back() == ' ';
    if (line.size() + word.size() + 1 > kMimicLineLength && !at_start) {
      absl::StrAppend(&lines, line, "\n");
      line = absl::StrCat(" ", word);
    } else {
      absl::StrAppend(&line, at_start ? "" : " ", word);
    }
  }
  return absl::StrCat(lines, line, "\n");
}

// "INDICATION:  text".
std::string ShortSection(absl::string_view name, absl::string_view text) {
  return absl::StrCat(Wrapped(absl::StrCat(name, ":  "), text), kBlank);
}

// "FINDINGS: ", a blank line, the text.
std::string LongSection(absl::string_view name, absl::string_view lines) {
  return absl::StrCat(" ", name, ": \n", kBlank, lines, kBlank);
}

std::string Title() {
  const size_t margin = (kMimicLineLength - kTitle.size()) / 2;
  return absl::StrCat(std::string(margin, ' '), kTitle, "\n");
}

std::string Paragraph(const std::vector<std::string>& sentences) {
  return Wrapped("", absl::StrJoin(sentences, " "));
}

std::string Points(const std::vector<std::string>& points) {
  if (points.size() == 1) return Paragraph(points);
  std::string lines;
  for (size_t i = 0; i < points.size(); ++i) {
    absl::StrAppend(&lines, Wrapped(absl::StrCat(i + 1, ". "), points[i]));
  }
  return lines;
}

std::string Rule() {
  return Wrapped("", std::string(kMimicLineLength - 2, '_'));
}

std::string Preface(Form form, const ReportContent& content) {
  if (form == Form::kWetRead) {
    return absl::StrCat(Title(),
                        ShortSection("WET READ", "___ ___ ___ 8:15 PM"),
                        Paragraph({content.impression.front()}), Rule());
  }
  if (form == Form::kAddendum) {
    return absl::StrCat(
        Title(),
        ShortSection("ADDENDUM",
                     "These results were discussed with Dr. ___ by telephone "
                     "at 10:40 AM on ___."),
        Rule());
  }
  return "";
}

std::string Front(const ReportContent& content, RandomStream* stream) {
  const std::string question = Expand(
      "[|| // evaluate for [acute process|interval change]]", {}, stream);
  const std::string indication = absl::StrCat(content.indication, question);
  return absl::StrCat(ShortSection("EXAMINATION", content.examination),
                      ShortSection("INDICATION", indication),
                      ShortSection("TECHNIQUE", content.technique),
                      ShortSection("COMPARISON", content.comparison));
}

std::string Back(Form form, const ReportContent& content,
                 RandomStream* stream) {
  const std::string findings = Paragraph(content.findings);
  if (form == Form::kLastParagraph || form == Form::kNoHeaders) {
    return absl::StrCat(findings, kBlank);
  }
  const absl::string_view header = FindingsHeader(form, stream);
  if (form == Form::kOneHeaderForBoth) {
    return LongSection(
        header, absl::StrCat(findings, kBlank, Points(content.impression)));
  }
  const std::string first = form == Form::kEmptyFindings
                                ? absl::StrCat(" FINDINGS: \n", kBlank)
                                : LongSection(header, findings);
  if (form == Form::kNoImpression) return first;
  return absl::StrCat(first, LongSection(ImpressionHeader(form, stream),
                                         Points(content.impression)));
}

}  // namespace

std::string MimicReport(const ReportContent& content, bool oddities,
                        RandomKey key) {
  CXR_CHECK(!content.findings.empty() && !content.impression.empty())
      << "a report without sentences";
  RandomStream stream(key.Child("mimic form"));
  const Form form = DrawForm(oddities, &stream);
  const std::string front =
      form == Form::kNoHeaders
          ? absl::StrCat(Wrapped("", content.indication), kBlank)
          : Front(content, &stream);
  std::string report = absl::StrCat(Preface(form, content), Title(), front,
                                    Back(form, content, &stream));
  // The last blank line ends a section within a file, not the file.
  report.resize(report.size() - kBlank.size());
  return report;
}

}  // namespace cxr::synth
