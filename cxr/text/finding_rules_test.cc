// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/finding_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;

// How tables write states: blank "", 0, -1, 1.
std::string Cell(MentionState state) {
  switch (state) {
    case MentionState::kBlank:
      return "";
    case MentionState::kNegative:
      return "0";
    case MentionState::kUncertain:
      return "-1";
    case MentionState::kPositive:
      return "1";
  }
  return "?";
}

class FindingRulesTest : public ::testing::Test {
 protected:
  // "Edema 0, Pneumonia -1": what is said, but for No Finding.
  std::string Said(absl::string_view report) const {
    const Findings findings = rules_.Find(report);
    std::string said;
    for (size_t i = 1; i < kFindingLabelNames.size(); ++i) {
      if (findings.states[i] != MentionState::kBlank) {
        absl::StrAppend(&said, said.empty() ? "" : ", ", kFindingLabelNames[i],
                        " ", Cell(findings.states[i]));
      }
    }
    return said;
  }

  bool Healthy(absl::string_view report) const {
    return rules_.Find(report).StateOf(FindingLabel::kNoFinding) ==
           MentionState::kPositive;
  }

  const FindingRules rules_;
};

// All 56 cells of the labeler's own example.
TEST_F(FindingRulesTest, LabelsTheExamplesAsPublished) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(
          TestData("cxr/text/testdata/chexpert_labeler_labeled_reports.csv")));
  ASSERT_EQ(table.rows().size(), 4);
  for (const CsvTable::Row& row : table.rows()) {
    const Findings findings = rules_.Find(row.cells[0]);
    for (size_t i = 0; i < kFindingLabelNames.size(); ++i) {
      ASSERT_OK_AND_ASSIGN(const int column,
                           table.Column(kFindingLabelNames[i]));
      const std::string cell = Cell(findings.states[i]);
      EXPECT_EQ(cell.empty() ? "" : cell + ".0", row.cells[column])
          << row.cells[0] << ": " << kFindingLabelNames[i];
    }
  }
}

// Read by a person: "heart and mediastinum are stable" leaves the mediastinum
// open; what is unchanged of the lungs is no finding of the 14.
TEST_F(FindingRulesTest, ReadsTheTwoRealReports) {
  ASSERT_OK_AND_ASSIGN(
      const std::string first,
      ReadFile(TestData("cxr/text/testdata/nih_00000086.txt")));
  EXPECT_EQ(Said(first), "Enlarged Cardiomediastinum -1, Pneumothorax 0");
  EXPECT_FALSE(Healthy(first));
  ASSERT_OK_AND_ASSIGN(
      const std::string second,
      ReadFile(TestData("cxr/text/testdata/nih_00019248.txt")));
  EXPECT_EQ(Said(second),
            "Cardiomegaly 1, Lung Opacity 0, Pneumothorax 0, "
            "Pleural Effusion 0, Support Devices 1");
  EXPECT_FALSE(Healthy(second));
}

TEST_F(FindingRulesTest, NegationReachesAList) {
  const std::string none =
      "Consolidation 0, Pneumothorax 0, Pleural Effusion 0";
  EXPECT_EQ(Said("No focal consolidation, pleural effusion, or pneumothorax."),
            none);
  EXPECT_EQ(Said("No consolidation, effusion or pneumothorax is seen."), none);
  EXPECT_EQ(Said("No consolidation, effusion, pneumothorax."), none);
  EXPECT_EQ(Said("No consolidation, large effusion, or pneumothorax."), none);
  EXPECT_EQ(Said("There is no consolidation, effusion and pneumothorax."),
            none);
  EXPECT_EQ(Said("No consolidation/effusion/pneumothorax"), none);
  EXPECT_EQ(Said("Lungs are clear without consolidation, effusion, or "
                 "evidence of pneumothorax."),
            none);
}

