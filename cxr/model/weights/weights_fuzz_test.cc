// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/weights_fuzz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/zip_directory.h"

namespace cxr {
namespace {

constexpr char kData[] = "cxr/model/weights/testdata";

void Feed(absl::string_view text) {
  const std::vector<uint8_t> bytes(text.begin(), text.end());
  EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
}

std::string Data(absl::string_view name) {
  return *ReadFile(TestData(absl::StrCat(kData, "/", name)));
}

// Of corpus/ each file was found by libFuzzer to take another way through the
// readers.
TEST(WeightsFuzzTest, KeepsItsPromisesOverFilesAndCorpus) {
  const std::string folder = TestData(kData);
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> names, ListFiles(folder));
  ASSERT_GT(names.size(), 20u);
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    ASSERT_OK_AND_ASSIGN(const std::string text,
                         ReadFile(JoinPath(folder, name)));
    Feed(text);
  }
}

TEST(WeightsFuzzTest, KeepsItsPromisesWithWrongBytes) {
  for (const absl::string_view name :
       {"kinds.safetensors", "untyped.pth", "bare.pth"}) {
    const std::string good = Data(name);
    for (size_t i = 0; i < good.size(); ++i) {
      for (const char wrong : {'\0', '\x7F', '\xFF', '('}) {
        std::string bytes = good;
        bytes[i] = wrong;
        Feed(bytes);
      }
    }
  }
}

TEST(WeightsFuzzTest, KeepsItsPromisesOverPickles) {
  for (const absl::string_view name : {"zip", "script", "untyped"}) {
    const std::string archive =
        Data(absl::StrCat(name, name == "script" ? ".pt" : ".pth"));
    ASSERT_OK_AND_ASSIGN(const ZipDirectory directory,
                         ZipDirectory::Parse(archive));
    const ZipEntry* const entry =
        directory.Find(absl::StrCat(name, "/data.pkl"));
    ASSERT_NE(entry, nullptr);
    for (size_t i = 0; i < entry->bytes.size(); ++i) {
      std::string pickle(entry->bytes);
      pickle[i] = static_cast<char>(pickle[i] + 1);
      Feed(pickle);
    }
  }
}

}  // namespace
}  // namespace cxr
