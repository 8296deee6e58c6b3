// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/build_file.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace cxr::tests {
namespace {

bool IsWordChar(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// Steps through a file; `depth_` counts the brackets that are open.
class BuildReader {
 public:
  explicit BuildReader(absl::string_view text) : text_(text) {}

  std::vector<BuildRule> Read() {
    while (at_ < text_.size()) Step();
    return std::move(rules_);
  }

 private:
  void Step() {
    const char c = text_[at_];
    if (c == '#') return SkipLine();
    if (c == '"' || c == '\'') return ReadString();
    if (IsWordChar(c)) return ReadWord();
    if (c == '\n') ++line_;
    if (absl::StrContains("([{", c)) ++depth_;
    if (absl::StrContains(")]}", c)) --depth_;
    ++at_;
  }

  void SkipLine() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  void ReadString() {
    std::string quote(1, text_[at_]);
    const std::string triple(3, text_[at_]);
    if (absl::StartsWith(text_.substr(at_), triple)) quote = triple;
    const size_t begin = at_ + quote.size();
    const size_t end = std::min(text_.find(quote, begin), text_.size());
    const absl::string_view value = text_.substr(begin, end - begin);
    line_ += static_cast<int>(std::count(value.begin(), value.end(), '\n'));
    at_ = end + quote.size();
    if (BuildAttribute* attribute = CurrentAttribute()) {
      attribute->strings.push_back(std::string(value));
    }
  }

  // A word at the margin before `(` is a call; one at depth 1 before `=` is
  // an attribute of it.
  void ReadWord() {
    const bool at_margin = at_ == 0 || text_[at_ - 1] == '\n';
    const size_t begin = at_;
    while (at_ < text_.size() && IsWordChar(text_[at_])) ++at_;
    const std::string word(text_.substr(begin, at_ - begin));
    const size_t next = text_.find_first_not_of(" \n", at_);
    const char after = next < text_.size() ? text_[next] : ' ';
    if (depth_ == 0) in_rule_ = false;
    if (depth_ == 0 && at_margin && after == '(') {
      in_rule_ = true;
      rules_.push_back({word, line_, {}});
    } else if (depth_ == 1 && in_rule_ && after == '=') {
      rules_.back().attributes.push_back({word, line_, {}});
    } else if (BuildAttribute* attribute = CurrentAttribute()) {
      if (word == "glob") attribute->has_glob = true;
    }
  }

  BuildAttribute* CurrentAttribute() {
    if (depth_ == 0 || !in_rule_ || rules_.back().attributes.empty()) {
      return nullptr;
    }
    return &rules_.back().attributes.back();
  }

  absl::string_view text_;
  std::vector<BuildRule> rules_;
  size_t at_ = 0;
  int line_ = 1;
  int depth_ = 0;
  bool in_rule_ = false;
};

}  // namespace

std::vector<BuildRule> ParseBuildFile(absl::string_view text) {
  return BuildReader(text).Read();
}

const BuildAttribute* FindAttribute(const BuildRule& rule,
                                    absl::string_view name) {
  for (const BuildAttribute& attribute : rule.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

std::vector<std::string> StringsOf(const BuildRule& rule,
                                   absl::string_view name) {
  const BuildAttribute* attribute = FindAttribute(rule, name);
  return attribute == nullptr ? std::vector<std::string>() : attribute->strings;
}

}  // namespace cxr::tests