TEST_F(FindingRulesTest, ManyWordsNegateWhatFollows) {
  for (const char* words : {"no",
                            "without",
                            "no evidence of",
                            "without evidence of",
                            "negative for",
                            "free of",
                            "clear of",
                            "absence of",
                            "resolution of",
                            "no definite",
                            "no obvious",
                            "rule out",
                            "no longer any",
                            "no convincing",
                            "there is not a",
                            "does not show",
                            "no signs of",
                            "resolved",
                            "no acute",
                            "there is no opacity to suggest",
                            "no findings concerning for",
                            "edema rather than",
                            "neither"}) {
    EXPECT_THAT(Said(absl::StrCat("Chest ", words, " pneumonia.")),
                ::testing::HasSubstr("Pneumonia 0"))
        << words;
  }
}

TEST_F(FindingRulesTest, ManyWordsNegateWhatPrecedes) {
  for (const char* words :
       {"is absent", "has resolved", "have completely resolved", "resolved",
        "is not seen", "is not definitely seen", "is no longer seen",
        "has cleared", "is not identified", "not present", "none", ": no",
        "has been excluded", "was ruled out", ": none", "has now resolved",
        "is no longer present", "has been removed", "is not visualized"}) {
    EXPECT_EQ(Said(absl::StrCat("The effusion ", words, ".")),
              "Pleural Effusion 0")
        << words;
  }
  EXPECT_EQ(Said("Effusion, edema, and pneumothorax have resolved."),
            "Edema 0, Pneumothorax 0, Pleural Effusion 0");
  EXPECT_EQ(Said("The chest tube has been removed."), "Support Devices 0");
  EXPECT_EQ(Said("Interval removal of the chest tube."), "Support Devices 0");
}

TEST_F(FindingRulesTest, NegationEndsWhereAnotherClauseBegins) {
  EXPECT_EQ(Said("No effusion but there is edema."),
            "Edema 1, Pleural Effusion 0");
  EXPECT_EQ(Said("No effusion; edema."), "Edema 1, Pleural Effusion 0");
  EXPECT_EQ(Said("There is no effusion and the heart is enlarged."),
            "Cardiomegaly 1, Pleural Effusion 0");
  EXPECT_EQ(Said("No effusion or edema is seen, and there is atelectasis."),
            "Edema 0, Atelectasis 1, Pleural Effusion 0");
  EXPECT_EQ(Said("No pneumothorax with persistent left effusion."),
            "Pneumothorax 0, Pleural Effusion 1");
  EXPECT_EQ(Said("No pneumothorax, small left effusion."),
            "Pneumothorax 0, Pleural Effusion 1");
  EXPECT_EQ(Said("No pneumothorax after chest tube placement."),
            "Pneumothorax 0, Support Devices 1");
  EXPECT_EQ(Said("No pneumothorax and stable cardiomegaly."),
            "Cardiomegaly 1, Pneumothorax 0");
  EXPECT_EQ(Said("Atelectasis without effusion."),
            "Atelectasis 1, Pleural Effusion 0");
  EXPECT_EQ(Said("Mild cardiomegaly, pneumothorax has resolved."),
            "Cardiomegaly 1, Pneumothorax 0");
  EXPECT_EQ(Said("Cardiomegaly is stable and effusion has resolved."),
            "Cardiomegaly 1, Pleural Effusion 0");
  EXPECT_EQ(Said("Stable cardiomegaly with resolved edema."),
            "Cardiomegaly 1, Edema 0");
}

TEST_F(FindingRulesTest, AClauseMaySpeakOfWhatPrecedesIt) {
  EXPECT_EQ(Said("Small pneumothorax, which has resolved."), "Pneumothorax 0");
  EXPECT_EQ(Said("There was an effusion but it has now resolved."),
            "Pleural Effusion 0");
  EXPECT_EQ(Said("Edema was seen and has resolved."), "Edema 0");
  EXPECT_EQ(Said("Edema, but the left base is not well seen."), "Edema 1");
}

