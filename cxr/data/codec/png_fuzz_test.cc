// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/png_fuzz.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

// Of png_corpus each file was found by libFuzzer to take another way through
// the reader.
TEST(PngFuzzTest, KeepsItsPromisesOverTheCorpus) {
  for (const std::string name : {"png", "png_corpus"}) {
    const std::string folder =
        TestData(absl::StrCat("cxr/data/codec/testdata/", name));
    ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                         ListFiles(folder));
    ASSERT_GT(files.size(), 10u);
    for (const std::string& file : files) {
      SCOPED_TRACE(file);
      ASSERT_OK_AND_ASSIGN(const std::string text,
                           ReadFile(JoinPath(folder, file)));
      const std::vector<uint8_t> bytes(text.begin(), text.end());
      EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
    }
  }
}

}  // namespace
}  // namespace cxr
