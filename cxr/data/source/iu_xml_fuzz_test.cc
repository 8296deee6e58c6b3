// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_xml_fuzz.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

// Written by hand in the structure of OpenI's files; the rest is broken in one
// way each.
constexpr char kCorpus[] = "cxr/data/source/testdata/iu_xml";

TEST(IuXmlFuzzTest, KeepsItsPromisesOverTheCorpus) {
  const std::string folder = TestData(kCorpus);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names, ListFiles(folder));
  ASSERT_GT(names.size(), 5u);
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const std::string text,
                         ReadFile(JoinPath(folder, name)));
    const std::vector<uint8_t> bytes(text.begin(), text.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

// Every beginning of every file, as a copy that broke off leaves it.
TEST(IuXmlFuzzTest, KeepsItsPromisesOverCutFiles) {
  const std::string folder = TestData(kCorpus);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names, ListFiles(folder));
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const std::string text,
                         ReadFile(JoinPath(folder, name)));
    const std::vector<uint8_t> bytes(text.begin(), text.end());
    for (size_t size = 0; size < bytes.size(); ++size) {
      ASSERT_EQ(LLVMFuzzerTestOneInput(bytes.data(), size), 0);
    }
  }
}

}  // namespace
}  // namespace cxr