TEST_F(FindingRulesTest, WordsOfDoubtReachWhatFollows) {
  for (const char* words : {"may reflect",
                            "may represent",
                            "could represent",
                            "possible",
                            "probable",
                            "possibly",
                            "suspected",
                            "questionable",
                            "concerning for",
                            "suspicious for",
                            "worrisome for",
                            "suggestive of",
                            "suggests",
                            "cannot exclude",
                            "cannot rule out",
                            "does not exclude",
                            "question of",
                            "may be due to",
                            "could be related to",
                            "presumed",
                            "differential diagnosis includes",
                            "raises the possibility of",
                            "difficult to exclude",
                            "no new",
                            "?",
                            "would be",
                            "versus"}) {
    EXPECT_THAT(Said(absl::StrCat("Haze ", words, " pneumonia.")),
                "Pneumonia -1")
        << words;
  }
  EXPECT_EQ(Said("?pneumonia"), "Pneumonia -1");
}

TEST_F(FindingRulesTest, WordsOfDoubtReachWhatPrecedes) {
  for (const char* words :
       {"cannot be excluded", "is not excluded", "cannot be entirely excluded",
        "is possible", "is suspected", "may be present", "may also be present",
        "is questioned", "should be considered", "cannot be ruled out",
        "is difficult to exclude", "could have this appearance", "is unlikely",
        "is less likely", "is not well seen"}) {
    EXPECT_EQ(Said(absl::StrCat("Early pneumonia ", words, ".")),
              "Pneumonia -1")
        << words;
  }
  EXPECT_EQ(Said("Small effusion, cannot exclude malignancy."),
            "Pleural Effusion 1");
  EXPECT_EQ(Said("Effusion, edema, or pneumonia cannot be excluded."),
            "Edema -1, Pneumonia -1, Pleural Effusion -1");
}

TEST_F(FindingRulesTest, DoubtEndsWithItsClause) {
  EXPECT_EQ(Said("Patchy opacity in the lingula, may reflect atelectasis or "
                 "consolidation."),
            "Lung Opacity 1, Consolidation -1, Atelectasis -1");
  EXPECT_EQ(Said("Bibasilar opacities, atelectasis versus pneumonia."),
            "Lung Opacity 1, Pneumonia -1, Atelectasis -1");
  EXPECT_EQ(Said("Basilar opacity, pneumonia cannot be excluded."),
            "Lung Opacity 1, Pneumonia -1");
  EXPECT_EQ(Said("Right basilar opacity with superimposed pneumonia not "
                 "excluded."),
            "Lung Opacity 1, Pneumonia -1");
  EXPECT_EQ(Said("There is atelectasis and superimposed infection cannot be "
                 "excluded."),
            "Pneumonia -1, Atelectasis 1");
  EXPECT_EQ(Said("Possible small effusion and atelectasis."),
            "Atelectasis 1, Pleural Effusion -1");
  EXPECT_EQ(Said("Opacity which could be pneumonia."),
            "Lung Opacity 1, Pneumonia -1");
  EXPECT_EQ(Said("Blunting of the costophrenic angle may reflect a small "
                 "pleural effusion."),
            "Pleural Effusion -1");
  EXPECT_EQ(Said("No effusion, possible pneumonia."),
            "Pneumonia -1, Pleural Effusion 0");
  EXPECT_EQ(Said("Possible nodule versus nipple shadow."), "Lung Lesion -1");
}

TEST_F(FindingRulesTest, AlternativesAreUncertain) {
  EXPECT_EQ(Said("Basilar atelectasis or consolidation."),
            "Consolidation -1, Atelectasis -1");
  EXPECT_EQ(Said("Atelectasis vs. pneumonia."), "Pneumonia -1, Atelectasis -1");
  EXPECT_EQ(Said("Likely atelectasis."), "Atelectasis 1");
}

TEST_F(FindingRulesTest, NormalShapesAreNegative) {
  for (const char* text :
       {"Heart size is normal.", "The heart is normal in size.",
        "Normal heart size.", "Heart size normal.",
        "The heart is not enlarged.",
        "The heart is not significantly enlarged.",
        "The cardiac silhouette is unremarkable.",
        "Heart size is within normal limits.",
        "The heart is at the upper limits of normal.",
        "The heart is of top normal size.", "No cardiomegaly.",
        "No enlargement of the cardiac silhouette.", "Heart is normal in size.",
        "The cardiac silhouette is normal and unchanged.",
        "The heart shows no enlargement.",
        "Heart size remains within normal limits."}) {
    EXPECT_EQ(Said(text), "Cardiomegaly 0") << text;
  }
  EXPECT_EQ(Said("Heart size and mediastinal contours are normal."),
            "Enlarged Cardiomediastinum 0, Cardiomegaly 0");
  EXPECT_EQ(Said("The cardiomediastinal silhouette is within normal limits."),
            "Enlarged Cardiomediastinum 0");
  EXPECT_EQ(Said("The contour of the main pulmonary artery is normal."),
            "Enlarged Cardiomediastinum 0");
  EXPECT_EQ(Said("The interstitial markings are normal."), "Lung Opacity 0");
  EXPECT_EQ(Said("Normal heart size with left pleural effusion."),
            "Cardiomegaly 0, Pleural Effusion 1");
}

