// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "reports/grid.h"

#include <gtest/gtest.h>

namespace cxr::reports {
namespace {

TEST(GridTest, PadsColumnsAndMarksBold) {
  EXPECT_EQ(ToMarkdown({.header = {"Model", "A"},
                        .rows = {{{.text = "S"}, {.text = "83.34"}},
                                 {{.text = "B", .bold = true}, {}}}}),
            "| Model | A     |\n"
            "| ----- | ----- |\n"
            "| S     | 83.34 |\n"
            "| **B** |       |\n");
}

TEST(GridTest, EscapesBarsAndCountsCharacters) {
  EXPECT_EQ(ToMarkdown({.header = {"a|b"}, .rows = {{{.text = "µ"}}}}),
            "| a\\|b |\n"
            "| ---- |\n"
            "| µ    |\n");
}

}  // namespace
}  // namespace cxr::reports
