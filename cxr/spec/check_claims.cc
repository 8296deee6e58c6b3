// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/check_claims.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

// A cell with its path in the file.
struct PlacedCell {
  const spec::CellReference* cell = nullptr;
  std::string field = {};
};

// Every cell that a claim, whose path is `field`, compares.
std::vector<PlacedCell> CellsOf(const spec::ClaimSpec& claim,
                                const std::string& field) {
  const auto at = [&](absl::string_view inner) {
    return JoinField(field, inner);
  };
  switch (claim.check_case()) {
    case spec::ClaimSpec::kOrder:
      return {{&claim.order().greater(), at("order.greater")},
              {&claim.order().less(), at("order.less")}};
    case spec::ClaimSpec::kRatio:
      return {{&claim.ratio().numerator(), at("ratio.numerator")},
              {&claim.ratio().denominator(), at("ratio.denominator")}};
    case spec::ClaimSpec::kValue:
      return {{&claim.value().cell(), at("value.cell")}};
    case spec::ClaimSpec::kWithin:
      return {{&claim.within().first(), at("within.first")},
              {&claim.within().second(), at("within.second")}};
    case spec::ClaimSpec::kIncreasing: {
      std::vector<PlacedCell> cells;
      for (int i = 0; i < claim.increasing().cells_size(); ++i) {
        cells.push_back({&claim.increasing().cells(i),
                         ItemField(at("increasing.cells"), i)});
      }
      return cells;
    }
    case spec::ClaimSpec::CHECK_NOT_SET:
      break;
  }
  return {};
}

// What is wrong with a cell; the path of the problem begins with `field`.
std::vector<FieldProblem> CheckCell(const PlacedCell& placed,
                                    const spec::PublishedValues& table) {
  const spec::CellReference& cell = *placed.cell;
  std::vector<std::string> keys;
  const spec::PublishedRow* row = nullptr;
  for (const spec::PublishedRow& candidate : table.rows()) {
    keys.push_back(candidate.key());
    row = candidate.key() == cell.row() ? &candidate : row;
  }
  const auto column =
      std::find(table.columns().begin(), table.columns().end(), cell.column());
  std::vector<FieldProblem> problems;
  if (row == nullptr) {
    problems.push_back(
        {.field = JoinField(placed.field, "row"),
         .message = absl::StrCat("no row '", cell.row(),
                                 "'; there are: ", absl::StrJoin(keys, ", "))});
  }
  if (column == table.columns().end()) {
    problems.push_back(
        {.field = JoinField(placed.field, "column"),
         .message = absl::StrCat("no column '", cell.column(), "'; there are: ",
                                 absl::StrJoin(table.columns(), ", "))});
  }
  if (problems.empty()) {
    const auto place = column - table.columns().begin();
    if (place >= row->cells_size() ||
        !row->cells(static_cast<int>(place)).has_number()) {
      problems.push_back(
          {.field = placed.field, .message = "this cell holds no number"});
    }
  }
  return problems;
}

}  // namespace

std::vector<FieldProblem> CheckClaims(const spec::ClaimSet& claims,
                                      PublishedFinder find) {
  std::vector<FieldProblem> problems;
  std::set<std::string> names;
  for (int i = 0; i < claims.claims_size(); ++i) {
    const spec::ClaimSpec& claim = claims.claims(i);
    const std::string field = ItemField("claims", i);
    if (!names.insert(claim.name()).second) {
      problems.push_back(
          {.field = JoinField(field, "name"),
           .message = absl::StrCat("'", claim.name(), "' stands there twice")});
    }
    if (claim.has_increasing() && claim.increasing().cells_size() < 2) {
      problems.push_back({.field = JoinField(field, "increasing.cells"),
                          .message = "expected two cells or more"});
    }
    for (const PlacedCell& placed : CellsOf(claim, field)) {
      const spec::PublishedValues* table = find(placed.cell->table());
      if (table != nullptr) {
        for (FieldProblem& problem : CheckCell(placed, *table)) {
          problems.push_back(std::move(problem));
        }
      }
    }
  }
  return problems;
}

}  // namespace cxr
