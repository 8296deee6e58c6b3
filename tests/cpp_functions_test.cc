// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/cpp_functions.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace cxr::tests {
namespace {

// Each function as "name@line+lines".
std::vector<std::string> Found(const std::string& text) {
  std::vector<std::string> found;
  for (const FunctionSpan& span : FindFunctions(text)) {
    found.push_back(absl::StrCat(span.name, "@", span.line, "+", span.lines));
  }
  return found;
}

using Strings = std::vector<std::string>;

TEST(CppFunctionsTest, FunctionRunsFromDeclarationToClosingBrace) {
  EXPECT_EQ(Found("namespace a {\n\nint F(int x,\n      int y) {\n"
                  "  if (x) {\n  }\n  return y;\n}\n}\nvoid G() {}\n"),
            (Strings{"F@3+6", "G@10+1"}));
}

TEST(CppFunctionsTest, BracesInTextDoNotCount) {
  EXPECT_EQ(Found("void F() {\n  // }\n  g(\"}\", '}');\n}\nvoid H() {}\n"),
            (Strings{"F@1+4", "H@5+1"}));
}

TEST(CppFunctionsTest, MembersAreFoundAndClassesAreNotFunctions) {
  EXPECT_EQ(Found("class A : public B<void(int)> {\n public:\n"
                  "  A() : a_(1), b_{2} {\n    c();\n  }\n"
                  "  int d() const { return 1; }\n\n private:\n"
                  "  int b_{3};\n};\nenum class E : int { kX };\n"),
            (Strings{"A@3+3", "d@6+1"}));
}

TEST(CppFunctionsTest, MemberAfterAnAccessLabelIsFound) {
  EXPECT_EQ(Found("struct A {\n private:\n  struct B {\n    int c() {\n"
                  "      return 1;\n    }\n  };\n};\n"),
            (Strings{"c@4+3"}));
}

TEST(CppFunctionsTest, TablesAreNotFunctions) {
  EXPECT_EQ(Found("constexpr int kA[] = {\n  1,\n  2};\n"
                  "const std::vector<int> kB{f(1),\n 2};\nvoid G() {}\n"),
            (Strings{"G@6+1"}));
}

TEST(CppFunctionsTest, TemplatesOperatorsAndDefaultsAreFound) {
  EXPECT_EQ(Found("template <typename T = int>\nT F(A a = {}, int b = 2) {\n}\n"
                  "bool operator==(A a, A b) {\n}\n"
                  "bool operator<(A a, A b) {\n}\n"
                  "auto G() -> std::vector<int> {\n}\n"),
            (Strings{"F@1+3", "operator@4+2", "operator@6+2", "G@8+2"}));
}

TEST(CppFunctionsTest, LambdaCountsWithTheFunctionAroundIt) {
  EXPECT_EQ(Found("void F() {\n  auto g = [](int x) {\n    return x;\n  };\n"
                  "}\n"),
            (Strings{"F@1+5"}));
}

TEST(CppFunctionsTest, TestsAreFunctions) {
  EXPECT_EQ(Found("TEST(A, B) {\n  c();\n}\n"), (Strings{"TEST@1+3"}));
}

TEST(CppFunctionsTest, ExternBlockIsAScope) {
  EXPECT_EQ(Found("extern \"C\" {\nint F() {\n}\n}\n"
                  "extern \"C\" int G() {\n}\n"),
            (Strings{"F@2+2", "G@5+2"}));
}

TEST(CppFunctionsTest, MacroBeforeANamespaceHidesNothing) {
  EXPECT_EQ(Found("BEGIN\nnamespace a {\nint F() {\n}\n}\n"),
            (Strings{"F@3+2"}));
}

TEST(CppFunctionsTest, MacroBodiesAreLeftOut) {
  EXPECT_EQ(Found("#define X(a) \\\n  void a() { \\\n\nvoid F() {}\n"),
            (Strings{"F@4+1"}));
}

}  // namespace
}  // namespace cxr::tests
