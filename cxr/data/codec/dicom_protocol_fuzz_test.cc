// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_protocol_fuzz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/dicom_protocol.h"

namespace cxr {
namespace {

// Found by libFuzzer; each file takes another way through the protocol.
constexpr char kCorpus[] = "cxr/data/codec/testdata/dicom_corpus";

TEST(DicomProtocolFuzzTest, KeepsItsPromisesOverTheCorpus) {
  const std::string folder = TestData(kCorpus);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names, ListFiles(folder));
  ASSERT_GT(names.size(), 10u);
  int accepted = 0;
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const std::string bytes,
                         ReadFile(JoinPath(folder, name)));
    const std::vector<uint8_t> data(bytes.begin(), bytes.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(data.data(), data.size()), 0);
    accepted += DecodeAnswer(bytes).ok() ? 1 : 0;
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace cxr
