// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/study_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/textproto/textproto.h"

namespace cxr::reports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::string_view kStudy = R"pb(
  description: "How wide?"
  axes {
    axis {
      name: "size"
      points { name: "xs" }
      points { name: "s" }
    }
  }
  axes {
    axis {
      name: "seed"
      seeds {
        of: HEAD_INIT
        values: [ 0, 1 ]
      }
    }
  }
)pb";

spec::MetricValue Value(const char* metric, double value) {
  spec::MetricValue result;
  result.set_metric(metric);
  result.set_target("macro");
  result.set_value(value);
  result.set_images(1000);
  result.set_patients(264);
  result.set_positives(491);
  result.set_profile("TOY");
  return result;
}

TEST(StudyTableTest, EveryCellHasARowWithItsValueOrItsReason) {
  spec::StudySpec study;
  EXPECT_THAT(ParseTextproto(kStudy, study).issues, IsEmpty());
  spec::RungSpec rung;
  rung.set_name("demo");
  rung.set_description("small.");
  spec::ProtocolSpec protocol;
  protocol.set_name("corrected");
  protocol.set_description("repaired.");
  ResultMap results;
  spec::RunRecord record;
  record.add_notes("random weights");
  *record.add_metrics() = Value("auroc", 0.8);
  *record.add_metrics() = Value("auprc", 0.25);
  results["w/size=xs/seed=0"].records = {record};
  results["w/size=xs/seed=1"].missing = "data: no reader";
  results["w/size=s/seed=0"].failed = "x.png: no such file";
  EXPECT_EQ(RenderStudy({.name = "w",
                         .study = study,
                         .cells = CellsOf(study, "w"),
                         .rung = rung,
                         .protocol = protocol,
                         .results = results,
                         .same_as = {{"w/size=s/seed=1", "w/size=s/seed=0"}}}),
            "# w\n"
            "\n"
            "How wide?\n"
            "\n"
            "Rung demo: small.  \n"
            "Protocol corrected: repaired.\n"
            "\n"
            "| size | seed | Macro AUROC %     | Macro AUPRC %     |\n"
            "| ---- | ---- | ----------------- | ----------------- |\n"
            "| xs   | 0    | 80.00 (b) (a)     | 25.00 (b)         |\n"
            "| xs   | 1    | MISSING(data) (c) | MISSING(data) (c) |\n"
            "| s    | 0    | FAILED (d)        | FAILED (d)        |\n"
            "| s    | 1    | not run           | not run (e)       |\n"
            "\n"
            "(a) NOT_COMPARABLE(rung demo): random weights.  \n"
            "(b) 1,000 images of 264 patients, 491 positive labels; profile "
            "TOY.  \n"
            "(c) no reader.  \n"
            "(d) x.png: no such file  \n"
            "(e) Under these rules it computes what w/size=s/seed=0 does.  "
            "\n");
}

TEST(StudyTableTest, SeedsEndWithTheirMean) {
  spec::StudySpec study;
  EXPECT_THAT(ParseTextproto(kStudy, study).issues, IsEmpty());
  const spec::RungSpec rung;
  const spec::ProtocolSpec protocol;
  ResultMap results;
  ExperimentResult& mean = results["w/size=s"];
  *mean.records.emplace_back().add_metrics() = Value("auroc", 0.75);
  mean.seeds.emplace().declared = {"w/size=s/seed=0", "w/size=s/seed=1"};
  mean.seeds->ended_well = {"w/size=s/seed=0"};
  mean.seeds->failed["w/size=s/seed=1"] = "NaN";
  EXPECT_THAT(
      RenderStudy({.name = "w",
                   .study = study,
                   .study_name = "w",
                   .cells = CellsOf(study, "w"),
                   .rung = rung,
                   .protocol = protocol,
                   .results = results}),
      AllOf(
          HasSubstr("| s    | 1    | not run                      | not run   "
                    "    |\n"
                    "| s    | mean | 75.00 (1 of 2 seeds) (b) (a) | -         "
                    "    |\n"),
          HasSubstr("(b) one seed (w/size=s/seed=0); 1 failed of 2, "
                    "w/size=s/seed=1: NaN; 1,000 images")));
}

}  // namespace
}  // namespace cxr::reports
