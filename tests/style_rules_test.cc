// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/style_rules.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/source_tree.h"

namespace cxr::tests {
namespace {

constexpr char kLicence[] =
    "// Copyright 2026 The cxr Authors\n"
    "// SPDX-License-Identifier: Apache-2.0\n";

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(StyleRulesTest, EachKindOfFileHasItsLineBudget) {
  const std::string long_text = Repeated("\n", 401);
  EXPECT_EQ(CheckLineBudget({"a.cc", long_text}),
            Problems{"a.cc:401: 401 lines, at most 400"});
  EXPECT_EQ(CheckLineBudget({"a.cc", Repeated("\n", 400)}), Problems{});
  EXPECT_EQ(CheckLineBudget({"a.h", long_text}),
            Problems{"a.h:401: 401 lines, at most 300"});
  EXPECT_EQ(CheckLineBudget({"a_test.cc", long_text}), Problems{});
  EXPECT_EQ(CheckLineBudget({"a_test.cc", Repeated("\n", 601)}),
            Problems{"a_test.cc:601: 601 lines, at most 600"});
}

TEST(StyleRulesTest, LongFunctionIsNamedWithItsLine) {
  const auto body = [](int lines) {
    return "\nvoid F() {\n" + Repeated("  g();\n", lines - 2) + "}\n";
  };
  EXPECT_EQ(CheckFunctionBudget({"a.cc", body(60)}), Problems{});
  EXPECT_EQ(CheckFunctionBudget({"a.cc", body(61)}),
            Problems{"a.cc:2: function F has 61 lines, at most 60"});
}

TEST(StyleRulesTest, ColumnsCountCharactersNotBytes) {
  EXPECT_EQ(CheckColumns({"a.cc", Repeated("x", 81)}),
            Problems{"a.cc:1: 81 columns, at most 80"});
  EXPECT_EQ(CheckColumns({"a.cc", Repeated("é", 80)}), Problems{});
  EXPECT_EQ(CheckColumns({"a.py", Repeated("x", 81)}), Problems{});
}

TEST(StyleRulesTest, LicenceStandsOnTop) {
  EXPECT_EQ(CheckLicence({"a.cc", kLicence}), Problems{});
  EXPECT_EQ(CheckLicence({"a.proto", "syntax = \"proto3\";\n"}),
            Problems{"a.proto:1: expected `// Copyright 2026 The cxr "
                     "Authors`"});
  EXPECT_EQ(
      CheckLicence({"a.sh", "#!/bin/sh\n# Copyright 2026 The cxr Authors\n"}),
      Problems{"a.sh:3: expected `# SPDX-License-Identifier: "
               "Apache-2.0`"});
  EXPECT_EQ(CheckLicence({"a.md", "text"}), Problems{});
}

TEST(StyleRulesTest, GuardEqualsThePath) {
  EXPECT_EQ(CheckGuard({"cxr/a.h",
                        "// x\n#ifndef CXR_A_H_\n"
                        "#define CXR_A_H_\n#endif\n"}),
            Problems{});
  EXPECT_EQ(CheckGuard({"cxr/a.h", "// x\n#ifndef A_H_\n"}),
            Problems{"cxr/a.h:2: expected `#ifndef CXR_A_H_`"});
  EXPECT_EQ(CheckGuard({"cxr/a.h", "#ifndef CXR_A_H_\n#define A_H_\n"}),
            Problems{"cxr/a.h:2: expected `#define CXR_A_H_`"});
}

TEST(StyleRulesTest, ForbiddenWordsAreFound) {
  EXPECT_EQ(
      CheckForbiddenWords({"a.cc",
                           "using namespace std;\n"
                           "auto p = new int;\nthrow 1;\n"
                           "} catch (int) {\n"
                           "std::regex r;\nCHECK_EQ(a, b);\n"
                           "LOG(INFO) << 1;\n"}),
      (Problems{"a.cc:1: using namespace", "a.cc:2: new: use std::make_unique",
                "a.cc:3: throw: return a Status, or TORCH_CHECK",
                "a.cc:4: catch outside the seams",
                "a.cc:5: std::regex: use RE2 through its seam",
                "a.cc:6: bare macro CHECK_EQ: use CXR_CHECK or CXR_LOG",
                "a.cc:7: bare macro LOG: use CXR_CHECK or CXR_LOG"}));
}

TEST(StyleRulesTest, ForbiddenWordsInTextAndPartsOfWordsAreNot) {
  EXPECT_EQ(CheckForbiddenWords({"a.cc",
                                 "#include <new>\n// new catch throw\n"
                                 "f(\"new\"); CXR_CHECK(x); TORCH_CHECK(y);\n"
                                 "newest = catch_all;\n"}),
            Problems{});
  EXPECT_EQ(CheckForbiddenWords({"cxr/base/torch_status.cc", "catch (E e) {"}),
            Problems{});
}

TEST(StyleRulesTest, StreamsStayOutOfLibraries) {
  EXPECT_EQ(CheckForbiddenWords({"cxr/a.cc", "#include <iostream>\n"}),
            Problems{"cxr/a.cc:1: <iostream>"});
  EXPECT_EQ(CheckForbiddenWords({"tools/a.cc", "#include <iostream>\n"}),
            Problems{});
}

TEST(StyleRulesTest, CastsAreFound) {
  EXPECT_EQ(CheckCasts({"a.cc",
                        "int a = (int)b;\nreturn (float)(c + d);\n"
                        "f((std::size_t)-1, (const char*)p);\n"}),
            (Problems{"a.cc:1: C cast to int: use static_cast",
                      "a.cc:2: C cast to float: use static_cast",
                      "a.cc:3: C cast to size_t: use static_cast",
                      "a.cc:3: C cast to *: use static_cast"}));
}

TEST(StyleRulesTest, ParametersAndCallsAreNoCasts) {
  EXPECT_EQ(CheckCasts({"a.cc",
                        "void f(int) const;\n[](int) { return 1; };\n"
                        "std::function<void(int)> g;\n"
                        "x = sizeof(int) * 2;\ny = double(z);\n"
                        "bool operator()(int) const;\n"
                        "int (*h)(int);\n"}),
            Problems{});
}

TEST(StyleRulesTest, MarksInCommentsAreFound) {
  EXPECT_EQ(
      CheckComments({"a.cc", "f(\"TODO\");  // TODO: x\n// NOLINT\n"}),
      (Problems{"a.cc:1: TODO in a comment", "a.cc:2: NOLINT in a comment"}));
  EXPECT_EQ(CheckComments({"a/BUILD", "x\n# FIXME\n"}),
            Problems{"a/BUILD:2: FIXME in a comment"});
  EXPECT_EQ(CheckComments({"a.sh", "mktemp a.XXXXXX\n"}), Problems{});
}

TEST(StyleRulesTest, UnderscoreInATestNameIsFound) {
  EXPECT_EQ(CheckTestNames({"a_test.cc",
                            "TEST(ATest, B_C) {}\n"
                            "TEST_F(A_Test, B) {}\n"}),
            (Problems{"a_test.cc:1: underscore in the test name B_C",
                      "a_test.cc:2: underscore in the test name A_Test"}));
}

TEST(StyleRulesTest, SourceIncludesItsHeaderFirstAndHasATest) {
  EXPECT_EQ(CheckFileSets({{"x/a.cc", "// y\n#include <map>\n"},
                           {"x/a.h", ""},
                           {"x/main.cc", "#include <map>\n"}}),
            (Problems{"x/a.cc:2: the first include is not \"x/a.h\"",
                      "x/a.cc:1: no a_test.cc beside it"}));
  EXPECT_EQ(CheckFileSets({{"x/a.cc", "#include \"x/a.h\"\n"},
                           {"x/a.h", ""},
                           {"x/a_test.cc", ""}}),
            Problems{});
}

TEST(StyleRulesTest, EveryRuleRunsOverTheTree) {
  EXPECT_EQ(CheckStyle({{"a/BUILD", "x\n"}, {"b.cc", kLicence}}).size(), 2u);
}

}  // namespace
}  // namespace cxr::tests
