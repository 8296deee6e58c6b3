// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Tables with lines, seeds and two protocols, from the command line.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/testing.h"
#include "cxr/spec/table_report.pb.h"
#include "tests/program.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHead[] = "spec_version: 2\n";

spec::TableReports ReadJson(const std::string& json) {
  spec::TableReports reports;
  const auto status =
      google::protobuf::util::JsonStringToMessage(json, &reports);
  EXPECT_TRUE(status.ok()) << status.message() << json;
  return reports;
}

// A place with a study of the control of pixels over three seeds, and a table
// with its mean, one of its seeds, and what is counted.
class SeededPlace : public Workplace {
 public:
  SeededPlace() {
    CopyRoot();
    Overwrite(Copied("experiments/ablate/toy_seeds.textproto"),
              absl::StrCat(kHead, R"pb(
                description: "d"
                include: [ "nih_cxr8", "pixel_probe", "official_test" ]
                axes {
                  axis {
                    name: "set"
                    points { name: "nih" }
                  }
                }
                axes {
                  axis {
                    name: "seed"
                    seeds {
                      of: HEAD_INIT
                      values: [ 1, 2, 3 ]
                    }
                  }
                }
              )pb"));
    Overwrite(Copied("experiments/tables/table_toy.textproto"),
              absl::StrCat(kHead, R"pb(
                title: "{family}: toy"
                published: "ablation"
                columns { metric: MACRO_AUROC decimals: 2 }
                rows {
                  label: "{family}(S)"
                  published_row: "s"
                  lines {
                    label: "three seeds"
                    cells { column: "CheXpert" experiment: "toy_seeds/set=nih" }
                  }
                  lines {
                    label: "one"
                    cells {
                      column: "CheXpert"
                      experiment: "toy_seeds/set=nih/seed=2"
                    }
                  }
                }
              )pb"));
  }
};

TEST(TableCliTest, ACellWithoutItsSeedsIsTheirMean) {
  const SeededPlace place;
  const ProgramResult run = place.Run("run table_toy --rung=smoke");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("| smoke, three seeds (a) "));
  EXPECT_THAT(run.out, HasSubstr("CheXpert: mean of 3 seeds, standard "
                                 "deviation "));
  EXPECT_THAT(run.out, HasSubstr(" and of the 3 runs"));
  EXPECT_THAT(run.out, ContainsRegex(". Chance .... +. 50.00 "));
  EXPECT_EQ(Contents(place.out() + "/table_toy.md"), run.out);
  const std::string json = Contents(place.out() + "/table_toy.json");
  const spec::TableReports reports = ReadJson(json);
  ASSERT_EQ(reports.tables_size(), 1);
  ASSERT_EQ(reports.tables(0).lines_size(), 5);
  const spec::TableCell& mean = reports.tables(0).lines(2).cells(0);
  const spec::TableCell& one = reports.tables(0).lines(3).cells(0);
  EXPECT_EQ(mean.seeds().declared(), 3);
  ASSERT_EQ(mean.seeds().values_size(), 3);
  EXPECT_EQ(mean.seeds().values(1), one.metric().value());
  EXPECT_THAT(mean.experiments(), ElementsAre("toy_seeds/set=nih/seed=1",
                                              "toy_seeds/set=nih/seed=2",
                                              "toy_seeds/set=nih/seed=3"));
  EXPECT_EQ(mean.published().value(), 83.28);
  ASSERT_OK_AND_ASSIGN(
      const CsvTable csv,
      CsvTable::Parse(Contents(place.out() + "/table_toy.csv"), "csv"));
  EXPECT_EQ(csv.rows().size(), 4u);
  const std::string render = "render table_toy --rung=smoke";
  EXPECT_EQ(place.Run(render).out, run.out);
  EXPECT_EQ(place.Run(absl::StrCat(render, " --format=json")).out, json);
  EXPECT_EQ(place.Run(absl::StrCat(render, " --format=csv")).out,
            Contents(place.out() + "/table_toy.csv"));
}

TEST(TableCliTest, SeedsAreRunPlannedAndNamedTogether) {
  const SeededPlace place;
  EXPECT_THAT(place.Run("plan toy_seeds/set=nih --rung=smoke").out,
              HasSubstr("toy_seeds/set=nih/seed=3"));
  EXPECT_THAT(place.Run("run toy_seeds/set=nhi --rung=smoke").err,
              HasSubstr("no cell 'toy_seeds/set=nhi'; did you mean "
                        "'toy_seeds/set=nih'?"));
  const ProgramResult part =
      place.Run("run table_toy --rung=smoke --cell=s.one.CheXpert");
  EXPECT_EQ(part.exit_code, 0) << part.err;
  EXPECT_THAT(part.out, HasSubstr(" (1 of 3 seeds) "));
  EXPECT_THAT(part.out, HasSubstr("one seed (toy_seeds/set=nih/seed=2); 2 "
                                  "missing of 3, "));
  const ProgramResult study = place.Run("run toy_seeds/set=nih --rung=smoke");
  EXPECT_EQ(study.exit_code, 0) << study.err;
  EXPECT_THAT(study.out, ContainsRegex("nih +. mean +. "));
  EXPECT_THAT(place.Run("why table_toy --rung=smoke").out,
              HasSubstr(": 0 stages would be executed, "));
}

TEST(TableCliTest, ProtocolsStandSideBySide) {
  const Workplace place;
  const std::string words = "table_classification --rung=smoke --protocol=both";
  const ProgramResult run = place.Run(absl::StrCat("run ", words));
  EXPECT_EQ(run.exit_code, kSmokeExit) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("\nProtocol as_published: "),
                             HasSubstr("\nProtocol corrected: "),
                             HasSubstr(", as_published (a) "),
                             HasSubstr(", corrected (")));
  EXPECT_THAT(run.out,
              HasSubstr("## What corrected does otherwise than as_published"));
  EXPECT_THAT(run.out, ContainsRegex("features.vit.pooled.token +. "
                                     "TOP_LEFT_PATCH_AS_RELEASED +. "
                                     "CLASS_TOKEN"));
  EXPECT_EQ(Contents(place.out() + "/table_classification_both.md"), run.out);
  EXPECT_EQ(place.Run(absl::StrCat("render ", words)).out, run.out);
  const std::string plan = place.Run(absl::StrCat("plan ", words)).out;
  EXPECT_THAT(plan, AllOf(HasSubstr("protocol as_published"),
                          HasSubstr("protocol corrected")));
  for (const std::string wrong :
       {"run classify_rsna_s --protocol=both",
        "plan table_classification --protocol=both --format=json"}) {
    const ProgramResult result = place.Run(wrong);
    EXPECT_EQ(result.exit_code, 64) << wrong;
    EXPECT_THAT(result.err, HasSubstr("--protocol=both"));
  }
}

