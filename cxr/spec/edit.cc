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

// Whether nothing but a comment stands before or behind it on its line.
bool BeginsLine(absl::string_view text, TextSpan span) {
  const size_t begin = LineBegin(text, span.begin);
  return IsBlank(text.substr(begin, span.begin - begin));
}

bool EndsLine(absl::string_view text, TextSpan span) {
  const absl::string_view behind =
      text.substr(span.end, LineEnd(text, span.end) - span.end);
  return IsBlank(behind) || IsComment(behind);
}

// Behind the last line of the comment behind a field that ends its line: it
// goes on in the lines below with a comment in the same column.
size_t RemarkEnd(absl::string_view text, TextSpan span) {
  size_t end = LineEnd(text, span.end);
  const size_t mark = text.substr(0, end).find('#', span.end);
  if (mark == absl::string_view::npos) {
    return end;
  }
  const size_t column = mark - LineBegin(text, mark);
  while (text.find_first_not_of(' ', end) == end + column &&
         text[end + column] == '#') {
    end = LineEnd(text, end);
  }
  return end;
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
      indent = std::min(indent, line.find_first_not_of(" \t"));
    }
  }
  for (std::string& line : lines) {
    line.erase(0, std::min(indent, line.size()));
  }
  return lines;
}

// The field with the comments above the line that it begins and behind it on
// the line that it ends.
TextSpan WithComments(absl::string_view text, TextSpan span) {
  TextSpan all = span;
  if (BeginsLine(text, span)) {
    all.begin = CommentsBegin(text, LineBegin(text, span.begin));
  }
  if (EndsLine(text, span)) {
    all.end = RemarkEnd(text, span);
  }
  return all;
}

std::string Without(absl::string_view text, TextSpan span) {
  TextSpan cut = WithComments(text, span);
  if (BeginsLine(text, span) && EndsLine(text, span)) {
    return absl::StrCat(text.substr(0, cut.begin), text.substr(cut.end));
  }
  // Others stay on its line.
  absl::string_view indent;
  if (cut.begin < span.begin) {
    const size_t line = LineBegin(text, span.begin);
    indent = text.substr(line, span.begin - line);
  }
  absl::string_view before = text.substr(0, cut.begin);
  if (cut.end > span.end) {
    before = absl::StripTrailingAsciiWhitespace(before);
    cut.end -= text[cut.end - 1] == '\n' ? 1 : 0;
  }
  absl::string_view behind = text.substr(cut.end);
  behind.remove_prefix(std::min(behind.find_first_not_of(' '), behind.size()));
  return absl::StrCat(before, indent, behind);
}

// Adds what stands around the field in a message that goes away with it.
void AddOuterComments(absl::string_view text, TextSpan outer,
                      std::vector<std::string>& lines) {
  const TextSpan all = WithComments(text, outer);
  absl::string_view behind =
      absl::StripAsciiWhitespace(text.substr(outer.end, all.end - outer.end));
  if (!behind.empty() && lines.size() == 1 &&
      !absl::StrContains(behind, "\n") && !absl::StrContains(lines[0], "#")) {
    absl::StrAppend(&lines[0], "  ", behind);
    behind = "";
  }
  const size_t line = std::max(LineBegin(text, outer.begin), all.begin);
  std::vector<std::string> above =
      Dedent(absl::StrCat(text.substr(all.begin, line - all.begin), behind));
  std::erase(above, "");
  lines.insert(lines.begin(), above.begin(), above.end());
}

// What a field takes with it under its new name. `chain` leads from the
// outermost message that goes away with its last field to the field itself.
std::vector<std::string> LinesOf(absl::string_view text,
                                 const std::vector<const SyntaxField*>& chain,
                                 absl::string_view name) {
  const SyntaxField& field = *chain.back();
  const TextSpan all = WithComments(text, field.span);
  // A separator would be wrong at another place.
  const size_t value_end = field.value.span.end;
  std::vector<std::string> lines = Dedent(absl::StrCat(
      text.substr(all.begin, field.name_span.begin - all.begin), name,
      text.substr(field.name_span.end, value_end - field.name_span.end),
      text.substr(field.span.end, all.end - field.span.end)));
  if (chain.size() > 1) {
    AddOuterComments(text, chain.front()->span, lines);
  }
  return lines;
}