TEST_F(FindingRulesTest, LargeShapesArePositive) {
  for (const char* text :
       {"The heart is mildly enlarged.", "Heart size is enlarged.",
        "Enlarged cardiac silhouette.", "The heart is enlarged but stable.",
        "The heart is moderately enlarged, unchanged.", "Heart is enlarged.",
        "Enlargement of the cardiac silhouette.",
        "Stable mild cardiomegaly."}) {
    EXPECT_EQ(Said(text), "Cardiomegaly 1") << text;
  }
  EXPECT_EQ(Said("The heart is enlarged and the mediastinum is normal."),
            "Enlarged Cardiomediastinum 0, Cardiomegaly 1");
  EXPECT_EQ(Said("The mediastinum is widened and heart size is normal."),
            "Enlarged Cardiomediastinum 1, Cardiomegaly 0");
  EXPECT_EQ(Said("Widening of the mediastinum."),
            "Enlarged Cardiomediastinum 1");
  EXPECT_EQ(Said("Interstitial markings are increased."), "Lung Opacity 1");
}

TEST_F(FindingRulesTest, OpenShapesAreUncertain) {
  for (const char* text :
       {"The heart may be enlarged.",
        "The cardiac silhouette is possibly "
        "mildly enlarged.",
        "Heart size is borderline.", "Borderline heart size.",
        "The cardiac silhouette is unchanged.", "Stable heart size.",
        "Heart size is difficult to assess.", "No change in cardiac size.",
        "Borderline cardiomegaly."}) {
    EXPECT_EQ(Said(text), "Cardiomegaly -1") << text;
  }
  EXPECT_EQ(Said("Interstitial markings are possibly increased."),
            "Lung Opacity -1");
  EXPECT_EQ(Said("Mild pulmonary vascular congestion."), "Edema -1");
  EXPECT_EQ(Said("No pulmonary vascular congestion."), "Edema 0");
}

TEST_F(FindingRulesTest, LargeOutdoesWhatElseIsSaidOfTheSize) {
  for (const char* text :
       {"Heart size is normal to mildly enlarged.",
        "Cardiac silhouette is top-normal to mildly enlarged.",
        "Heart size is stable, mildly enlarged.",
        "Heart size is stable, mildly enlarged, and the lungs are clear.",
        "Heart size is mildly enlarged, stable.",
        "Cardiac silhouette is unchanged and moderately enlarged in size.",
        "The heart is normal in size to mildly enlarged."}) {
    EXPECT_EQ(Said(text), "Cardiomegaly 1") << text;
    EXPECT_FALSE(Healthy(text)) << text;
  }
  // But what is large may be something else.
  EXPECT_EQ(Said("Heart size is normal, large left effusion."),
            "Cardiomegaly 0, Pleural Effusion 1");
  EXPECT_EQ(Said("Heart size is normal and increased density."),
            "Cardiomegaly 0, Lung Opacity 1");
  EXPECT_EQ(Said("Heart size is stable, prominent hila."), "Cardiomegaly -1");
  EXPECT_EQ(Said("Heart size normal, mediastinum enlarged."),
            "Enlarged Cardiomediastinum 1, Cardiomegaly 0");
}

