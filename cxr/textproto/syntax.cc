// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/syntax.h"

#include "cxr/textproto/issues.h"
#include "cxr/textproto/language.h"
#include "cxr/textproto/parser.h"
#include "cxr/textproto/stream.h"

namespace cxr {
namespace {

SyntaxTree OneIssue(absl::string_view text, const Diagnosis& diagnosis) {
  IssueList issues(text);
  issues.Add(diagnosis.span, diagnosis.message);
  return {.fields = {}, .issues = issues.Take()};
}

}  // namespace

SyntaxTree ParseSyntax(absl::string_view text) {
  if (const auto diagnosis = DiagnoseBytes(text); diagnosis.has_value()) {
    return OneIssue(text, *diagnosis);
  }
  SyntaxTree tree;
  IssueList issues(text);
  SyntaxParser parser(text, issues);
  parser.ParseFields(tree.fields, TokenStream::kNone);
  if (issues.has_errors()) {
    if (const auto diagnosis = DiagnoseLanguage(text, parser.tokens());
        diagnosis.has_value()) {
      return OneIssue(text, *diagnosis);
    }
  }
  tree.issues = issues.Take();
  return tree;
}

}  // namespace cxr