TEST(TableCliTest, WhatIsCountedNeedsNoRun) {
  const Workplace place;
  const ProgramResult result =
      place.Run("render table_comparison_checkpoints --rung=smoke");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, ContainsRegex("counted as published +. 22.06M [^|]+. "
                                        "3.63 ExaFLOPs"));
  EXPECT_THAT(result.out, HasSubstr("26.78 ExaFLOPs"));
  EXPECT_THAT(place.Run("render table_datasets --rung=smoke").out,
              HasSubstr("RSNA ("));
}

TEST(TableCliTest, ATableMayShowOthers) {
  const Workplace place;
  const ProgramResult result =
      place.Run("render table_comparison --rung=smoke");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              AllOf(HasSubstr("# CheXformer and others: classification"),
                    HasSubstr("# CheXformer and others: checkpoints"),
                    HasSubstr("own processor")));
  const std::string json =
      place.Run("render table_comparison --rung=smoke --format=json").out;
  EXPECT_EQ(ReadJson(json).tables_size(), 4);
  EXPECT_THAT(place.Run("render classify_rsna_s --format=csv").err,
              HasSubstr("is no table, expected text"));
  EXPECT_THAT(place.Run("render table_comparison --format=tex").err,
              HasSubstr("found 'tex', expected text, csv or json"));
  EXPECT_THAT(result.out, Not(HasSubstr("FAILED")));
}

}  // namespace
}  // namespace cxr::tests
