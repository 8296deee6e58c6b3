// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/did_you_mean.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace cxr {
namespace {

constexpr size_t kMaxLength = 64;

std::string Folded(absl::string_view word) {
  std::string folded;
  for (const char letter : word) {
    if (letter != '-' && letter != '_') {
      folded += absl::ascii_tolower(letter);
    }
  }
  return folded;
}

int StepsAllowed(size_t length) {
  return length < 3 ? 0 : length < 5 ? 1 : length < 9 ? 2 : 3;
}

// The Damerau-Levenshtein distance in which no letter is moved twice. Three
// rows of the table are enough: a swap looks back two.
int Distance(absl::string_view a, absl::string_view b) {
  std::array<std::array<int, kMaxLength + 1>, 3> rows{};
  for (size_t j = 0; j <= b.size(); ++j) {
    rows[0][j] = static_cast<int>(j);
  }
  for (size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], above_that[j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3][b.size()];
}

// More names would only bury the message.
constexpr size_t kMostNames = 40;

}  // namespace

std::string Nearest(absl::string_view word,
                    const std::vector<std::string>& known) {
  if (word.size() > kMaxLength) {
    return "";
  }
  const std::string folded = Folded(word);
  const std::string* nearest = nullptr;
  int fewest = StepsAllowed(folded.size()) + 1;
  for (const std::string& candidate : known) {
    const std::string other = Folded(candidate);
    if (other == folded) {
      return candidate;
    }
    const int longer = std::abs(static_cast<int>(other.size()) -
                                static_cast<int>(folded.size()));
    if (other.size() > kMaxLength || longer >= fewest) {
      continue;
    }
    const int distance = Distance(folded, other);
    if (distance < fewest) {
      fewest = distance;
      nearest = &candidate;
    }
  }
  return nearest == nullptr ? "" : *nearest;
}

std::string Hint(absl::string_view name,
                 const std::vector<std::string>& known) {
  const std::string nearest = Nearest(name, known);
  if (!nearest.empty()) {
    return absl::StrCat("did you mean '", nearest, "'?");
  }
  if (known.empty()) {
    return "there is none";
  }
  const size_t shown = std::min(known.size(), kMostNames);
  return absl::StrCat(
      "there are: ",
      absl::StrJoin(known.begin(),
                    known.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
      shown < known.size()
          ? absl::StrCat(" and ", known.size() - shown, " more")
          : "");
}

std::string NotThere(absl::string_view what, absl::string_view name,
                     const std::vector<std::string>& known) {
  return absl::StrCat("no ", what, " '", name, "'; ", Hint(name, known));
}

}  // namespace cxr
