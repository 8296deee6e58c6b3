// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/edit.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/textproto/syntax.h"

namespace cxr {
namespace {

constexpr absl::string_view kIndent = "  ";

using Fields = std::vector<SyntaxField>;

// A message in the text; the root has no brackets.
struct Scope {
  const Fields* fields = nullptr;
  TextSpan span = {};  // With the brackets.
  bool is_root = false;
};

std::vector<std::string> StepsOf(absl::string_view path) {
  return path.empty() ? std::vector<std::string>() : absl::StrSplit(path, '.');
}

// The messages that one step leads to.
void Enter(const Scope& scope, const std::string& step,
           std::vector<Scope>& found) {
  for (const SyntaxField& field : *scope.fields) {
    if (field.name != step) {
      continue;
    }
    if (field.value.kind == SyntaxValue::Kind::kMessage) {
      found.push_back({&field.value.fields, field.value.span});
    }
    for (const SyntaxValue& item : field.value.items) {
      if (item.kind == SyntaxValue::Kind::kMessage) {
        found.push_back({&item.fields, item.span});
      }
    }
  }
}

std::vector<Scope> Find(const Scope& from, absl::string_view path) {
  std::vector<Scope> scopes = {from};
  for (const std::string& step : StepsOf(path)) {
    std::vector<Scope> next;
    for (const Scope& scope : scopes) {
      Enter(scope, step, next);
    }
    scopes = std::move(next);
  }
  return scopes;
}

Scope RootOf(const SyntaxTree& tree, absl::string_view text) {
  return {&tree.fields, {0, text.size()}, /*is_root=*/true};
}

size_t LineBegin(absl::string_view text, size_t at) {
  const size_t before = text.substr(0, at).rfind('\n');
  return before == absl::string_view::npos ? 0 : before + 1;
}

// Behind the end of the line.
size_t LineEnd(absl::string_view text, size_t at) {
  const size_t end = text.find('\n', at);
  return end == absl::string_view::npos ? text.size() : end + 1;
}

bool IsBlank(absl::string_view text) {
  return absl::StripAsciiWhitespace(text).empty();
}

bool IsComment(absl::string_view text) {
  return absl::StartsWith(absl::StripLeadingAsciiWhitespace(text), "#");
}

// Whether the field has its lines for itself and its comment.
bool OwnsLines(absl::string_view text, TextSpan span) {
  const size_t begin = LineBegin(text, span.begin);
  const absl::string_view behind =
      text.substr(span.end, LineEnd(text, span.end) - span.end);
  return IsBlank(text.substr(begin, span.begin - begin)) &&
         (IsBlank(behind) || IsComment(behind));
}

// Where the comments right above the line that begins at `line` begin.
size_t CommentsBegin(absl::string_view text, size_t line) {
  while (line > 0) {
    const size_t above = LineBegin(text, line - 1);
    if (!IsComment(text.substr(above, line - above))) {
      break;
    }
    line = above;
  }
  return line;
}

// The text of a field as lines without indentation; `comments` come first.
std::vector<std::string> Dedent(absl::string_view block) {
  std::vector<std::string> lines =
      absl::StrSplit(absl::StripTrailingAsciiWhitespace(block), '\n');
  size_t indent = std::string::npos;
  for (const std::string& line : lines) {
    if (!IsBlank(line)) {
      indent = std::min(indent, line.find_first_not_of(' '));
    }
  }
  for (std::string& line : lines) {
    line.erase(0, std::min(indent, line.size()));
  }
  return lines;
}

// What a field takes with it, and what is to be cut for that.
struct Extract {
  TextSpan cut = {};
  std::vector<std::string> lines = {};
};

// `chain` leads from the outermost message that goes away with its last field
// to the field itself.
Extract ExtractField(absl::string_view text,
                     const std::vector<const SyntaxField*>& chain,
                     absl::string_view name) {
  const SyntaxField& outer = *chain.front();
  const SyntaxField& field = *chain.back();
  Extract extract;
  size_t begin = field.span.begin;
  size_t end = field.span.end;
  if (OwnsLines(text, field.span)) {
    begin = CommentsBegin(text, LineBegin(text, begin));
    end = LineEnd(text, end);
  }
  // A separator would be wrong at another place.
  const size_t value_end = field.value.span.end;
  std::string block = absl::StrCat(
      text.substr(begin, field.name_span.begin - begin), name,
      text.substr(field.name_span.end, value_end - field.name_span.end),
      text.substr(field.span.end, end - field.span.end));
  extract.cut = outer.span;
  while (extract.cut.end < text.size() && text[extract.cut.end] == ' ') {
    ++extract.cut.end;
  }
  if (OwnsLines(text, outer.span)) {
    const size_t line = LineBegin(text, outer.span.begin);
    extract.cut = {CommentsBegin(text, line), LineEnd(text, outer.span.end)};
    if (&outer != &field) {
      extract.lines =
          Dedent(text.substr(extract.cut.begin, line - extract.cut.begin));
    }
  }
  for (std::string& line : Dedent(block)) {
    extract.lines.push_back(std::move(line));
  }
  std::erase_if(extract.lines, [](const std::string& l) { return IsBlank(l); });
  if (&outer != &field && OwnsLines(text, outer.span)) {
    // The remark behind what goes away.
    const absl::string_view remark = absl::StripAsciiWhitespace(text.substr(
        outer.span.end, LineEnd(text, outer.span.end) - outer.span.end));
    if (!remark.empty()) {
      extract.lines.insert(extract.lines.begin(), std::string(remark));
    }
  }
  return extract;
}

// Whether a message holds only one field and no remark.
bool HoldsOnly(absl::string_view text, const SyntaxField& message,
               const SyntaxField& inner) {
  return message.value.fields.size() == 1 &&
         !absl::StrContains(
             text.substr(message.value.span.begin,
                         inner.span.begin - message.value.span.begin),
             "#") &&
         !absl::StrContains(text.substr(inner.span.end, message.value.span.end -
                                                            inner.span.end),
                            "#");
}

// How many messages two paths have in common.
size_t CommonSteps(absl::string_view path, absl::string_view parent) {
  const std::vector<std::string> a = StepsOf(path);
  const std::vector<std::string> b = StepsOf(parent);
  size_t common = 0;
  while (common + 1 < a.size() && common < b.size() && a[common] == b[common]) {
    ++common;
  }
  return common;
}

// The field at `path` below the scope, from the outermost message that would
// be empty without it and that `parent` does not need; empty if the field is
// not there.
std::vector<const SyntaxField*> ChainTo(absl::string_view text,
                                        const Scope& scope,
                                        absl::string_view path,
                                        absl::string_view parent) {
  std::vector<const SyntaxField*> chain;
  const Fields* fields = scope.fields;
  for (const std::string& step : StepsOf(path)) {
    const auto it = std::find_if(
        fields->begin(), fields->end(),
        [&](const SyntaxField& field) { return field.name == step; });
    if (it == fields->end()) {
      return {};
    }
    chain.push_back(&*it);
    fields = &it->value.fields;
  }
  size_t first = chain.size() - 1;
  const size_t needed = CommonSteps(path, parent);
  while (first > needed && HoldsOnly(text, *chain[first - 1], *chain[first])) {
    --first;
  }
  chain.erase(chain.begin(),
              chain.begin() + static_cast<std::ptrdiff_t>(first));
  return chain;
}

// Wraps lines in messages: {"a", "b"} gives a { b { lines } }.
std::vector<std::string> Wrap(std::vector<std::string> lines,
                              std::vector<std::string> names) {
  while (!names.empty()) {
    for (std::string& line : lines) {
      line.insert(0, std::string(kIndent));
    }
    lines.insert(lines.begin(), absl::StrCat(names.back(), " {"));
    lines.push_back("}");
    names.pop_back();
  }
  return lines;
}

// Writes lines at the end of a scope.
std::string Append(absl::string_view text, const Scope& scope,
                   std::vector<std::string> lines) {
  if (scope.is_root) {
    const bool ends = text.empty() || absl::EndsWith(text, "\n");
    return absl::StrCat(text, ends ? "" : "\n", absl::StrJoin(lines, "\n"),
                        "\n");
  }
  const size_t close = scope.span.end - 1;
  const size_t line = LineBegin(text, close);
  const bool has_comment = std::any_of(
      lines.begin(), lines.end(),
      [](const std::string& l) { return absl::StrContains(l, "#"); });
  if (!IsBlank(text.substr(line, close - line)) && !has_comment) {
    // All on one line: stay there.
    for (std::string& part : lines) {
      part = std::string(absl::StripAsciiWhitespace(part));
    }
    const absl::string_view before =
        absl::StripTrailingAsciiWhitespace(text.substr(0, close));
    return absl::StrCat(before, " ", absl::StrJoin(lines, " "), " ",
                        text.substr(close));
  }
  std::string indent(text.substr(line, close - line));
  std::string head(text.substr(0, line));
  if (!IsBlank(indent)) {
    const size_t first = indent.find_first_not_of(' ');
    head = absl::StrCat(
        absl::StripTrailingAsciiWhitespace(text.substr(0, close)), "\n");
    indent = std::string(first, ' ');
  }
  for (const std::string& part : lines) {
    absl::StrAppend(&head, indent, kIndent, part, "\n");
  }
  return absl::StrCat(head, indent, text.substr(close));
}

// Writes lines at the end of the message `parent` below the scope at place
// `index` among those of `common`, creating what is not there.
std::string AppendAt(absl::string_view text, absl::string_view common,
                     size_t index, absl::string_view parent,
                     std::vector<std::string> lines) {
  const SyntaxTree tree = ParseSyntax(text);
  Scope scope = Find(RootOf(tree, text), common)[index];
  std::vector<std::string> steps = StepsOf(parent);
  while (!steps.empty()) {
    const std::vector<Scope> inner = Find(scope, steps.front());
    if (inner.empty()) {
      break;
    }
    scope = inner.front();
    steps.erase(steps.begin());
  }
  return Append(text, scope, Wrap(std::move(lines), std::move(steps)));
}

}  // namespace

bool HasField(absl::string_view text, absl::string_view path) {
  const SyntaxTree tree = ParseSyntax(text);
  const size_t dot = path.rfind('.');
  const bool nested = dot != absl::string_view::npos;
  const std::string name(nested ? path.substr(dot + 1) : path);
  for (const Scope& scope :
       Find(RootOf(tree, text), nested ? path.substr(0, dot) : "")) {
    for (const SyntaxField& field : *scope.fields) {
      if (field.name == name) {
        return true;
      }
    }
  }
  return false;
}

std::string InsertFirst(absl::string_view text, absl::string_view field) {
  const SyntaxTree tree = ParseSyntax(text);
  if (tree.fields.empty()) {
    return Append(text, RootOf(tree, text), {std::string(field)});
  }
  const size_t line = LineBegin(text, tree.fields[0].span.begin);
  size_t at = CommentsBegin(text, line);
  at = at == 0 ? line : at;  // The comment at the top is of the whole file.
  return absl::StrCat(text.substr(0, at), field, "\n\n", text.substr(at));
}

std::string InsertField(absl::string_view text, const FieldInsert& insert) {
  std::string result(text);
  const SyntaxTree tree = ParseSyntax(text);
  const size_t scopes = Find(RootOf(tree, text), insert.common).size();
  for (size_t i = 0; i < scopes; ++i) {
    const SyntaxTree now = ParseSyntax(result);
    const Scope scope = Find(RootOf(now, result), insert.common)[i];
    const std::string target =
        absl::StrCat(insert.parent, insert.parent.empty() ? "" : ".",
                     insert.field.substr(0, insert.field.find_first_of(": {")));
    if (!ChainTo(result, scope, insert.where, "").empty() &&
        ChainTo(result, scope, target, "").empty()) {
      result =
          AppendAt(result, insert.common, i, insert.parent, {insert.field});
    }
  }
  return result;
}

std::string MoveField(absl::string_view text, const FieldMove& move) {
  std::string result(text);
  const SyntaxTree tree = ParseSyntax(text);
  const size_t scopes = Find(RootOf(tree, text), move.common).size();
  for (size_t i = 0; i < scopes; ++i) {
    const SyntaxTree now = ParseSyntax(result);
    const Scope scope = Find(RootOf(now, result), move.common)[i];
    const std::vector<const SyntaxField*> chain =
        ChainTo(result, scope, move.path, move.parent);
    if (chain.empty()) {
      continue;
    }
    const Extract extract = ExtractField(result, chain, move.name);
    result.erase(extract.cut.begin, extract.cut.end - extract.cut.begin);
    result = AppendAt(result, move.common, i, move.parent, extract.lines);
  }
  return result;
}

}  // namespace cxr