TEST_F(FindingRulesTest, WhatIsGoneMayBeSeveralItems) {
  EXPECT_EQ(
      Said("Interval resolution of pulmonary edema and pleural effusions."),
      "Edema 0, Pleural Effusion 0");
  EXPECT_EQ(Said("Removal of endotracheal tube and nasogastric tube."),
            "Support Devices 0");
  EXPECT_EQ(Said("History of pneumonia, edema, and effusion."),
            "Edema 0, Pneumonia 0, Pleural Effusion 0");
  EXPECT_EQ(Said("Removal of the chest tube and small effusion."),
            "Pleural Effusion 1, Support Devices 0");
  EXPECT_EQ(Said("Removal of the chest tube, effusion persists."),
            "Pleural Effusion 1, Support Devices 0");
  EXPECT_EQ(Said("Removal of tube and placement of catheter."),
            "Support Devices 1");
  EXPECT_EQ(Said("Resolution of edema and possible effusion."),
            "Edema 0, Pleural Effusion -1");
}

TEST_F(FindingRulesTest, WhatSomethingIsDueToIsUncertain) {
  EXPECT_EQ(Said("Atelectasis secondary to effusion."),
            "Atelectasis 1, Pleural Effusion -1");
  EXPECT_EQ(Said("Opacity is compatible with edema."),
            "Lung Opacity 1, Edema -1");
  EXPECT_EQ(Said("Haze could be compatible with edema."), "Edema -1");
  EXPECT_EQ(Said("Haze can be due to edema."), "Edema -1");
  // As in the labeler's patterns, "is" makes the difference.
  EXPECT_EQ(Said("Findings compatible with edema."), "Edema 1");
  EXPECT_EQ(Said("Atelectasis secondary to effusion has resolved."),
            "Atelectasis 0, Pleural Effusion 0");
}

TEST_F(FindingRulesTest, ReadsWhatReportsSay) {
  EXPECT_EQ(Said("Retrocardiac opacity may be due to atelectasis, although "
                 "infection is not excluded."),
            "Lung Opacity 1, Pneumonia -1, Atelectasis -1");
  EXPECT_EQ(Said("Moderate cardiomegaly with mild fluid overload but no overt "
                 "pulmonary edema."),
            "Cardiomegaly 1, Edema 0");
  EXPECT_EQ(Said("The previously noted left effusion is smaller, and the edema "
                 "is no longer seen."),
            "Edema 0, Pleural Effusion 1");
  EXPECT_EQ(Said("There is no large effusion, though a pneumothorax can't be "
                 "excluded."),
            "Pneumothorax -1, Pleural Effusion 0");
  EXPECT_EQ(Said("Given the history of cough, pneumonia should be considered."),
            "Pneumonia -1");
  EXPECT_EQ(Said("Increased opacity, which may represent edema or pneumonia, "
                 "and small left effusion."),
            "Lung Opacity 1, Edema -1, Pneumonia -1, Pleural Effusion 1");
  EXPECT_EQ(Said("Pneumothorax: none. Effusion: small left. Edema: no."),
            "Edema 0, Pneumothorax 0, Pleural Effusion 1");
  EXPECT_EQ(Said("Effusion is probably present."), "Pleural Effusion -1");
  EXPECT_EQ(Said("Left effusion has decreased and is now trace."),
            "Pleural Effusion 1");
}

TEST_F(FindingRulesTest, NoChangeIsNoNegation) {
  EXPECT_EQ(Said("No significant interval change in left effusion."),
            "Pleural Effusion 1");
  EXPECT_EQ(Said("The effusion has not resolved."), "Pleural Effusion 1");
  EXPECT_EQ(Said("Partially resolved edema."), "Edema 1");
  EXPECT_EQ(Said("No increase in edema."), "Edema 1");
}

TEST_F(FindingRulesTest, TheStrongestMentionCounts) {
  EXPECT_EQ(Said("No left effusion. Small right effusion."),
            "Pleural Effusion 1");
  EXPECT_EQ(Said("No left effusion. Possible right effusion."),
            "Pleural Effusion -1");
  EXPECT_EQ(Said("Possible left effusion. Right effusion."),
            "Pleural Effusion 1");
}

