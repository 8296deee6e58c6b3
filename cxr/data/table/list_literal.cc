// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/list_literal.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// The character that a backslash and `letter` stand for.
std::optional<char> Unescaped(char letter) {
  switch (letter) {
    case '\\':
    case '\'':
    case '"':
      return letter;
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    default:
      return std::nullopt;
  }
}

bool IsSpace(char c) {
  return absl::ascii_isspace(static_cast<unsigned char>(c));
}

class Scanner {
 public:
  explicit Scanner(absl::string_view text) : text_(text) {}

  // Items as `read_item` reads them, between brackets and with commas between.
  template <typename Item>
  absl::StatusOr<std::vector<Item>> List(
      absl::StatusOr<Item> (Scanner::*read_item)()) {
    std::vector<Item> items;
    if (!Take('[')) {
      return Expected("'['");
    }
    if (Take(']')) {
      return items;
    }
    do {
      CXR_ASSIGN_OR_RETURN(Item item, (this->*read_item)());
      items.push_back(std::move(item));
    } while (Take(','));
    if (!Take(']')) {
      return Expected("',' or ']'");
    }
    return items;
  }

  absl::StatusOr<std::string> Text() {
    SkipSpace();
    const char quote = Peek();
    if (quote != '\'' && quote != '"') {
      return Expected("a quote");
    }
    ++at_;
    std::string item;
    bool space = false;  // before what follows
    while (at_ < text_.size() && Peek() != quote) {
      char letter = Peek();
      if (letter == '\\') {
        ++at_;
        const std::optional<char> unescaped = Unescaped(Peek());
        if (!unescaped.has_value()) {
          return Expected("one of \\'\"ntr after a backslash");
        }
        letter = *unescaped;
      }
      ++at_;
      if (IsSpace(letter)) {
        space = !item.empty();
        continue;
      }
      item.append(space ? " " : "");
      item.push_back(letter);
      space = false;
    }
    if (at_ == text_.size()) {
      return Expected("a closing quote");
    }
    ++at_;
    return item;
  }

  absl::StatusOr<std::vector<std::string>> Texts() {
    return List(&Scanner::Text);
  }

  absl::Status End() {
    SkipSpace();
    return at_ == text_.size() ? absl::OkStatus() : Expected("the end");
  }

 private:
  // NUL at the end: nothing that is looked for.
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void SkipSpace() {
    while (IsSpace(Peek())) {
      ++at_;
    }
  }

  bool Take(char wanted) {
    SkipSpace();
    const bool found = Peek() == wanted;
    at_ += found ? 1 : 0;
    return found;
  }

  absl::Status Expected(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(
        "list, character ", at_ + 1, ": found ",
        at_ < text_.size()
            ? absl::StrCat("'", absl::CEscape(text_.substr(at_, 1)), "'")
            : "the end",
        ", expected ", what));
  }

  absl::string_view text_;
  size_t at_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ParseListLiteral(
    absl::string_view text) {
  Scanner scanner(text);
  CXR_ASSIGN_OR_RETURN(std::vector<std::string> items, scanner.Texts());
  CXR_RETURN_IF_ERROR(scanner.End());
  return items;
}

absl::StatusOr<std::vector<std::vector<std::string>>> ParseNestedListLiteral(
    absl::string_view text) {
  Scanner scanner(text);
  CXR_ASSIGN_OR_RETURN(std::vector<std::vector<std::string>> lists,
                       scanner.List(&Scanner::Texts));
  CXR_RETURN_IF_ERROR(scanner.End());
  return lists;
}

}  // namespace cxr
