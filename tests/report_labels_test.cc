// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Drawn reports read by the rules of cxr/text: what was mentioned comes back.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/synth/patient/chexpert_label.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/report/mimic_report.h"
#include "cxr/synth/report/report.h"
#include "cxr/text/finding_rules.h"
#include "cxr/text/section_parser.h"

namespace cxr::tests {
namespace {

using synth::Mention;
using synth::RandomKey;

constexpr int kReports = 3000;
constexpr int kLabels = 14;
constexpr int kShownMistakes = 5;

struct Drawn {
  synth::ChexpertStates states;
  synth::ReportContent content;
  RandomKey key = RandomKey(0);
};

Drawn DrawReport(int number) {
  const synth::Patient patient =
      synth::MakePatient({}, RandomKey(5).Child("labels"), number);
  const synth::Study study = synth::MakeStudy({}, patient, 0);
  const synth::Mentions mentions =
      synth::MakeMentions(study, study.key.Child("mentions"));
  return {.states = synth::StatesOf(mentions),
          .content = synth::WriteReport(patient, study, mentions,
                                        /*has_lateral=*/number % 3 == 0,
                                        study.key.Child("report")),
          .key = study.key};
}

MentionState StateOf(Mention mention) {
  switch (mention) {
    case Mention::kNone:
      return MentionState::kBlank;
    case Mention::kNegative:
      return MentionState::kNegative;
    case Mention::kUncertain:
      return MentionState::kUncertain;
    case Mention::kPositive:
      return MentionState::kPositive;
  }
  return MentionState::kBlank;
}

// Of one label in one state.
struct Agreement {
  int both = 0;
  int drawn = 0;
  int found = 0;

  double F1() const {
    return drawn + found == 0 ? 1.0 : 2.0 * both / (drawn + found);
  }
};

class Agreements {
 public:
  void Add(const Drawn& report, absl::string_view text) {
    const Findings found = rules_.Find(text);
    for (int label = 0; label < kLabels; ++label) {
      const MentionState expected = StateOf(report.states.values[label]);
      const MentionState state = found.states[label];
      Agreement& of_expected = cells_[label][static_cast<int>(expected)];
      ++of_expected.drawn;
      ++cells_[label][static_cast<int>(state)].found;
      of_expected.both += state == expected ? 1 : 0;
      if (state != expected && ++mistakes_ <= kShownMistakes) {
        std::printf("%s: drawn %d, found %d in: %s\n",
                    std::string(synth::kChexpertLabels[label]).c_str(),
                    static_cast<int>(expected), static_cast<int>(state),
                    std::string(text).c_str());
      }
    }
  }

  // Over all labels and the three states that are said.
  Agreement All() const {
    Agreement all;
    for (int label = 0; label < kLabels; ++label) {
      for (int state = 1; state < 4; ++state) {
        all.both += cells_[label][state].both;
        all.drawn += cells_[label][state].drawn;
        all.found += cells_[label][state].found;
      }
    }
    return all;
  }

  void ExpectEachAtLeast(double bound) const {
    for (int label = 0; label < kLabels; ++label) {
      for (int state = 1; state < 4; ++state) {
        EXPECT_GE(cells_[label][state].F1(), bound)
            << synth::kChexpertLabels[label] << ", state " << state << " of "
            << cells_[label][state].drawn;
      }
    }
  }

 private:
  FindingRules rules_;
  std::array<std::array<Agreement, 4>, kLabels> cells_ = {};
  int mistakes_ = 0;
};

TEST(ReportLabelsTest, TheRulesFindWhatWasMentioned) {
  Agreements agreements;
  for (int i = 0; i < kReports; ++i) {
    const Drawn report = DrawReport(i);
    agreements.Add(
        report,
        absl::StrCat(absl::StrJoin(report.content.findings, " "), "\n\n",
                     absl::StrJoin(report.content.impression, "\n")));
  }
  std::printf("F1 of mention states: %.4f\n", agreements.All().F1());
  EXPECT_GE(agreements.All().F1(), 0.98);
  agreements.ExpectEachAtLeast(0.95);
}

// With single spaces for white space of any kind.
std::string Words(absl::string_view text) {
  return absl::StrJoin(
      absl::StrSplit(text, absl::ByAnyChar(" \n"), absl::SkipEmpty()), " ");
}

// Several points are numbered.
std::string Numbered(const std::vector<std::string>& points) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < points.size(); ++i) {
    lines.push_back(points.size() == 1 ? points[i]
                                       : absl::StrCat(i + 1, ". ", points[i]));
  }
  return absl::StrJoin(lines, " ");
}

// Through MIMIC's layout: its sections, found by the published rules, are what
// they were made of.
TEST(ReportLabelsTest, SectionsComeBackFromTheirLayout) {
  for (int i = 0; i < 500; ++i) {
    const Drawn report = DrawReport(i);
    const MimicSections sections =
        ExtractSections(synth::MimicReport(report.content, /*oddities=*/false,
                                           report.key.Child("form")),
                        "s50000000");
    EXPECT_EQ(Words(sections.findings.value_or("")),
              Words(absl::StrJoin(report.content.findings, " ")));
    EXPECT_EQ(Words(sections.impression.value_or("")),
              Words(Numbered(report.content.impression)));
    EXPECT_EQ(Words(sections.comparison.value_or("")),
              Words(report.content.comparison));
  }
}

// As many as the real ones have of each, and so every branch of the parser.
TEST(ReportLabelsTest, OddReportsHaveTheSectionsOfRealOnes) {
  int impressions = 0;
  int findings_alone = 0;
  int last_paragraphs = 0;
  for (int i = 0; i < kReports; ++i) {
    const Drawn report = DrawReport(i);
    const MimicSections sections =
        ExtractSections(synth::MimicReport(report.content, /*oddities=*/true,
                                           report.key.Child("form")),
                        "s50000000");
    EXPECT_NE(LabellingText(sections), "") << i;
    if (sections.impression.has_value()) {
      ++impressions;
    } else if (sections.findings.has_value()) {
      ++findings_alone;
    } else if (sections.last_paragraph.has_value()) {
      ++last_paragraphs;
    }
  }
  // 83.2 %, 12.2 % and 4.6 % of MIMIC-CXR's 227,835.
  EXPECT_NEAR(impressions / double{kReports}, 0.832, 0.03);
  EXPECT_NEAR(findings_alone / double{kReports}, 0.122, 0.03);
  EXPECT_NEAR(last_paragraphs / double{kReports}, 0.046, 0.02);
}

}  // namespace
}  // namespace cxr::tests
