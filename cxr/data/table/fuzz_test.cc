// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/fuzz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

// Found by libFuzzer; each file takes another way through the readers.
std::vector<std::string> Corpus(absl::string_view name) {
  const std::string folder =
      TestData(absl::StrCat("cxr/data/table/corpus/", name));
  std::vector<std::string> inputs;
  const absl::StatusOr<std::vector<std::string>> names = ListFiles(folder);
  EXPECT_OK(names);
  for (const std::string& file : *names) {
    const absl::StatusOr<std::string> input = ReadFile(JoinPath(folder, file));
    EXPECT_OK(input);
    inputs.push_back(*input);
  }
  EXPECT_GT(inputs.size(), 10u) << name;
  return inputs;
}

TEST(TableFuzzTest, CsvKeepsItsPromises) {
  for (const std::string& input : Corpus("csv")) {
    CheckCsv(input);
  }
}

TEST(TableFuzzTest, ListLiteralsKeepTheirPromises) {
  for (const std::string& input : Corpus("list_literal")) {
    CheckListLiteral(input);
  }
}

TEST(TableFuzzTest, MasksKeepTheirPromises) {
  for (const std::string& input : Corpus("rle")) {
    CheckRle(input);
    CheckPolygon(input);
  }
}

// All texts of few letters.
TEST(TableFuzzTest, CsvKeepsItsPromisesOverShortTexts) {
  constexpr absl::string_view kLetters = "a,\"\n\r";
  int texts = 0;
  for (int size = 0; size <= 7; ++size) {
    std::vector<size_t> digits(size);
    size_t at = 0;
    do {
      std::string text;
      for (const size_t digit : digits) {
        text.push_back(kLetters[digit]);
      }
      CheckCsv(text);
      ++texts;
      for (at = 0; at < digits.size(); ++at) {
        digits[at] = (digits[at] + 1) % kLetters.size();
        if (digits[at] != 0) {
          break;
        }
      }
    } while (at < digits.size());
  }
  EXPECT_EQ(texts, 97656);  // 5^0 + ... + 5^7
}

}  // namespace
}  // namespace cxr
