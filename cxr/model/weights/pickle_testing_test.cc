// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/pickle_testing.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace cxr {
namespace {

// The opcodes of pickle.dumps(("a", -2, OrderedDict), 2) of Python 3.11, less
// those that remember values.
TEST(PickleTestingTest, WritesPythonsOpcodes) {
  const std::string tuple =
      absl::StrCat(PickledText("a"), PickledInteger(-2),
                   PickledGlobal("collections", "OrderedDict"), "\x87");
  const char expected[] =
      "\x80\x02X\x01\x00\x00\x00"
      "aJ\xfe\xff\xff\xff"
      "ccollections\nOrderedDict\n\x87.";
  EXPECT_EQ(Pickled(tuple), std::string(expected, sizeof(expected) - 1));
}

}  // namespace
}  // namespace cxr
