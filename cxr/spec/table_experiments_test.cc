// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/table_experiments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

TEST(TableExperimentsTest, EachOnceInTheOrderOfTheTable) {
  spec::TableSpec table;
  spec::RowSpec& row = *table.add_rows();
  row.add_cells()->set_experiment("b");
  row.add_cells()->set_experiment("a");
  table.add_details()->add_experiments()->set_experiment("a");
  table.add_sanity_checks()->add_experiments()->set_experiment("c");
  EXPECT_THAT(ExperimentsOf(table), ::testing::ElementsAre("b", "a", "c"));
}

}  // namespace
}  // namespace cxr