TEST_F(FindingRulesTest, HeartFailureMakesCardiomegalyUncertain) {
  EXPECT_EQ(Said("CHF."), "Cardiomegaly -1, Edema 1");
  EXPECT_EQ(Said("Mild heart failure. Cardiomegaly."),
            "Cardiomegaly 1, Edema 1");
  EXPECT_EQ(Said("No heart failure."), "Edema 0");
}

TEST_F(FindingRulesTest, NoFindingMeansNothingButDevices) {
  EXPECT_TRUE(Healthy("Lungs are clear. No effusion. PICC in place."));
  EXPECT_TRUE(Healthy(""));
  EXPECT_TRUE(Healthy("No emphysema."));
  EXPECT_FALSE(Healthy("Emphysema."));
  EXPECT_FALSE(Healthy("Possible hernia."));
  EXPECT_FALSE(Healthy("Possible edema."));
}

TEST_F(FindingRulesTest, MentionsSayWhereAndWhy) {
  const Findings findings = rules_.Find("Lungs clear.  No EDEMA, mild mass");
  ASSERT_EQ(findings.text, "lungs clear. no edema, mild mass");
  ASSERT_EQ(findings.mentions.size(), 2);
  const FindingMention& edema = findings.mentions[0];
  EXPECT_EQ(edema.label, FindingLabel::kEdema);
  EXPECT_EQ(edema.state, MentionState::kNegative);
  EXPECT_EQ(edema.span, (TextSpan{16, 21}));
  EXPECT_EQ(edema.sentence, (TextSpan{13, 32}));
  EXPECT_EQ(edema.cue, "no");
  EXPECT_EQ(findings.mentions[1].state, MentionState::kPositive);
  EXPECT_EQ(findings.mentions[1].cue, "");
}

TEST_F(FindingRulesTest, AnyBytesAreRead) {
  const std::string nul(1, '\0');
  EXPECT_EQ(Said(absl::StrCat("No edema.", nul, " Mass", nul, " seen. ", nul)),
            "Lung Lesion 1, Edema 0");
  EXPECT_EQ(Said("\xff\xfe No \x80 edema \xc3. \xe2\x80 Mass\xf0"),
            "Lung Lesion 1, Edema 0");
  EXPECT_EQ(Said(nul), "");
  EXPECT_EQ(rules_.Find(nul).text, nul);
}

TEST_F(FindingRulesTest, ALongSentenceIsReadInParts) {
  std::string words;
  for (size_t i = 0; i + 2 < kMostWords; ++i) {
    absl::StrAppend(&words, " clear");
  }
  EXPECT_EQ(Said(absl::StrCat("No", words, " edema")), "Edema 0");
  const Findings findings =
      rules_.Find(absl::StrCat("No", words, " clear edema."));
  ASSERT_EQ(findings.mentions.size(), 1);
  EXPECT_EQ(findings.mentions[0].state, MentionState::kPositive);
  EXPECT_EQ(findings.mentions[0].sentence.end, findings.text.size());
  EXPECT_EQ(findings.mentions[0].sentence.begin,
            findings.text.size() - std::string(" edema.").size());
}

// 1 MB of each takes 0.2 s or less; cost that grows with the square of a
// sentence or word would be minutes.
TEST_F(FindingRulesTest, LongTextsTakeNoLonger) {
  for (const char* unit : {"opaci",
                           "edema ",
                           "no edema ",
                           "edema absent ",
                           "edema and absent ",
                           "removal of tube and ",
                           "edema some resolved ",
                           "calcified nodule ",
                           "possible edema, ",
                           "edema or ",
                           "the heart normal to mildly large, ",
                           "edema?",
                           "edema:",
                           "edema which ",
                           "secondary to edema resolved ",
                           "edema.",
                           "\xff"
                           "edema",
                           "?",
                           "a/",
                           "\n 1"}) {
    std::string text = "No mass ";
    while (text.size() < 1'000'000) {
      text += unit;
    }
    const absl::Time begin = absl::Now();
    EXPECT_EQ(rules_.Find(text).StateOf(FindingLabel::kLungLesion),
              MentionState::kNegative)
        << unit;
    EXPECT_LT(absl::Now() - begin, absl::Seconds(5)) << unit;
  }
}

}  // namespace
}  // namespace cxr
