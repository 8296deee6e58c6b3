// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/fuzz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

// Found by libFuzzer; each file takes another way through the reader.
constexpr char kCorpus[] = "cxr/textproto/corpus";

TEST(TextprotoFuzzTest, KeepsItsPromisesOverTheCorpus) {
  const std::string folder = TestData(kCorpus);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names, ListFiles(folder));
  ASSERT_GT(names.size(), 10u);
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const std::string text,
                         ReadFile(JoinPath(folder, name)));
    const std::vector<uint8_t> bytes(text.begin(), text.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

// Of these, protobuf accepts those of a google.protobuf.Type; we reject the
// numbers without a name, and Any.
TEST(TextprotoFuzzTest, KeepsItsPromisesOverEnumsOfProto3) {
  for (const std::string text :
       {"syntax: SYNTAX_PROTO3 fields { kind: TYPE_BOOL }",
        "fields { kind: 3 cardinality: 0x2 }", "syntax: 0", "syntax: 7",
        "syntax: -1", "fields { kind: 1 } fields [{ kind: 0777 }]",
        "fields { kind: 99999999999 }",
        "options { value { [type.googleapis.com/google.protobuf.Type] {} } "
        "}"}) {
    const std::vector<uint8_t> bytes(text.begin(), text.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

TEST(TextprotoFuzzTest, KeepsItsPromisesOverEveryByteAndPair) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; second += 5) {
      const std::vector<uint8_t> bytes = {static_cast<uint8_t>(first),
                                          static_cast<uint8_t>(second)};
      EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
    }
  }
}

}  // namespace
}  // namespace cxr
