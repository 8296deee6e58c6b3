// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/fuzz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

// Specs of every kind, right and wrong, and what libFuzzer made of them.
constexpr char kCorpus[] = "cxr/spec/testdata/fuzz_corpus";

TEST(SpecFuzzTest, KeepsItsPromisesOverTheCorpus) {
  const std::string folder = TestData(kCorpus);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names, ListFiles(folder));
  ASSERT_GT(names.size(), 20u);
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const std::string text,
                         ReadFile(JoinPath(folder, name)));
    const std::vector<uint8_t> bytes(text.begin(), text.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

}  // namespace
}  // namespace cxr
