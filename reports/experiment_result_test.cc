// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/experiment_result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/textproto/textproto.h"

namespace cxr::reports {
namespace {

using ::testing::IsEmpty;

spec::RunRecord Record(absl::string_view text) {
  spec::RunRecord record;
  EXPECT_THAT(ParseTextproto(text, record).issues, IsEmpty());
  return record;
}

spec::RungSpec Rung(const char* name) {
  spec::RungSpec rung;
  rung.set_name(name);
  return rung;
}

TEST(ExperimentResultTest, TheKindOfAReasonStandsInTheCell) {
  EXPECT_EQ(MissingText("data: CheXpert is licensed"), "MISSING(data)");
  EXPECT_EQ(MissingReason("data: CheXpert is licensed"),
            "CheXpert is licensed");
  EXPECT_EQ(MissingReason("data: a.csv: no such file"), "a.csv: no such file");
}

TEST(ExperimentResultTest, AReasonWithoutAKindIsKeptWhole) {
  EXPECT_EQ(MissingText("not run"), "MISSING");
  EXPECT_EQ(MissingReason("not run"), "not run");
}

TEST(ExperimentResultTest, NotesAreThoseOfAllStagesInOrder) {
  EXPECT_EQ(NotesOf({.records = {Record("notes: 'data NIH64'"), Record(""),
                                 Record("notes: ['five folds', 'CPU']")}}),
            "data NIH64; five folds; CPU");
  EXPECT_EQ(NotesOf({}), "");
}

TEST(ExperimentResultTest, OnlyThePapersRungIsComparable) {
  const ExperimentResult result{.records = {Record("notes: 'data X'")}};
  EXPECT_EQ(ComparabilityText(Rung("demo"), result),
            "NOT_COMPARABLE(rung demo): data X.");
  EXPECT_EQ(ComparabilityText(Rung("paper"), result), "data X.");
}

TEST(ExperimentResultTest, RandomWeightsShowInTheIdentity) {
  EXPECT_TRUE(HasRandomWeights(
      {.records = {
           Record("identity { path: 'features.vit.weights.random.seed' }")}}));
  EXPECT_FALSE(HasRandomWeights(
      {.records = {Record("identity { path: 'vit.weights.pretrained.x' }")}}));
}

TEST(ExperimentResultTest, AMissingOneTellsWhatIsMissing) {
  EXPECT_EQ(RenderExperiment("x", Rung("demo"),
                             {.missing = "data: RSNA is licensed"}),
            "# x\n"
            "\n"
            "MISSING(data): RSNA is licensed\n");
}

TEST(ExperimentResultTest, AFailedOneTellsWhy) {
  EXPECT_EQ(RenderExperiment("x", Rung("demo"), {.failed = "a.png: truncated"}),
            "# x\n"
            "\n"
            "FAILED: a.png: truncated\n");
}

// Written down by hand from the description of the format.
TEST(ExperimentResultTest, AFinishedOneShowsAllItsMetrics) {
  const spec::RunRecord score = Record(R"pb(
    metrics {
      metric: "auroc"
      target: "Mass"
      value: 0.5
      images: 1000
      patients: 264
      positives: 83
      profile: "TOY"
      interval { low: 0.25 high: 0.75 kind: "95 % toy" redrawn: 2 }
    }
    metrics { metric: "auroc" target: "Edema" value: nan images: 1000 }
    metrics {
      metric: "auroc"
      target: "macro"
      value: nan
      images: 1000
      patients: 264
      positives: 83
      profile: "TOY"
    }
    metrics { metric: "auprc" target: "Mass" value: 0.125 }
    metrics { metric: "auprc" target: "macro" value: 0.125 }
  )pb");
  EXPECT_EQ(
      RenderExperiment("x", Rung("demo"),
                       {.records = {Record("notes: 'random weights'"), score}}),
      "# x\n"
      "\n"
      "| Target | Positives   | AUROC %             | AUPRC % |\n"
      "| ------ | ----------- | ------------------- | ------- |\n"
      "| Mass   | 83 of 1,000 | 50.00 [25.00,75.00] | 12.50   |\n"
      "| Edema  | 0 of 1,000  | undefined           | -       |\n"
      "| macro  | 83 labels   | undefined           | 12.50   |\n"
      "\n"
      "NOT_COMPARABLE(rung demo): random weights.  \n"
      "Macro AUROC: 1,000 images of 264 patients, 83 positive labels; "
      "profile TOY.\n");
}

TEST(ExperimentResultTest, OneThatScoresNothingTellsWhereItsFilesAre) {
  const spec::RunRecord pretraining = Record(R"pb(
    stage: "pretrain"
    id: "0a1b"
    attempt: 2
    artifacts { name: "teacher.safetensors" bytes: 4948568 }
    artifacts { name: "log.csv" bytes: 12 }
    notes: [ "data CHEXPERT", "4 steps" ]
  )pb");
  EXPECT_EQ(RenderExperiment("x", Rung("smoke"), {.records = {pretraining}}),
            "# x\n"
            "\n"
            "NOT_COMPARABLE(rung smoke): data CHEXPERT; 4 steps.\n"
            "\n"
            "Files, in the store's folder stages/pretrain/0a1b/2:\n"
            "\n"
            "| File                | Bytes     |\n"
            "| ------------------- | --------- |\n"
            "| teacher.safetensors | 4,948,568 |\n"
            "| log.csv             | 12        |\n");
}

TEST(ExperimentResultTest, RecordsOfOtherCodeAreMarked) {
  ExperimentResult result;
  result.records.emplace_back().add_notes("5 folds");
  EXPECT_EQ(NotesOf(result), "5 folds");
  result.made_by_other_code = {"features", "train"};
  EXPECT_EQ(NotesOf(result),
            "5 folds; DRIFT: other code made its features, train (cxr why)");
}

TEST(ExperimentResultTest, TheDataStageSaysWhatWasDrawn) {
  ExperimentResult result;
  spec::RunRecord& record = result.records.emplace_back();
  record.add_notes("data RSNA, SYNTHETIC");
  record.set_stage("pretrain");
  EXPECT_FALSE(IsSynthetic(result));
  record.set_stage("data");
  EXPECT_TRUE(IsSynthetic(result));
  record.set_notes(0, "data NIH64");
  EXPECT_FALSE(IsSynthetic(result));
}

}  // namespace
}  // namespace cxr::reports
