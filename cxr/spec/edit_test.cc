// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/edit.h"

#include <gtest/gtest.h>

#include <string>

namespace cxr {
namespace {

TEST(EditTest, TheFirstFieldComesBehindTheCommentOfTheFile) {
  EXPECT_EQ(InsertFirst("# Licence.\n\n# Of a.\na: 1\n", "v: 2"),
            "# Licence.\n\nv: 2\n\n# Of a.\na: 1\n");
  EXPECT_EQ(InsertFirst("# Licence.\na: 1\n", "v: 2"),
            "# Licence.\nv: 2\n\na: 1\n");
  EXPECT_EQ(InsertFirst("a: 1", "v: 2"), "v: 2\n\na: 1");
}

TEST(EditTest, AFileWithoutFieldsGetsNoFirstOne) {
  EXPECT_EQ(InsertFirst("", "v: 2"), "");
  EXPECT_EQ(InsertFirst("# Nothing yet.", "v: 2"), "# Nothing yet.");
}

TEST(EditTest, AFieldIsInsertedWhereAnotherIs) {
  const FieldInsert insert{.where = "m.a", .parent = "m", .field = "b: 2"};
  EXPECT_EQ(InsertField("m {\n  a: 1  # One.\n}\nz: 1\n", insert),
            "m {\n  a: 1  # One.\n  b: 2\n}\nz: 1\n");
  EXPECT_EQ(InsertField("m { a: 1 }", insert), "m { a: 1 b: 2 }");
  EXPECT_EQ(InsertField("m { c: 1 }", insert), "m { c: 1 }");
  EXPECT_EQ(InsertField("m { a: 1 b: 3 }", insert), "m { a: 1 b: 3 }");
}

TEST(EditTest, AnInsertedFieldMakesItsMessages) {
  EXPECT_EQ(
      InsertField("a: 1\n", {.where = "a", .parent = "m.n", .field = "b: 2"}),
      "a: 1\nm {\n  n {\n    b: 2\n  }\n}\n");
  EXPECT_EQ(InsertField("a: 1\nm {\n  c: 3\n}\n",
                        {.where = "a", .parent = "m.n", .field = "b: 2"}),
            "a: 1\nm {\n  c: 3\n  n {\n    b: 2\n  }\n}\n");
}

TEST(EditTest, InsertsHappenInEveryItem) {
  EXPECT_EQ(InsertField("r { a: 1 } r { c: 1 } r { a: 2 }",
                        {.common = "r", .where = "a", .field = "b: 2"}),
            "r { a: 1 b: 2 } r { c: 1 } r { a: 2 b: 2 }");
}

TEST(EditTest, AMovedFieldTakesItsCommentsAlong) {
  EXPECT_EQ(MoveField("# Top.\n\nm {\n  # Why one.\n  a: 1  # One.\n\n"
                      "  # Two.\n  b: 2\n}\nn {\n  c: 3\n}\n",
                      {.path = "m.a", .parent = "n", .name = "d"}),
            "# Top.\n\nm {\n\n  # Two.\n  b: 2\n}\nn {\n  c: 3\n"
            "  # Why one.\n  d: 1  # One.\n}\n");
}

TEST(EditTest, AMovedMessageKeepsItsInside) {
  EXPECT_EQ(MoveField("m {\n  k: 1\n  a {\n    # In.\n    x: 1\n  }\n}\n",
                      {.path = "m.a", .parent = "", .name = "b"}),
            "m {\n  k: 1\n}\nb {\n  # In.\n  x: 1\n}\n");
}

TEST(EditTest, MessagesThatAreLeftEmptyGo) {
  EXPECT_EQ(MoveField("f { v { b { w: 1 } } }\nz: 1\n",
                      {.path = "f.v.b", .parent = "", .name = "b"}),
            "z: 1\nb { w: 1 }\n");
}

TEST(EditTest, MessagesWithRemarksStay) {
  EXPECT_EQ(MoveField("f {\n  a: 1\n  # Nothing else.\n}\n",
                      {.path = "f.a", .parent = "", .name = "a"}),
            "f {\n  # Nothing else.\n}\na: 1\n");
}

TEST(EditTest, MovesHappenInEveryItem) {
  EXPECT_EQ(
      MoveField("r { m { a: 1 } k: 1 }\nr { k: 2 }\nr { m { a: 3 } k: 3 }\n",
                {.common = "r", .path = "m.a", .parent = "n", .name = "a"}),
      "r { k: 1 n { a: 1 } }\nr { k: 2 }\nr { k: 3 n { a: 3 } }\n");
}

TEST(EditTest, WhatIsNotThereIsLeftAlone) {
  constexpr char kText[] = "  a : 1;# x\n\n\tb{c:2,}";
  EXPECT_EQ(MoveField(kText, {.path = "z.y", .parent = "b", .name = "y"}),
            kText);
  EXPECT_EQ(InsertField(kText, {.where = "z", .field = "y: 1"}), kText);
}

TEST(EditTest, ACommentGoesAlongFromALineWithOthers) {
  const FieldMove move{.path = "m.a", .parent = "n", .name = "a"};
  EXPECT_EQ(MoveField("m { k: 1\n  # Why.\n  a: 2 }\nn {\n}\n", move),
            "m { k: 1\n  }\nn {\n  # Why.\n  a: 2\n}\n");
  EXPECT_EQ(MoveField("m {\n  k: 1 a: 2  # Two.\n}\nn {\n}\n", move),
            "m {\n  k: 1\n}\nn {\n  a: 2  # Two.\n}\n");
}

TEST(EditTest, ACommentOfSeveralLinesBehindAFieldGoesAlong) {
  EXPECT_EQ(MoveField("m {\n  a: 1  # One\n        # more.\n  # Of k.\n"
                      "  k: 2\n}\nn {\n}\n",
                      {.path = "m.a", .parent = "n", .name = "a"}),
            "m {\n  # Of k.\n  k: 2\n}\n"
            "n {\n  a: 1  # One\n        # more.\n}\n");
}

TEST(EditTest, TheCommentBehindAMessageThatGoesIsBehindItsField) {
  EXPECT_EQ(MoveField("z: 1\n# Up.\nf { b: 1 }  # One.\n",
                      {.path = "f.b", .parent = "", .name = "b"}),
            "z: 1\n# Up.\nb: 1  # One.\n");
}

TEST(EditTest, AMessageGoesWithTheCommentsOfItsOnlyField) {
  EXPECT_EQ(MoveField("z: 1\nf {\n  # Why.\n  b: 1  # One.\n}\n",
                      {.path = "f.b", .parent = "", .name = "b"}),
            "z: 1\n# Why.\nb: 1  # One.\n");
}

TEST(EditTest, BlankLinesInsideAMovedMessageStay) {
  EXPECT_EQ(MoveField("m {\n  k: 1\n  a {\n    x: 1\n\n    y: 2\n  }\n}\n",
                      {.path = "m.a", .parent = "n", .name = "a"}),
            "m {\n  k: 1\n}\nn {\n  a {\n    x: 1\n\n    y: 2\n  }\n}\n");
}

TEST(EditTest, ClosingCommentsStayLast) {
  const FieldInsert insert{.where = "a", .parent = "", .field = "b: 2"};
  EXPECT_EQ(InsertField("a: 1  # One.\n\n# End.\n", insert),
            "a: 1  # One.\nb: 2\n\n# End.\n");
  EXPECT_EQ(InsertField("a: 1\n# End.", insert), "a: 1\nb: 2\n# End.");
  EXPECT_EQ(InsertField("m {\n  a: 1\n  # End.\n}\n",
                        {.where = "m.a", .parent = "m", .field = "b: 2"}),
            "m {\n  a: 1\n  b: 2\n  # End.\n}\n");
  EXPECT_EQ(MoveField("# Top.\n\nf { b: 1 }\n\n# End.\n",
                      {.path = "f.b", .parent = "", .name = "b"}),
            "# Top.\n\nb: 1\n\n# End.\n");
}

TEST(EditTest, ALastLineWithoutItsEndGetsOneOnlyIfAnotherFollows) {
  EXPECT_EQ(InsertField("a: 1", {.where = "a", .field = "b: 2"}),
            "a: 1\nb: 2\n");
  EXPECT_EQ(InsertField("m { a: 1 }  # M.",
                        {.where = "m.a", .parent = "m", .field = "b: 2"}),
            "m { a: 1 b: 2 }  # M.");
}

}  // namespace
}  // namespace cxr
