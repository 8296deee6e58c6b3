// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kA1[] = "table: 't' row: 'a' column: '1'";
constexpr char kB1[] = "table: 't' row: 'b' column: '1'";

std::vector<std::string> Problems(absl::string_view claims) {
  const auto table = ParseSpec<spec::PublishedValues>(
      "columns: ['Model', '1', '2']"
      "rows { key: 'a' cells { text: 'A' } cells { number { value: 1 } }"
      "  cells { number { value: 2 } } }"
      "rows { key: 'b' cells { text: 'B' } cells { number { value: 3 } }"
      "  cells { text: '-' } }");
  return TextsOf(CheckClaims(
      ParseSpec<spec::ClaimSet>(claims),
      [&](absl::string_view name) { return name == "t" ? &table : nullptr; }));
}

std::string Order(absl::string_view name, absl::string_view greater,
                  absl::string_view less) {
  return absl::StrCat("claims { name: '", name, "' order { greater { ", greater,
                      " } less { ", less, " } } }");
}

TEST(CheckClaimsTest, ClaimsOfWhatIsPrintedHaveNoProblems) {
  EXPECT_THAT(
      Problems(absl::StrCat(Order("x", kB1, kA1), Order("y", kA1, kB1))),
      IsEmpty());
}

TEST(CheckClaimsTest, NamesStandOnce) {
  EXPECT_THAT(
      Problems(absl::StrCat(Order("x", kB1, kA1), Order("x", kA1, kB1))),
      ElementsAre("claims[1].name: 'x' stands there twice"));
}

TEST(CheckClaimsTest, RowsAndColumnsAreThere) {
  EXPECT_THAT(
      Problems(Order("x", "table: 't' row: 'c' column: '3'", kA1)),
      ElementsAre("claims[0].order.greater.row: no row 'c'; there are: a, b",
                  "claims[0].order.greater.column: no column '3'; there are: "
                  "Model, 1, 2"));
}

TEST(CheckClaimsTest, CellsHoldNumbers) {
  EXPECT_THAT(Problems(Order("x", kA1, "table: 't' row: 'b' column: '2'")),
              ElementsAre("claims[0].order.less: this cell holds no number"));
  EXPECT_THAT(Problems(Order("x", "table: 't' row: 'a' column: 'Model'", kA1)),
              ElementsAre("claims[0].order.greater: this cell holds no "
                          "number"));
}

TEST(CheckClaimsTest, EveryKindOfClaimIsJudged) {
  constexpr char kGone[] = "table: 't' row: 'z' column: '1'";
  constexpr char kNoRow[] = ".row: no row 'z'; there are: a, b";
  const auto problems = [&](absl::string_view check) {
    return Problems(absl::StrCat("claims { name: 'x' ", check, " }"));
  };
  for (const char* field :
       {"order.less", "ratio.numerator", "ratio.denominator", "value.cell",
        "within.first", "within.second"}) {
    const std::string path = field;
    const size_t dot = path.find('.');
    std::string check = absl::StrCat(path.substr(0, dot), " { ",
                                     path.substr(dot + 1), " { ", kGone, " }");
    // The other cell is not set, and of no known table.
    EXPECT_THAT(problems(absl::StrCat(check, " }")),
                ElementsAre(absl::StrCat("claims[0].", field, kNoRow)));
  }
  EXPECT_THAT(
      problems(absl::StrCat("increasing { cells { ", kA1, " } cells { ", kGone,
                            " } }")),
      ElementsAre(absl::StrCat("claims[0].increasing.cells[1]", kNoRow)));
}

TEST(CheckClaimsTest, OneCellDoesNotIncrease) {
  EXPECT_THAT(
      Problems(absl::StrCat("claims { name: 'x' increasing { cells { ", kA1,
                            " } } }")),
      ElementsAre("claims[0].increasing.cells: expected two cells or more"));
}

TEST(CheckClaimsTest, TablesThatAreNotThereAreOthersMatter) {
  EXPECT_THAT(Problems(Order("x", "table: 'u' row: 'z' column: 'z'", kA1)),
              IsEmpty());
}

}  // namespace
}  // namespace cxr
