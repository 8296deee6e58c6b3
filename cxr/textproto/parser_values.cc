// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/textproto/doctor.h"
#include "cxr/textproto/parser.h"

// What stands behind a name.

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

}  // namespace

bool SyntaxParser::ValueMissing() const {
  if (in_.done() || in_.LookingAtAny("}>],;")) {
    return true;
  }
  // "- a" on a line of its own is an item of YAML; "- 5" may be a number.
  const bool item = in_.Looking('-') && in_.Peek(1).kind == Kind::kString;
  return (item || in_.BeginsField()) && in_.FirstOnLine();
}

void SyntaxParser::ParseValue(SyntaxField& field) {
  SyntaxValue& value = field.value;
  value.span = Here();
  if (in_.LookingAtAny("{<")) {
    ParseMessage(value);
  } else if (in_.Looking('[')) {
    ParseList(value);
  } else {
    ParseScalar(value, /*in_list=*/false);
  }
  value.span.end = in_.previous_end();
}

void SyntaxParser::ParseMessage(SyntaxValue& value) {
  value.kind = SyntaxValue::Kind::kMessage;
  const size_t opener = in_.at();
  if (depth_ == kMaxTextprotoDepth) {
    issues_.Add(Here(), absl::StrCat("found a message inside ", depth_,
                                     " others, expected at most ", depth_));
    in_.SkipWhole();
    return;
  }
  in_.Skip();
  ++depth_;
  ParseFields(value.fields, opener);
  --depth_;
  CloseMessage(opener);
}

void SyntaxParser::CloseMessage(size_t opener) {
  const absl::string_view open = Text(in_.tokens()[opener].span);
  const char closer = open == "{" ? '}' : '>';
  if (LooksUnclosed(opener) || !in_.LookingAtAny("}>")) {
    Unclosed(opener);
  } else if (!in_.Take(closer)) {
    issues_.Add(Here(), absl::StrCat("found ", Shown(in_.Text()),
                                     ", expected '", std::string(1, closer),
                                     "' to close '", open, "'"));
    in_.Skip();
  }
}

void SyntaxParser::ParseList(SyntaxValue& value) {
  value.kind = SyntaxValue::Kind::kList;
  const size_t opener = in_.at();
  in_.Skip();
  if (in_.Take(']')) {
    return;
  }
  ++lists_;
  bool comma_missed = false;
  while (!issues_.full()) {
    ParseItem(value);
    if (in_.Take(']')) {
      break;
    }
    if (in_.Take(',')) {
      if (!in_.Looking(']')) {
        continue;
      }
      issues_.Add(Here(),
                  "found ']' behind ',', expected another value: "
                  "delete the last ','");
      in_.Skip();
      break;
    }
    if (in_.done() || (missing_ > 0 && in_.BeginsField()) ||
        in_.LookingAtAny("}>")) {
      Unclosed(opener);
      break;
    }
    // Who leaves out one comma leaves out all of them.
    if (!comma_missed) {
      ExplainNoComma();
    }
    comma_missed = true;
    in_.Take(';');
    if (in_.Take(']')) {
      break;
    }
  }
  --lists_;
}

void SyntaxParser::ExplainNoComma() {
  issues_.Add(Here(), absl::StrCat("found ", Shown(in_.Text()),
                                   ", expected ',' or ']': values of a list "
                                   "have a ',' between them"));
}

// Reads one value of a list, if there is one.
void SyntaxParser::ParseItem(SyntaxValue& value) {
  SyntaxValue item;
  item.span = Here();
  if (in_.LookingAtAny("{<")) {
    ParseMessage(item);
  } else if (in_.Looking('[')) {
    issues_.Add(Here(),
                "found '[' in a list, expected a value: a list holds "
                "no lists");
    in_.SkipWhole();
  } else if (in_.Looking(',')) {
    issues_.Add(Here(), "found ',', expected a value before it");
  } else if (in_.done() || in_.LookingAtAny("]}>")) {
    return;
  } else {
    ParseScalar(item, /*in_list=*/true);
  }
  item.span.end = std::max(item.span.begin, in_.previous_end());
  if (item.kind == SyntaxValue::Kind::kMessage || !item.tokens.empty()) {
    value.items.push_back(std::move(item));
  }
}

void SyntaxParser::ParseScalar(SyntaxValue& value, bool in_list) {
  const size_t first = in_.at();
  if (TakeWord(value)) {
    value.span.end = in_.previous_end();
    CheckTail(value, in_list);
    return;
  }
  value.tokens.clear();
  const Kind kind = in_.Peek().kind;
  if (kind == Kind::kBadNumber || kind == Kind::kBadString ||
      kind == Kind::kBadBytes) {
    issues_.Add(Here(), Explain(kind, in_.Text()));
    in_.Skip();
    return;
  }
  const size_t begin = value.span.begin;
  SkipWords();
  if (in_.at() == first) {
    in_.Skip();
  }
  issues_.Add({begin, in_.previous_end()},
              ExplainWords(Text({begin, in_.previous_end()})));
}

// The words of one value; false at one that cannot begin or continue it.
bool SyntaxParser::TakeWord(SyntaxValue& value) {
  if (in_.LookingAt(Kind::kString)) {
    while (in_.LookingAt(Kind::kString)) {
      value.tokens.push_back(in_.Peek());
      in_.Skip();
    }
    return true;
  }
  if (in_.Looking('-')) {
    value.tokens.reserve(2);
    value.tokens.push_back(in_.Peek());
    in_.Skip();
  }
  const Kind kind = in_.Peek().kind;
  if (kind != Kind::kInteger && kind != Kind::kFloat &&
      kind != Kind::kIdentifier) {
    return false;
  }
  value.tokens.push_back(in_.Peek());
  in_.Skip();
  return true;
}

// Whether "1,000" or "0,5" is ahead with its first number already read.
bool SyntaxParser::IsGrouping(const SyntaxValue& value) const {
  return value.tokens.back().kind == Kind::kInteger && in_.Looking(',') &&
         in_.Adjacent() && in_.Adjacent(1) &&
         (in_.Peek(1).kind == Kind::kInteger ||
          in_.Peek(1).kind == Kind::kFloat);
}

// Sees that nothing stands behind a value that cannot.
void SyntaxParser::CheckTail(SyntaxValue& value, bool in_list) {
  const bool grouping = !in_list && IsGrouping(value);
  if (!grouping) {
    if (in_.done() || in_.FirstOnLine() || in_.LookingAtAny(",;}>]") ||
        in_.BeginsField() || (!in_list && in_.Looking('['))) {
      return;
    }
    const Kind kind = in_.Peek().kind;
    if (in_list && (kind != Kind::kSymbol || in_.LookingAtAny("{<-"))) {
      return;  // The next item, without a comma.
    }
    if (value.tokens.back().kind == Kind::kString &&
        (kind == Kind::kBadString || kind == Kind::kBadBytes)) {
      issues_.Add(Here(), Explain(kind, in_.Text()));
      value.tokens.clear();
      in_.Skip();
      return;
    }
    if (value.tokens.back().kind == Kind::kString) {
      return;  // A text ends where it ends; what follows is on its own.
    }
  }
  while (grouping && in_.Looking(',') && in_.Adjacent() && in_.Adjacent(1) &&
         (in_.Peek(1).kind == Kind::kInteger ||
          in_.Peek(1).kind == Kind::kFloat)) {
    in_.Skip();
    in_.Skip();
  }
  SkipWords();
  value.tokens.clear();
  const TextSpan words = {value.span.begin, in_.previous_end()};
  issues_.Add(words, ExplainWords(Text(words)));
}

}  // namespace cxr