// Whether a message holds only one field and no remark but that field's.
bool HoldsOnly(absl::string_view text, const SyntaxField& message,
               const SyntaxField& inner) {
  const TextSpan all = WithComments(text, inner.span);
  const TextSpan in = message.value.span;
  return message.value.fields.size() == 1 &&
         !absl::StrContains(text.substr(in.begin, all.begin - in.begin), "#") &&
         !absl::StrContains(text.substr(all.end, in.end - all.end), "#");
}

// How many messages two paths have in common.
size_t CommonSteps(absl::string_view path, absl::string_view parent) {
  const std::vector<std::string> a = StepsOf(path);
  const std::vector<std::string> b = StepsOf(parent);
  const auto end = a.end() - 1;  // The field itself is no message.
  return static_cast<size_t>(
      std::mismatch(a.begin(), end, b.begin(), b.end()).first - a.begin());
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
      line.insert(0, line.empty() ? "" : std::string(kIndent));
    }
    lines.insert(lines.begin(), absl::StrCat(names.back(), " {"));
    lines.push_back("}");
    names.pop_back();
  }
  return lines;
}

// Writes lines behind the last field of the root, at `at` if it has none.
std::string AppendToRoot(absl::string_view text, const Fields& fields,
                         size_t at, const std::vector<std::string>& lines) {
  at = fields.empty() ? at : RemarkEnd(text, fields.back().span);
  const bool ends = at == 0 || text[at - 1] == '\n';
  return absl::StrCat(text.substr(0, at), ends ? "" : "\n",
                      absl::StrJoin(lines, "\n"), "\n", text.substr(at));
}

// Writes lines behind the last field of a scope.
std::string Append(absl::string_view text, const Scope& scope, size_t at,
                   std::vector<std::string> lines) {
  if (scope.is_root) {
    return AppendToRoot(text, *scope.fields, at, lines);
  }
  const size_t close = scope.span.end - 1;
  const size_t line = LineBegin(text, close);
  const bool has_comment = absl::StrContains(absl::StrJoin(lines, " "), "#");
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
  std::string tail = absl::StrCat(indent, text.substr(close));
  if (!IsBlank(indent)) {
    const size_t first = indent.find_first_not_of(" \t");
    head = absl::StrCat(
        absl::StripTrailingAsciiWhitespace(text.substr(0, close)), "\n");
    indent = indent.substr(0, first);
    tail = absl::StrCat(indent, text.substr(close));
  } else if (!scope.fields->empty()) {
    // Before the remarks at the end.
    const size_t end =
        std::min(RemarkEnd(text, scope.fields->back().span), line);
    head.resize(end);
    tail = std::string(text.substr(end));
  }
  for (const std::string& part : lines) {
    absl::StrAppend(&head, part.empty() ? "" : indent + std::string(kIndent),
                    part, "\n");
  }
  return head + tail;
}

// Writes lines at the end of the message `parent` below the scope at place
// `index` among those of `common`, creating what is not there. `at` is for a
// root without fields.
std::string AppendAt(absl::string_view text, const FieldMove& move,
                     size_t index, size_t at, std::vector<std::string> lines) {
  const SyntaxTree tree = ParseSyntax(text);
  Scope scope = Find(RootOf(tree, text), move.common)[index];
  std::vector<std::string> steps = StepsOf(move.parent);
  while (!steps.empty()) {
    const std::vector<Scope> inner = Find(scope, steps.front());
    if (inner.empty()) {
      break;
    }
    scope = inner.front();
    steps.erase(steps.begin());
  }
  return Append(text, scope, at, Wrap(std::move(lines), std::move(steps)));
}

}  // namespace

std::string InsertFirst(absl::string_view text, absl::string_view field) {
  const SyntaxTree tree = ParseSyntax(text);
  if (tree.fields.empty()) {
    return std::string(text);
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
          AppendAt(result, {.common = insert.common, .parent = insert.parent},
                   i, result.size(), {insert.field});
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
    const TextSpan outer = chain.front()->span;
    result = AppendAt(Without(result, outer), move, i,
                      WithComments(result, outer).begin,
                      LinesOf(result, chain, move.name));
  }
  return result;
}

}  // namespace cxr
