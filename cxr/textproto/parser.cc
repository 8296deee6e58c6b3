// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/textproto/doctor.h"

// Fields and their names, and the way on after a mistake.

namespace cxr {
namespace {

using Kind = SyntaxToken::Kind;

}  // namespace

void SyntaxParser::ParseFields(std::vector<SyntaxField>& fields,
                               size_t opener) {
  while (!in_.done() && !issues_.full()) {
    if (in_.LookingAtAny("}>")) {
      if (opener != kNone && !IsExtraCloser(opener)) {
        return;
      }
      issues_.Add(Here(), absl::StrCat("found ", Shown(in_.Text()),
                                       " that closes nothing, expected a "
                                       "field: delete it"));
      --extra_;
      in_.Skip();
    } else if (opener != kNone &&
               (LooksUnclosed(opener) || (lists_ > 0 && in_.Looking(']')))) {
      return;
    } else {
      ParseField(fields);
    }
  }
}

// Whether the closing bracket ahead is one too many: it stands deeper than the
// line with the opening one, and there are more closing than opening ones.
bool SyntaxParser::IsExtraCloser(size_t opener) const {
  return extra_ > 0 && in_.FirstOnLine() &&
         in_.Indent(in_.at()) > in_.Indent(opener);
}

// Whether the message of `opener` must have ended before the token ahead.
bool SyntaxParser::LooksUnclosed(size_t opener) const {
  if (missing_ <= 0 || !in_.FirstOnLine()) {
    return false;
  }
  const size_t indent = in_.Indent(in_.at());
  const size_t outer = in_.Indent(opener);
  return in_.LookingAtAny("}>]") ? indent < outer : indent <= outer;
}

void SyntaxParser::Unclosed(size_t opener) {
  --missing_;
  const TextSpan span = in_.tokens()[opener].span;
  const absl::string_view found = Text(span);
  issues_.Add(span, absl::StrCat("found '", found, "' that is never closed, ",
                                 "expected '",
                                 found == "{"   ? "}"
                                 : found == "<" ? ">"
                                                : "]",
                                 "' behind what belongs to it"));
}

void SyntaxParser::ParseField(std::vector<SyntaxField>& fields) {
  SyntaxField field;
  const size_t first = in_.at();
  const bool keep =
      in_.LookingAt(Kind::kIdentifier) || in_.LookingAt(Kind::kString);
  if (!ParseName(field)) {
    Recover();
    return;
  }
  field.value.span = {in_.previous_end(), in_.previous_end()};
  if (ParseColon(field)) {
    if (ValueMissing()) {
      issues_.Add(field.name_span,
                  absl::StrCat("found no value behind ", Shown(field.name),
                               ", expected one: write it or delete the field"
                               "; what is inside a message stands in { }"));
      if (in_.FirstOnLine()) {
        SkipBlock(first);
      }
    } else {
      ParseValue(field);
    }
  } else {
    Recover();
  }
  if (!in_.Take(';')) {
    in_.Take(',');
  }
  field.span = {in_.tokens()[first].span.begin, in_.previous_end()};
  field.value.span.end = std::min(field.value.span.end, field.span.end);
  if (keep) {
    if (fields.empty()) {
      fields.reserve(4);
    }
    fields.push_back(std::move(field));
  }
}

bool SyntaxParser::ParseName(SyntaxField& field) {
  if (in_.LookingAt(Kind::kIdentifier)) {
    field.name = std::string(in_.Text());
    field.name_span = Here();
    in_.Skip();
    return true;
  }
  if (in_.LookingAt(Kind::kString) && in_.LookingAtAny(":{[<=", 1)) {
    return ParseQuotedName(field);
  }
  if (in_.Looking('[')) {
    return ParseExtensionName(field);
  }
  ExplainName();
  return false;
}

bool SyntaxParser::ParseQuotedName(SyntaxField& field) {
  field.name_span = Here();
  field.name = std::string(in_.Text().substr(1, in_.Text().size() - 2));
  issues_.Add(Here(), absl::StrCat("found ", in_.Text(),
                                   ", expected a field's name: field names "
                                   "are not quoted, write ",
                                   field.name));
  in_.Skip();
  return true;
}

bool SyntaxParser::ParseExtensionName(SyntaxField& field) {
  const TextSpan open = Here();
  in_.Skip();
  while (in_.LookingAt(Kind::kIdentifier) || in_.LookingAtAny("./-")) {
    in_.Skip();
  }
  const bool closed = in_.Take(']');
  field.name_span = {open.begin, in_.previous_end()};
  field.name = std::string(Text(field.name_span));
  issues_.Add(field.name_span,
              absl::StrCat("found ", Shown(field.name),
                           ", expected a field's name: there are no "
                           "extensions and no Any here"));
  return closed;
}

void SyntaxParser::ExplainName() {
  const Kind kind = in_.Peek().kind;
  std::string message = absl::StrCat("found ", Shown(in_.Text()),
                                     ", expected the name of a field");
  if (kind == Kind::kBadBytes || kind == Kind::kBadString) {
    message = Explain(kind, in_.Text());
  } else if (in_.Looking('-')) {
    absl::StrAppend(&message, ": a list is written name: [a, b]");
  } else if (in_.LookingAtAny(",;")) {
    absl::StrAppend(&message, ": one ", in_.Text(), " is enough");
  } else if (in_.Looking('{')) {
    absl::StrAppend(&message, " before it");
  } else if (in_.Looking(']')) {
    message = "found ']' that closes nothing, expected a field: delete it";
  }
  issues_.Add(Here(), std::move(message));
}

bool SyntaxParser::ParseColon(SyntaxField& field) {
  if (in_.Take(':')) {
    field.has_colon = true;
    return true;
  }
  if (in_.LookingAtAny("{<[")) {
    return true;
  }
  return ExplainNoColon(field);
}

// True if the value may be read all the same.
bool SyntaxParser::ExplainNoColon(const SyntaxField& field) {
  const TextSpan here = Here();
  if (in_.Looking('=')) {
    issues_.Add(
        here, absl::StrCat("found '=', expected ':': write ", field.name, ":"));
    in_.Skip();
    in_.Take('=');
    return true;
  }
  if (in_.done() || in_.FirstOnLine() || in_.LookingAtAny("}>],;")) {
    issues_.Add(field.name_span,
                absl::StrCat("found ", Shown(field.name),
                             " alone, expected ':' and a value behind it"));
    return false;
  }
  if (in_.Looking('.') || in_.Peek().kind == Kind::kBadNumber) {
    issues_.Add(here, absl::StrCat("found ", Shown(in_.Text()), " behind ",
                                   Shown(field.name),
                                   ", expected ':': what is inside a message "
                                   "is written a { b: 1 }"));
    return false;
  }
  if (in_.Looking('-') && in_.Adjacent()) {
    const TextSpan whole = {field.name_span.begin, in_.Peek(1).span.end};
    issues_.Add(whole, absl::StrCat("found ", Shown(Text(whole)),
                                    ", expected a name without '-': write ",
                                    field.name, "_", Text(in_.Peek(1).span)));
    return false;
  }
  if (in_.Peek().kind == Kind::kBadBytes && in_.Adjacent()) {
    issues_.Add(here, Explain(Kind::kBadBytes, in_.Text()));
    return false;
  }
  issues_.Add(here, absl::StrCat("found ", Shown(in_.Text()), " behind ",
                                 Shown(field.name), ", expected ':': write ",
                                 field.name, ": ", in_.Text().substr(0, 40)));
  return false;
}

void SyntaxParser::SkipWords() {
  for (bool first = true; !in_.done(); first = false) {
    if ((!first && in_.FirstOnLine()) || in_.LookingAtAny(",;}>]") ||
        (in_.BeginsField() && !in_.Adjacent(2))) {
      return;
    }
    in_.SkipWhole();
  }
}

void SyntaxParser::Recover() {
  for (bool first = true; !in_.done(); first = false) {
    const bool closes =
        in_.LookingAtAny("}>") || (lists_ > 0 && in_.Looking(']') && !first);
    const bool begins =
        in_.FirstOnLine() &&
        (in_.LookingAt(Kind::kIdentifier) || in_.LookingAt(Kind::kString));
    if (closes || (begins && !first)) {
      return;
    }
    if (in_.LookingAt(Kind::kIdentifier) && !first && in_.BeginsField()) {
      return;
    }
    if (in_.LookingAt(Kind::kIdentifier) && begins) {
      return;
    }
    if (in_.LookingAtAny(",;")) {
      in_.Skip();
      return;
    }
    in_.SkipWhole();
  }
}

void SyntaxParser::SkipBlock(size_t index) {
  const size_t outer = in_.Indent(index);
  while (!in_.done() && !in_.LookingAtAny("}>]") &&
         (!in_.FirstOnLine() || in_.Indent(in_.at()) > outer)) {
    in_.SkipWhole();
  }
}

}  // namespace cxr
