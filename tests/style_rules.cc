// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/style_rules.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "tests/build_style.h"
#include "tests/cpp_functions.h"
#include "tests/cpp_text.h"
#include "tests/source_tree.h"
#include "tests/style_exemptions.h"

namespace cxr::tests {
namespace {

constexpr int kMaxSourceLines = 400;
constexpr int kMaxHeaderLines = 300;
constexpr int kMaxTestLines = 600;
constexpr int kMaxKernelLines = 300;
constexpr int kMaxFunctionLines = 60;
constexpr int kMaxColumns = 80;

constexpr absl::string_view kLicence[] = {
    "Copyright 2026 The cxr Authors",
    "SPDX-License-Identifier: Apache-2.0",
};

constexpr absl::string_view kArithmeticWords[] = {
    "bool",     "char",     "double",   "float",     "int",      "long",
    "short",    "signed",   "unsigned", "void",      "size_t",   "ssize_t",
    "int8_t",   "int16_t",  "int32_t",  "int64_t",   "uint8_t",  "uint16_t",
    "uint32_t", "uint64_t", "intptr_t", "uintptr_t", "ptrdiff_t"};

// Words that may stand before a parenthesis without naming a function.
constexpr absl::string_view kOperatorWords[] = {"return",   "case", "co_return",
                                                "co_yield", "else", "do"};

constexpr absl::string_view kBareMacros[] = {
    "CHECK", "DCHECK", "QCHECK",   "PCHECK",  "LOG",       "DLOG",   "VLOG",
    "PLOG",  "LOG_IF", "CHECK_OK", "DLOG_IF", "QCHECK_OK", "VLOG_IF"};

constexpr absl::string_view kUnfinishedMarks[] = {"TODO", "FIXME", "XXX"};

template <typename Range>
bool Contains(const Range& range, absl::string_view what) {
  return std::find(std::begin(range), std::end(range), what) != std::end(range);
}

template <typename Range>
bool IsExempt(const Range& exemptions, absl::string_view path) {
  return std::any_of(std::begin(exemptions), std::end(exemptions),
                     [&](const Exemption& e) { return e.path == path; });
}

bool IsWord(absl::string_view token) {
  return absl::ascii_isalnum(token.front()) || token.front() == '_';
}

absl::string_view TextAt(const std::vector<Token>& tokens, size_t at) {
  return at < tokens.size() ? absl::string_view(tokens[at].text) : ";";
}

int LineBudget(absl::string_view path) {
  if (IsTestSource(path)) return kMaxTestLines;
  if (IsHeader(path)) return kMaxHeaderLines;
  if (absl::EndsWith(path, ".cu")) return kMaxKernelLines;
  return kMaxSourceLines;
}

// A continuation byte of UTF-8 is no column of its own.
int Columns(absl::string_view line) {
  return static_cast<int>(std::count_if(
      line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool HasHashComments(absl::string_view path) {
  return IsBuildFile(path) || NameOf(path) == "WORKSPACE" ||
         absl::EndsWith(path, ".bzl") || absl::EndsWith(path, ".sh") ||
         absl::EndsWith(path, ".py");
}

bool HasSlashComments(absl::string_view path) {
  return IsCpp(path) || absl::EndsWith(path, ".proto");
}

std::string GuardOf(absl::string_view path) {
  std::string guard = absl::AsciiStrToUpper(path);
  for (char& c : guard) {
    if (!absl::ascii_isalnum(c)) c = '_';
  }
  return guard + "_";
}

// The comments of a file, each on its own line, the rest blank.
std::string CommentsOf(const SourceFile& file) {
  if (HasSlashComments(file.path)) return MaskAllButComments(file.text);
  std::string comments;
  for (absl::string_view line : SplitLines(file.text)) {
    const size_t hash = std::min(line.find('#'), line.size());
    absl::StrAppend(&comments, line.substr(hash), "\n");
  }
  return comments;
}

bool IsBareMacro(absl::string_view token) {
  if (Contains(kBareMacros, token)) return true;
  for (absl::string_view stem : {"CHECK_", "DCHECK_", "QCHECK_"}) {
    absl::string_view rest = token;
    if (absl::ConsumePrefix(&rest, stem) && rest.size() == 2) return true;
  }
  return false;
}

// What is wrong with the token at `at`; empty if nothing.
std::string ForbiddenAt(const std::vector<Token>& tokens, size_t at,
                        absl::string_view path) {
  const absl::string_view token = tokens[at].text;
  const absl::string_view next = TextAt(tokens, at + 1);
  const absl::string_view before = at > 0 ? TextAt(tokens, at - 1) : ";";
  if (token == "using" && next == "namespace") return "using namespace";
  if (token == "throw") return "throw: return a Status, or TORCH_CHECK";
  if (token == "new" && before != "operator") {
    return "new: use std::make_unique";
  }
  if (token == "catch" && !IsExempt(kCatchSeams, path)) {
    return "catch outside the seams";
  }
  if (token == "std" && next == "::" &&
      absl::StartsWith(TextAt(tokens, at + 2), "regex")) {
    return "std::regex: use RE2 through its seam";
  }
  if (IsBareMacro(token) && next == "(") {
    return absl::StrCat("bare macro ", token, ": use CXR_CHECK or CXR_LOG");
  }
  return "";
}

// The position after `(T)` if `at` opens a parenthesised arithmetic type,
// which may be a pointer; else `at`.
size_t AfterArithmeticType(const std::vector<Token>& tokens, size_t at) {
  if (TextAt(tokens, at) != "(") return at;
  bool has_type = false;
  for (size_t i = at + 1; i < tokens.size(); ++i) {
    const absl::string_view token = tokens[i].text;
    if (token == ")") return has_type ? i + 1 : at;
    if (Contains(kArithmeticWords, token)) {
      has_type = true;
    } else if (!Contains(std::array<absl::string_view, 5>{"std", "::", "const",
                                                          "*", "&"},
                         token)) {
      return at;
    }
  }
  return at;
}

// Before a cast stands an operator or an opening, never what could be called.
bool MayPrecedeCast(absl::string_view before) {
  if (Contains(kOperatorWords, before)) return true;
  return !IsWord(before) && before != ")" && before != "]" && before != ">";
}

bool IsOperand(absl::string_view token) {
  return token != "const" && token != "noexcept" && token != "override" &&
         (IsWord(token) || absl::StrContains("(-+~!*&\"'::", token));
}

bool IsTestMacro(absl::string_view token) {
  return token == "TEST" || token == "TEST_F" || token == "TEST_P" ||
         token == "TYPED_TEST" || token == "TYPED_TEST_P";
}

Problems CheckOwnHeaderFirst(const SourceFile& file) {
  const std::string header = StemOf(file.path) + ".h";
  const std::vector<Include> includes = FindIncludes(file.text);
  if (!includes.empty() && includes.front().path == header) return {};
  const int line = includes.empty() ? 1 : includes.front().line;
  return {ProblemAt(file.path, line,
                    absl::StrCat("the first include is not \"", header, "\""))};
}

}  // namespace

Problems CheckLineBudget(const SourceFile& file) {
  if (!IsCpp(file.path)) return {};
  const int budget = LineBudget(file.path);
  const int lines = static_cast<int>(SplitLines(file.text).size());
  if (lines <= budget) return {};
  return {ProblemAt(file.path, lines,
                    absl::StrCat(lines, " lines, at most ", budget))};
}

Problems CheckFunctionBudget(const SourceFile& file) {
  Problems problems;
  if (!IsCpp(file.path)) return problems;
  for (const FunctionSpan& span : FindFunctions(file.text)) {
    if (span.lines <= kMaxFunctionLines) continue;
    problems.push_back(
        ProblemAt(file.path, span.line,
                  absl::StrCat("function ", span.name, " has ", span.lines,
                               " lines, at most ", kMaxFunctionLines)));
  }
  return problems;
}

Problems CheckColumns(const SourceFile& file) {
  Problems problems;
  if (!IsCpp(file.path)) return problems;
  int number = 0;
  for (absl::string_view line : SplitLines(file.text)) {
    ++number;
    const int columns = Columns(line);
    if (columns <= kMaxColumns) continue;
    problems.push_back(
        ProblemAt(file.path, number,
                  absl::StrCat(columns, " columns, at most ", kMaxColumns)));
  }
  return problems;
}

Problems CheckLicence(const SourceFile& file) {
  const bool hashed = HasHashComments(file.path);
  if (!hashed && !HasSlashComments(file.path)) return {};
  const absl::string_view comment = hashed ? "# " : "// ";
  const std::vector<absl::string_view> lines = SplitLines(file.text);
  size_t at = !lines.empty() && absl::StartsWith(lines[0], "#!") ? 1 : 0;
  for (absl::string_view text : kLicence) {
    const std::string expected = absl::StrCat(comment, text);
    if (at >= lines.size() || lines[at] != expected) {
      return {ProblemAt(file.path, static_cast<int>(at) + 1,
                        absl::StrCat("expected `", expected, "`"))};
    }
    ++at;
  }
  return {};
}

Problems CheckGuard(const SourceFile& file) {
  if (!IsHeader(file.path)) return {};
  const std::string guard = GuardOf(file.path);
  const std::string expected[] = {"#ifndef " + guard, "#define " + guard};
  const std::string code = MaskCommentsAndLiterals(file.text);
  size_t met = 0;
  int number = 0;
  for (absl::string_view line : SplitLines(code)) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    if (line != expected[met]) break;
    if (++met == 2) return {};
  }
  return {ProblemAt(file.path, std::max(number, 1),
                    absl::StrCat("expected `", expected[met], "`"))};
}

Problems CheckForbiddenWords(const SourceFile& file) {
  Problems problems;
  if (!IsCpp(file.path)) return problems;
  const bool is_library =
      !IsTestSource(file.path) && !absl::StartsWith(file.path, "tools/");
  for (const Include& include : FindIncludes(file.text)) {
    const bool streams = include.path == "iostream" && is_library;
    if (!streams && include.path != "regex") continue;
    problems.push_back(ProblemAt(file.path, include.line,
                                 absl::StrCat("<", include.path, ">")));
  }
  const std::vector<Token> tokens = Tokenize(file.text);
  for (size_t at = 0; at < tokens.size(); ++at) {
    const std::string forbidden = ForbiddenAt(tokens, at, file.path);
    if (forbidden.empty()) continue;
    problems.push_back(ProblemAt(file.path, tokens[at].line, forbidden));
  }
  return problems;
}

Problems CheckCasts(const SourceFile& file) {
  Problems problems;
  if (!IsCpp(file.path)) return problems;
  const std::vector<Token> tokens = Tokenize(file.text);
  for (size_t at = 1; at < tokens.size(); ++at) {
    const size_t after = AfterArithmeticType(tokens, at);
    if (after == at || !MayPrecedeCast(tokens[at - 1].text)) continue;
    if (!IsOperand(TextAt(tokens, after))) continue;
    problems.push_back(
        ProblemAt(file.path, tokens[at].line,
                  absl::StrCat("C cast to ", TextAt(tokens, after - 2),
                               ": use static_cast")));
  }
  return problems;
}

Problems CheckComments(const SourceFile& file) {
  Problems problems;
  if (!HasSlashComments(file.path) && !HasHashComments(file.path)) {
    return problems;
  }
  for (const Token& token : TokenizeWords(CommentsOf(file))) {
    const bool is_silencer = absl::StartsWith(token.text, "NOLINT");
    if (!is_silencer && !Contains(kUnfinishedMarks, token.text)) continue;
    problems.push_back(ProblemAt(file.path, token.line,
                                 absl::StrCat(token.text, " in a comment")));
  }
  return problems;
}

Problems CheckTestNames(const SourceFile& file) {
  Problems problems;
  if (!IsTestSource(file.path)) return problems;
  const std::vector<Token> tokens = Tokenize(file.text);
  for (size_t at = 0; at + 4 < tokens.size(); ++at) {
    if (!IsTestMacro(tokens[at].text) || tokens[at + 1].text != "(") continue;
    for (size_t name : {at + 2, at + 4}) {
      if (!absl::StrContains(tokens[name].text, "_")) continue;
      problems.push_back(ProblemAt(
          file.path, tokens[name].line,
          absl::StrCat("underscore in the test name ", tokens[name].text)));
    }
  }
  return problems;
}

Problems CheckFileSets(const std::vector<SourceFile>& tree) {
  std::set<std::string> paths;
  for (const SourceFile& file : tree) paths.insert(file.path);
  Problems problems;
  for (const SourceFile& file : tree) {
    const std::string stem = StemOf(file.path);
    if (file.path != stem + ".cc" || paths.count(stem + ".h") == 0) continue;
    AddProblems(CheckOwnHeaderFirst(file), &problems);
    if (paths.count(stem + "_test.cc") > 0) continue;
    if (IsExempt(kUntestedSources, file.path)) continue;
    problems.push_back(ProblemAt(
        file.path, 1, absl::StrCat("no ", NameOf(stem), "_test.cc beside it")));
  }
  return problems;
}

Problems CheckStyle(const std::vector<SourceFile>& tree) {
  constexpr Problems (*kRules[])(const SourceFile&) = {
      CheckLineBudget, CheckFunctionBudget, CheckColumns, CheckLicence,
      CheckGuard,      CheckForbiddenWords, CheckCasts,   CheckComments,
      CheckTestNames,  CheckBuildStyle};
  Problems problems;
  for (const SourceFile& file : tree) {
    for (const auto rule : kRules) AddProblems(rule(file), &problems);
  }
  AddProblems(CheckFileSets(tree), &problems);
  return problems;
}

}  // namespace cxr::tests
