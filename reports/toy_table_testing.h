// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef REPORTS_TOY_TABLE_TESTING_H_
#define REPORTS_TOY_TABLE_TESTING_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/textproto/textproto.h"
#include "reports/table_input.h"

// A small table and what came out of its experiments, for tests of reports.

namespace cxr::reports {

template <typename Message>
Message Parse(absl::string_view text) {
  Message message;
  EXPECT_THAT(ParseTextproto(text, message).issues, ::testing::IsEmpty())
      << text;
  return message;
}

inline constexpr absl::string_view kPublished = R"pb(
  source: "a README"
  notes: "printed by hand."
  columns: [ "Model", "A", "B", "Avg." ]
  rows {
    key: "s"
    cells { text: "{family}(S)" }
    cells {
      number {
        value: 83.3
        decimals: 2
        interval { low: 83.17 high: 83.39 source: "c" }
      }
      bold: true
    }
    cells {
      number { value: 46.03 decimals: 2 }
      suffix: " (AUPRC)"
    }
    cells { number { value: 86.05 decimals: 2 } }
  }
)pb";

inline constexpr absl::string_view kTable = R"pb(
  title: "{family}: toy"
  published: "toy"
  columns { metric: MACRO_AUROC decimals: 2 }
  columns { metric: MACRO_AUPRC decimals: 2 suffix: " (AUPRC)" }
  columns {
    average { columns: [ "A", "B" ] }
    decimals: 1
  }
  rows {
    label: "{family}(S)"
    published_row: "s"
    cells { column: "A" experiment: "s_a" }
    cells { column: "B" experiment: "s_b" }
  }
)pb";

// As the score stage writes it.
inline spec::MetricValue Value(const std::string& metric,
                               const std::string& target, double value) {
  spec::MetricValue result;
  result.set_metric(metric);
  result.set_target(target);
  result.set_value(value);
  result.set_images(1000);
  result.set_patients(264);
  result.set_positives(491);
  result.set_profile("TOY");
  return result;
}

inline spec::MetricValue WithInterval(spec::MetricValue value, double low,
                                      double high) {
  value.mutable_interval()->set_low(low);
  value.mutable_interval()->set_high(high);
  value.mutable_interval()->set_kind("95 % toy");
  return value;
}

// The records of an experiment with these metrics and one note.
inline ExperimentResult Computed(std::vector<spec::MetricValue> metrics,
                                 const std::string& note = "random weights") {
  ExperimentResult result;
  result.records.resize(2);
  result.records[0].add_notes(note);
  for (spec::MetricValue& value : metrics) {
    *result.records[1].add_metrics() = std::move(value);
  }
  return result;
}

inline ExperimentResult Macro(double auroc, double auprc) {
  return Computed(
      {Value("auroc", "macro", auroc), Value("auprc", "macro", auprc)});
}

// A table of two columns and their mean, with the results that a test gives.
class ToyTableTest : public ::testing::Test {
 protected:
  ToyTableTest()
      : table_(Parse<spec::TableSpec>(kTable)),
        published_(Parse<spec::PublishedValues>(kPublished)) {
    family_.set_display("Toy");
    rung_.set_name("demo");
    rung_.set_description("small.");
    protocol_.set_name("as_published");
    protocol_.set_description("as it was.");
    rung_.set_judges_sanity_checks(true);
  }

  ResultsTableInput Input() const {
    return {.name = "table_toy",
            .table = table_,
            .published = published_,
            .family = family_,
            .rung = rung_,
            .protocols = {{protocol_, results_}}};
  }

  void AddCheck(double minimum) {
    *table_.add_sanity_checks() = Parse<spec::SanityCheckSpec>(
        absl::StrCat("label: 'view' minimum_auroc: ", minimum,
                     " experiments { heading: '{family}' experiment: 'v' }"));
  }

  spec::TableSpec table_;
  spec::PublishedValues published_;
  spec::FamilySpec family_;
  spec::RungSpec rung_;
  spec::ProtocolSpec protocol_;
  ResultMap results_;
};

}  // namespace cxr::reports

#endif  // REPORTS_TOY_TABLE_TESTING_H_
