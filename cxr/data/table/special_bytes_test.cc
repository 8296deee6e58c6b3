// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/special_bytes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cxr/base/rng.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using Find = uint32_t* (*)(absl::string_view, uint32_t*);

std::vector<uint32_t> Found(Find find, absl::string_view text) {
  std::vector<uint32_t> places(text.size() + kPlacesAtOnce);
  places.resize(find(text, places.data()) - places.data());
  return places;
}

std::vector<uint32_t> FoundOneByOne(absl::string_view text) {
  std::vector<uint32_t> places;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',' || text[i] == '"' || text[i] == '\n') {
      places.push_back(i);
    }
  }
  return places;
}

// All that SpecialBytes gives, up to the end of the text.
std::vector<size_t> Walked(absl::string_view text, size_t at) {
  SpecialBytes special;
  special.Start(text, at);
  std::vector<size_t> places;
  const uint32_t* next = special.end();
  do {
    if (next == special.end()) {
      next = special.FindMore();
    }
    places.push_back(special.base() + *next++);
  } while (places.back() < text.size());
  return places;
}

TEST(SpecialBytesTest, FindsCommasQuotesAndLineFeedsOnly) {
  std::string text;
  for (int i = 0; i < 256; ++i) {
    text.push_back(static_cast<char>(i));
  }
  EXPECT_THAT(Found(FindSpecialBytes, text), ElementsAre('\n', '"', ','));
  EXPECT_THAT(Found(FindSpecialBytesPortably, text),
              ElementsAre('\n', '"', ','));
}

TEST(SpecialBytesTest, FindsThemAtEveryLengthAndDensity) {
  const CounterRng rng(1, "special bytes");
  uint64_t drawn = 0;
  for (int size = 0; size < 300; ++size) {
    for (const uint64_t density : {1, 2, 10, 100}) {
      std::string text(size, 'x');
      for (char& c : text) {
        if (rng.Below(drawn++, density) == 0) {
          c = ",\"\n"[rng.Below(drawn++, 3)];
        }
      }
      const std::vector<uint32_t> expected = FoundOneByOne(text);
      EXPECT_EQ(Found(FindSpecialBytes, text), expected);
      EXPECT_EQ(Found(FindSpecialBytesPortably, text), expected);
    }
  }
}

TEST(SpecialBytesTest, EndsWithTheEndOfTheText) {
  EXPECT_THAT(Walked("", 0), ElementsAre(0));
  EXPECT_THAT(Walked("ab", 0), ElementsAre(2));
  EXPECT_THAT(Walked("a,b\n", 0), ElementsAre(1, 3, 4));
  EXPECT_THAT(Walked("a,b\n", 2), ElementsAre(3, 4));
}

TEST(SpecialBytesTest, GoesOnFromWindowToWindow) {
  std::string text(100000, 'x');
  std::vector<size_t> expected;
  for (size_t i = 7; i < 50000; i += i < 30000 ? 1 : 1009) {
    text[i] = ',';
    expected.push_back(i);
  }
  expected.push_back(text.size());
  EXPECT_EQ(Walked(text, 0), expected);
}

}  // namespace
}  // namespace cxr
