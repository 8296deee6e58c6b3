// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cpp_functions.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/cpp_text.h"

namespace cxr::tests {
namespace {

bool IsWordChar(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// What stands before a brace: `void Foo::Bar(int x) const`.
struct HeadFacts {
  bool has_parameters = false;   // a parenthesis outside <>
  bool has_equals = false;       // an `=` outside () and <>
  bool in_initializers = false;  // a `:` after the parameters
  std::string name;              // the word before the parameters
};

std::string LastWord(absl::string_view text) {
  text = absl::StripTrailingAsciiWhitespace(text);
  size_t begin = text.size();
  while (begin > 0 && (IsWordChar(text[begin - 1]) || text[begin - 1] == ':' ||
                       text[begin - 1] == '~')) {
    --begin;
  }
  return std::string(text.substr(begin));
}

// `operator<=` and its like would be taken for brackets and initialisers.
std::string BlankOperatorSymbols(absl::string_view head) {
  std::string blanked(head);
  constexpr absl::string_view kWord = "operator";
  for (size_t at = blanked.find("operator"); at != std::string::npos;
       at = blanked.find("operator", at + 1)) {
    for (size_t i = at + kWord.size(); i < blanked.size(); ++i) {
      if (blanked[i] == '(' || IsWordChar(blanked[i])) break;
      blanked[i] = ' ';
    }
  }
  return blanked;
}

// Steps through a head, keeping count of the brackets that are open.
class HeadReader {
 public:
  explicit HeadReader(absl::string_view head) : head_(head) {}

  HeadFacts Read() {
    for (at_ = 0; at_ < head_.size(); ++at_) ReadChar(head_[at_]);
    return facts_;
  }

 private:
  void ReadChar(char c) {
    if (absl::StrContains("({[", c)) Open(c);
    if (absl::StrContains(")}]", c)) --depth_;
    if (depth_ > 0) return;
    if (c == '<') ++angles_;
    if (c == '>' && !IsAfter('-')) angles_ = std::max(angles_ - 1, 0);
    if (angles_ > 0) return;
    if (c == '=') facts_.has_equals = true;
    if (c == ':' && facts_.has_parameters && !IsAfter(':') && !IsBefore(':')) {
      facts_.in_initializers = true;
    }
  }

  void Open(char c) {
    if (c == '(' && depth_ == 0 && angles_ == 0 && !facts_.has_parameters) {
      facts_.has_parameters = true;
      facts_.name = LastWord(head_.substr(0, at_));
    }
    ++depth_;
  }

  bool IsAfter(char c) const { return at_ > 0 && head_[at_ - 1] == c; }
  bool IsBefore(char c) const {
    return at_ + 1 < head_.size() && head_[at_ + 1] == c;
  }

  absl::string_view head_;
  HeadFacts facts_;
  size_t at_ = 0;
  int depth_ = 0;
  int angles_ = 0;
};

absl::string_view FirstWord(absl::string_view head) {
  const auto end = std::find_if_not(head.begin(), head.end(), IsWordChar);
  return head.substr(0, end - head.begin());
}

// Drops `template <...>` from the front of `head`.
void DropTemplate(absl::string_view* head) {
  int angles = 0;
  for (size_t i = 0; i < head->size(); ++i) {
    const char c = (*head)[i];
    if (c == '<') ++angles;
    if (c == '>' && (*head)[i - 1] != '-' && --angles == 0) {
      head->remove_prefix(i + 1);
      return;
    }
  }
  head->remove_prefix(head->size());
}

// The head without white space and access labels in front.
absl::string_view StripLabels(absl::string_view head) {
  while (true) {
    head = absl::StripAsciiWhitespace(head);
    const absl::string_view word = FirstWord(head);
    if (word != "public" && word != "private" && word != "protected") {
      return head;
    }
    head.remove_prefix(word.size());
    head = absl::StripLeadingAsciiWhitespace(head);
    absl::ConsumePrefix(&head, ":");
  }
}

// The head without its template parameters, which StripLabels left in front.
absl::string_view StripTemplates(absl::string_view head) {
  while (FirstWord(head) == "template") {
    DropTemplate(&head);
    head = absl::StripAsciiWhitespace(head);
  }
  return head;
}

enum class Block { kScope, kFunction, kInitializer };

Block BlockOf(absl::string_view head, const HeadFacts& facts) {
  const absl::string_view word = FirstWord(head);
  // A macro without a semicolon may stand before `namespace`.
  const bool opens_scope =
      absl::StrContains(head, "namespace") || word == "extern";
  if (opens_scope && !facts.has_parameters && !facts.has_equals) {
    return Block::kScope;
  }
  const bool names_type = word == "class" || word == "struct" ||
                          word == "union" || word == "enum" ||
                          word == "typedef";
  if (names_type && !absl::EndsWith(head, ")")) return Block::kScope;
  if (facts.has_equals || !facts.has_parameters) return Block::kInitializer;
  const bool ends_in_member = IsWordChar(head.back()) || head.back() == '>';
  if (facts.in_initializers && ends_in_member) return Block::kInitializer;
  return Block::kFunction;
}

// Walks the text at namespace and class level, stepping over bodies.
class FunctionFinder {
 public:
  explicit FunctionFinder(std::string code) : code_(std::move(code)) {}

  std::vector<FunctionSpan> Find() {
    for (; at_ < code_.size(); ++at_) {
      const char c = code_[at_];
      if (c == '(') ++parentheses_;
      if (c == ')') --parentheses_;
      if (c == '{') OpenBrace();
      if (c == '}' && !stepped_over_) BeginHead();
      if (c == ';' && parentheses_ <= 0) BeginHead();
      stepped_over_ = false;
    }
    return functions_;
  }

 private:
  void BeginHead() {
    head_ = at_ + 1;
    parentheses_ = 0;
  }

  void OpenBrace() {
    if (parentheses_ > 0) return StepOver();
    const std::string blanked = BlankOperatorSymbols(
        absl::string_view(code_).substr(head_, at_ - head_));
    const absl::string_view labelled = StripLabels(blanked);
    const absl::string_view head = StripTemplates(labelled);
    const HeadFacts facts = HeadReader(head).Read();
    switch (BlockOf(head, facts)) {
      case Block::kScope:
        return BeginHead();
      case Block::kInitializer:
        return StepOver();
      case Block::kFunction:
        return AddFunction(facts.name,
                           head_ + (labelled.data() - blanked.data()));
    }
  }

  // Leaves `at_` on the closing brace, which then is not taken for the end of
  // a scope.
  void StepOver() {
    int depth = 0;
    for (; at_ < code_.size(); ++at_) {
      if (code_[at_] == '{') ++depth;
      if (code_[at_] == '}' && --depth == 0) break;
    }
    stepped_over_ = true;
  }

  void AddFunction(const std::string& name, size_t begin) {
    StepOver();
    const size_t end = std::min(at_, code_.size());
    const int lines = static_cast<int>(
        std::count(code_.begin() + begin, code_.begin() + end, '\n') + 1);
    const int line = static_cast<int>(
        std::count(code_.begin(), code_.begin() + begin, '\n') + 1);
    functions_.push_back({name, line, lines});
    BeginHead();
  }

  std::string code_;
  std::vector<FunctionSpan> functions_;
  size_t at_ = 0;
  size_t head_ = 0;
  int parentheses_ = 0;
  bool stepped_over_ = false;
};

}  // namespace

std::vector<FunctionSpan> FindFunctions(absl::string_view text) {
  return FunctionFinder(MaskAllButDefinitions(text)).Find();
}

}  // namespace cxr::tests
