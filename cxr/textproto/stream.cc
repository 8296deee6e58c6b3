// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/stream.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "cxr/textproto/doctor.h"

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr absl::string_view kOpening = "{<[";
constexpr absl::string_view kClosing = "}>]";
constexpr size_t kMaxIndent = 200;

}  // namespace

TokenStream::TokenStream(absl::string_view text, IssueList& issues)
    : text_(text), issues_(issues) {
  Lex();
  MatchBrackets();
}

void TokenStream::Lex() {
  size_t begin = 0;
  if (absl::StartsWith(text_, kByteOrderMark)) {
    begin = kByteOrderMark.size();
    issues_.AddWarning({0, begin},
                       "found a byte order mark (U+FEFF), expected the first "
                       "field: save the file as UTF-8 without it");
  }
  tokens_.reserve(text_.size() / 5 + 8);
  Lexer lexer(text_, begin);
  do {
    const SyntaxToken token = lexer.Next();
    if (token.kind == Kind::kBadComment ||
        (token.kind == Kind::kBadBytes && IsInvisible(Text(token.span)))) {
      if (!issues_.full()) {
        issues_.Add(token.span, Explain(token.kind, Text(token.span)));
      }
    } else {
      tokens_.push_back(token);
    }
  } while (tokens_.empty() || tokens_.back().kind != Kind::kEnd);
  if (lexer.first_tab() < text_.size()) {
    issues_.AddWarning({lexer.first_tab(), lexer.first_tab() + 1},
                       "found a tab, expected spaces: indent by 2 spaces");
  }
}

// Where brackets of different kinds cross, the inner ones are the unclosed.
void TokenStream::MatchBrackets() {
  ends_.resize(tokens_.size());
  std::vector<uint32_t> open;
  std::array<int, 3> open_of_kind{};
  for (size_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind != Kind::kSymbol) {
      continue;
    }
    const char symbol = text_[tokens_[i].span.begin];
    if (const size_t kind = kOpening.find(symbol);
        kind != absl::string_view::npos) {
      open.push_back(static_cast<uint32_t>(i));
      ++open_of_kind[kind];
    } else if (const size_t closed = kClosing.find(symbol);
               closed != absl::string_view::npos) {
      if (open_of_kind[closed] == 0) {
        ++extra_;
        continue;
      }
      size_t last = kOpening.size();
      while (last != closed) {
        last = kOpening.find(text_[tokens_[open.back()].span.begin]);
        --open_of_kind[last];
        missing_ += last == closed ? 0 : 1;
        if (last == closed) {
          ends_[open.back()] = static_cast<uint32_t>(i);
        }
        open.pop_back();
      }
    }
  }
  missing_ += static_cast<int>(open.size());
}

const SyntaxToken& TokenStream::Peek(size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool TokenStream::Looking(char symbol, size_t ahead) const {
  const SyntaxToken& token = Peek(ahead);
  return token.kind == Kind::kSymbol && text_[token.span.begin] == symbol;
}

bool TokenStream::LookingAtAny(absl::string_view symbols, size_t ahead) const {
  const SyntaxToken& token = Peek(ahead);
  return token.kind == Kind::kSymbol &&
         symbols.find(text_[token.span.begin]) != absl::string_view::npos;
}

void TokenStream::Skip() {
  if (!done()) {
    ++at_;
  }
}

bool TokenStream::Take(char symbol) {
  if (!Looking(symbol)) {
    return false;
  }
  Skip();
  return true;
}

void TokenStream::SkipWhole() {
  if (ends_[at_] != 0) {
    at_ = ends_[at_];
  }
  Skip();
}

absl::string_view TokenStream::Text(TextSpan span) const {
  return text_.substr(span.begin, span.end - span.begin);
}

size_t TokenStream::previous_end() const {
  return at_ == 0 ? 0 : tokens_[at_ - 1].span.end;
}

bool TokenStream::FirstOnLine() const {
  const size_t end = previous_end();
  return at_ == 0 ||
         Text({end, Peek().span.begin}).find('\n') != absl::string_view::npos;
}

bool TokenStream::Adjacent(size_t ahead) const {
  const size_t index = at_ + ahead;
  return index > 0 && index < tokens_.size() &&
         tokens_[index - 1].span.end == tokens_[index].span.begin;
}

bool TokenStream::BeginsField() const {
  return LookingAt(Kind::kIdentifier) && LookingAtAny(":{<[=", 1);
}

size_t TokenStream::Indent(size_t index) const {
  const size_t start = issues_.lines().LineStart(tokens_[index].span.begin);
  size_t indent = 0;
  while (indent < kMaxIndent && start + indent < text_.size() &&
         absl::ascii_isspace(text_[start + indent])) {
    ++indent;
  }
  return indent;
}

}  // namespace cxr
