// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/textproto/textproto.h"

// Whole messages for the mistakes that people make; nothing more and nothing
// less may be said of each text.

namespace cxr {
namespace {

// A text and its issues, each as "line:column+length [field] message" with a
// line of its own.
struct Mistake {
  const char* text;
  const char* issues;
};

std::string IssuesOf(absl::string_view text) {
  google::protobuf::FileDescriptorProto message;
  std::string shown;
  for (const TextIssue& issue : ParseTextproto(text, message).issues) {
    absl::StrAppend(
        &shown, issue.warning ? "warning " : "", issue.place.line, ":",
        issue.place.column, "+", issue.place.length, " ",
        issue.field.empty() ? "" : absl::StrCat("[", issue.field, "] "),
        issue.message, "\n");
  }
  return shown;
}

constexpr Mistake kSyntax[] = {
    {"name: “x.proto”\n",
     "1:7+9 found typographic quotes, expected straight ones: write "
     "\"x.proto\"\n"},
    {"public_dependency: 518px\n"
     "weak_dependency: 10%\n"
     "public_dependency: 3k\n",
     "1:20+5 found '518px', expected a number: write 518, the unit is "
     "part of the field's name\n"
     "2:18+3 found '10%', expected a number: write 10, or the share as a "
     "decimal; the unit is part of the field's name\n"
     "3:20+2 found '3k', expected a number: write 3000, in full\n"},
    {"public_dependency: [1 2 3]\n",
     "1:23+1 found '2', expected ',' or ']': values of a list have a ',' "
     "between them\n"},
    {"name \"x\"\n"
     "package = \"y\"\n",
     "1:6+3 found '\"x\"' behind 'name', expected ':': write name: \"x\"\n"
     "2:9+1 found '=', expected ':': write package:\n"},
    {"options {\n"
     "  java_package: \"x\"\n"
     "\n"
     "name: \"y\"\n",
     "1:9+1 found '{' that is never closed, expected '}' behind what "
     "belongs to it\n"},
    {"options {\n"
     "  java_package: \"x\"\n"
     "}\n"
     "}\n"
     "name: \"y\"\n",
     "4:1+1 found '}' that closes nothing, expected a field: delete it\n"},
    {"message_type {\n"
     "  name: \"A\"\n"
     "  field {\n"
     "    name: \"f\"\n"
     "  }\n"
     "  }\n"
     "  enum_type { name: \"E\" }\n"
     "}\n"
     "package: \"x\"\n",
     "6:3+1 found '}' that closes nothing, expected a field: delete it\n"},
    {"public_dependency: [1, 2\n"
     "name: \"x\"\n",
     "1:20+1 found '[' that is never closed, expected ']' behind what "
     "belongs to it\n"},
    {"public_dependency: [1, 2,]\n",
     "1:26+1 found ']' behind ',', expected another value: delete the "
     "last ','\n"},
    {"public_dependency: 1_000\n"
     "weak_dependency: 1,000\n",
     "1:20+5 found '1_000', expected a number: write 1000, digits are "
     "not grouped\n"
     "2:18+5 found '1,000', expected a number: write 1000, digits are "
     "not grouped\n"},
    {"public_dependency: 1..5\n",
     "1:20+4 found '1..5', expected one number: a range is two numbers\n"},
    {"name: data/x.png\n"
     "package: hello world\n",
     "1:7+10 found 'data/x.png', expected one value: a text is written "
     "in quotes, \"data/x.png\"\n"
     "2:10+11 found 'hello world', expected one value: a text is written "
     "in quotes, \"hello world\"\n"},
    {"name: /data/x.png\n"
     "package: http://foo.com/x\n",
     "1:7+11 found '/data/x.png', expected one value: a text is written "
     "in quotes, \"/data/x.png\"\n"
     "2:10+16 found 'http://foo.com/x', expected one value: a text is "
     "written in quotes, \"http://foo.com/x\"\n"},
    {"name: \"unclosed\n"
     "package: \"y\"\n",
     "1:7+9 found '\"unclosed', a text that does not end on its line: "
     "close it with \"\n"},
    {"// hello\n"
     "name: \"x\" /* bla */\n",
     "1:1+8 found a comment with '//', expected '#': write # instead\n"
     "2:11+9 found a comment with '/*', expected '#': write # before "
     "each line of it\n"},
    {"{ \"name\": \"x\" }\n",
     "1:1+1 found JSON, expected a textproto: the file has no outer "
     "braces, names have no quotes, { \"a\": { \"b\": 1 } } is a { b: 1 }\n"},
    {"name: x\n"
     "options:\n"
     "  java_package: foo\n",
     "2:1+8 found YAML, expected a textproto: braces hold what belongs "
     "together, a { b: 1 }, and lists are written a: [1, 2]\n"},
    {"syntax = \"proto3\";\n"
     "message X { optional int32 x = 1; }\n",
     "1:1+6 found the language of .proto files, which declares messages, "
     "expected a textproto, which holds one: write values, as name: 1\n"},
    {"\"name\": \"x\"\n"
     "package: \"y\"\n",
     "1:1+6 found \"name\", expected a field's name: field names are not "
     "quoted, write name\n"},
    {"name:\n"
     "package: \"x\"\n",
     "1:1+4 found no value behind 'name', expected one: write it or "
     "delete the field; what is inside a message stands in { }\n"},
    {"options.java_package: \"x\"\n"
     "public-dependency: 5\n",
     "1:8+1 found '.' behind 'options', expected ':': what is inside a "
     "message is written a { b: 1 }\n"
     "2:1+17 found 'public-dependency', expected a name without '-': "
     "write public_dependency\n"},
    {"name: \"x\";;\n"
     "package: \"y\",\n",
     "1:11+1 found ';', expected the name of a field: one ; is enough\n"},
    {"options {\n"
     "  java_package:\n"
     "    \"x\"\n"
     "  [foo.bar]: 5\n"
     "}\n",
     "4:3+9 found '[foo.bar]', expected a field's name: there are no "
     "extensions and no Any here\n"},
    {" name: \"x\"\n"
     "\tpackage: \"y\"\n",
     "warning 2:1+1 found a tab, expected spaces: indent by 2 spaces\n"},
    {"public_dependency: +5\n"
     "weak_dependency: (1, 2)\n",
     "1:20+2 found '+', expected a number: write it without a '+'\n"
     "2:18+2 found '(1', expected a value: a list is written [a, b]\n"},
    {"public_dependency: [10%, 5m, 3]\n",
     "1:21+3 found '10%', expected a number: write 10, or the share as a "
     "decimal; the unit is part of the field's name\n"},
    {"options <\n"
     "  java_package: \"x\"\n"
     "}\n"
     "name: \"z\"\n",
     "3:1+1 found '}', expected '>' to close '<'\n"},
    {"name: \"C:\\data\"\n",
     "1:7+9 found a wrong escape in '\"C:\\data\"': a backslash is "
     "written \\\\\n"},
    {"options:\n"
     "  java_package: \"foo\"\n"
     "message_type { name: \"x\" }\n",
     "1:1+7 found no value behind 'options', expected one: write it or "
     "delete the field; what is inside a message stands in { }\n"},
    {"message_type:\n"
     "  name: \"a\"\n"
     "options { java_package: \"x\" }\n",
     "1:1+12 found no value behind 'message_type', expected one: write "
     "it or delete the field; what is inside a message stands in { }\n"},
    {"options {\n"
     "  go_package: \"x\"\n"
     "  extra_list:\n"
     "    - \"a\"\n"
     "    - \"b\"\n"
     "  java_package: \"z\"\n"
     "}\n",
     "3:3+10 found no value behind 'extra_list', expected one: write it "
     "or delete the field; what is inside a message stands in { }\n"},
    {"---\n"
     "name: x\n",
     "1:1+3 found YAML, expected a textproto: braces hold what belongs "
     "together, a { b: 1 }, and lists are written a: [1, 2]\n"},
    {"name: \"a”\n"
     "package: \"y\"\n",
     "1:7+3 found a typographic quote at the end of a text, expected \": "
     "write \"a\"\n"},
    {"name: \"x\"\n"
     "  public_dependency 5\n"
     "package: \"y\"\n",
     "2:21+1 found '5' behind 'public_dependency', expected ':': write "
     "public_dependency: 5\n"},
    {"public_dependency: [[1], 2]\n",
     "1:21+1 found '[' in a list, expected a value: a list holds no lists\n"},
    {"public_dependency: [1; 2]\n",
     "1:22+1 found ';', expected ',' or ']': values of a list have a ',' "
     "between them\n"},
    {"public_dependency: [,1]\n",
     "1:21+1 found ',', expected a value before it\n"},
    {"name: \"a\" # it's fine // not a comment\n"
     "package: – 5\n",
     "2:10+1 found a typographic dash, U+2013, expected '-': write '-'\n"},
    {"public_dependency: 089\n"
     "weak_dependency: 0x\n"
     "weak_dependency: 1.2.3\n"
     "weak_dependency: 1e\n",
     "1:20+3 found '089', expected an octal number: a leading 0 means "
     "octal, leave it out\n"
     "2:18+2 found '0x', expected a hexadecimal number, as 0x1F\n"
     "3:18+5 found '1.2.3', expected a number with one point: a text is "
     "written \"1.2.3\"\n"
     "4:18+2 found '1e', expected an exponent behind 'e', as 1e-4\n"},
    {"naïve: \"x\"\n"
     "package: \"y\"\n",
     "1:3+1 found 'ï' (U+00EF), expected an ASCII character: others "
     "stand in quotes and comments only\n"},
    {"name: 'it\\'s'\n"
     "package: \"a\\qb\"\n",
     "2:10+6 found a wrong escape in '\"a\\qb\"': a backslash is written "
     "\\\\\n"},
    {"- name: \"x\"\n",
     "1:1+1 found '-', expected the name of a field: a list is written "
     "name: [a, b]\n"},
    {"5: \"x\"\n"
     "package: \"y\"\n",
     "1:1+1 found '5', expected the name of a field\n"},
    {"options { java_package: 'a' {\n"
     "}\n"
     "name: \"x\"\n",
     "1:29+1 found '{', expected the name of a field before it\n"},
    {"options { java_package: \"a\" } }\n",
     "1:31+1 found '}' that closes nothing, expected a field: delete it\n"},
    {"package: \"a\" name \"b\" syntax: \"c\"\n",
     "1:19+3 found '\"b\"' behind 'name', expected ':': write name: \"b\"\n"},
    {"name: ~/data\n"
     "package: $HOME/x\n"
     "syntax: *.proto\n",
     "1:7+6 found '~/data', expected one value: a text is written in "
     "quotes, \"~/data\"\n"
     "2:10+7 found '$HOME/x', expected one value: a text is written in "
     "quotes, \"$HOME/x\"\n"
     "3:9+7 found '*.proto', expected one value: a text is written in "
     "quotes, \"*.proto\"\n"},
    {"public_dependency: 5 % 2\n"
     "weak_dependency: 10 - 2\n",
     "1:20+5 found '5 % 2', expected one number: nothing is computed here\n"
     "2:18+6 found '10 - 2', expected one number: nothing is computed "
     "here\n"},
};

constexpr Mistake kNamesAndValues[] = {
    {"options { java_package: \"x\" optimize_for: speed }\n",
     "1:43+5 [options.optimize_for] found 'speed', expected one of "
     "SPEED, CODE_SIZE, LITE_RUNTIME; did you mean SPEED?\n"},
    {"options { optimize_for: \"SPEED\" java_multiple_files: yes }\n",
     "1:25+7 [options.optimize_for] found \"SPEED\", expected one of "
     "SPEED, CODE_SIZE, LITE_RUNTIME: write SPEED without quotes\n"
     "1:54+3 [options.java_multiple_files] found 'yes', expected true or "
     "false: write true\n"},
    {"nme: \"x\"\n"
     "package: \"y\"\n"
     "java_package: \"z\"\n",
     "1:1+3 no field 'nme' in FileDescriptorProto; did you mean 'name'?\n"
     "3:1+12 no field 'java_package' here; there is options.java_package\n"},
    {"public_dependency: 5.0\n"
     "weak_dependency: \"3\"\n"
     "name: 5\n"
     "package: null\n",
     "1:20+3 [public_dependency[0]] found '5.0', expected a whole "
     "number: write 5\n"
     "2:18+3 [weak_dependency[0]] found \"3\", expected an integer from "
     "-2147483648 to 2147483647: write 3 without quotes\n"
     "3:7+1 [name] found '5', expected a text in quotes: write \"5\"\n"
     "4:10+4 [package] found 'null', expected a text in quotes: leave "
     "the field out\n"},
    {"name: \"x\"\n"
     "name: \"y\"\n",
     "2:1+4 [name] found 'name' again, expected it once: it is set at "
     "line 1, delete one of them\n"},
    {"options: 5\n"
     "name { a: 1 }\n"
     "package: [\"a\"]\n"
     "message_type: [{ name: \"a\" }, 5]\n",
     "1:10+1 [options] found '5', expected a message: write options { "
     "... }\n"
     "2:6+1 [name] found a message, expected a text in quotes: write "
     "name: and the value\n"
     "3:10+5 [package] found a list, expected a text in quotes: "
     "'package' holds one value\n"
     "4:31+1 [message_type[1]] found '5', expected a message: write "
     "message_type { ... }\n"},
    {"public_dependency: 99999999999\n"
     "public_dependency: -99999999999\n",
     "1:20+11 [public_dependency[0]] found '99999999999', expected an "
     "integer from -2147483648 to 2147483647\n"
     "2:20+12 [public_dependency[1]] found '-99999999999', expected an "
     "integer from -2147483648 to 2147483647\n"},
    {"options { java_package: \"x\" optimize_for: 7 uninterpreted_option { "
     "double_value: 1e400 } }\n",
     "1:43+1 [options.optimize_for] found '7', expected one of SPEED, "
     "CODE_SIZE, LITE_RUNTIME\n"
     "1:82+5 [options.uninterpreted_option[0].double_value] found "
     "'1e400', expected a number up to 1.8e308\n"},
    {"name: \"x\n"
     "options {\n"
     "  java_package: \"a\n"
     "  optimize_for: SPEEED\n"
     "}\n"
     "weak_dependency: 5 px\n",
     "1:7+2 found '\"x', a text that does not end on its line: close it "
     "with \"\n"
     "3:17+2 found '\"a', a text that does not end on its line: close it "
     "with \"\n"
     "4:17+6 [options.optimize_for] found 'SPEEED', expected one of "
     "SPEED, CODE_SIZE, LITE_RUNTIME; did you mean SPEED?\n"
     "6:18+4 found '5 px', expected a number: write 5, the unit is part "
     "of the field's name\n"},
    {"source_code_info { location [ { path: 1 }, { path: a } ] }\n",
     "1:52+1 [source_code_info.location[1].path[0]] found 'a', expected "
     "an integer from -2147483648 to 2147483647\n"},
    {"public_dependency: 2.5\n",
     "1:20+3 [public_dependency[0]] found '2.5', expected a whole "
     "number\n"},
    {"options { optimize_for: SPEED, optimize_for: CODE_SIZE }\n",
     "1:32+12 [options.optimize_for] found 'optimize_for' again, "
     "expected it once: it is set at line 1, delete one of them\n"},
    {"message_type { field { number: 1 default_value: 3 proto3_optional: null "
     "} }\n",
     "1:49+1 [message_type[0].field[0].default_value] found '3', "
     "expected a text in quotes: write \"3\"\n"
     "1:68+4 [message_type[0].field[0].proto3_optional] found 'null', "
     "expected true or false: leave the field out\n"},
    {"message_type { name: \"a\" options { java_package: \"a\" } }\n",
     "1:36+12 [message_type[0].options] no field 'java_package' here; "
     "there is options.java_package\n"},
    {"weird: 5\n",
     "1:1+5 no field 'weird' in FileDescriptorProto; there are name, "
     "package, dependency, public_dependency, weak_dependency, "
     "message_type, enum_type, service, extension, options, "
     "source_code_info, syntax\n"},
    {"options { deprecated: \"true\" py_generic_services: 2 cc_enable_arenas: "
     "on }\n",
     "1:23+6 [options.deprecated] found \"true\", expected true or "
     "false: write true without quotes\n"
     "1:51+1 [options.py_generic_services] found '2', expected true or "
     "false\n"
     "1:71+2 [options.cc_enable_arenas] found 'on', expected true or "
     "false: write true\n"},
    {"public_dependency [1, 2]\n",
     "1:1+17 [public_dependency[0]] found '[' behind "
     "'public_dependency', expected ':': write public_dependency: [\n"},
    {"message_type { field { type: int32 label: REPEATED } }\n",
     "1:30+5 [message_type[0].field[0].type] found 'int32', expected one "
     "of TYPE_DOUBLE, TYPE_FLOAT, TYPE_INT64, TYPE_UINT64, TYPE_INT32, "
     "TYPE_FIXED64, TYPE_FIXED32, TYPE_BOOL, TYPE_STRING, TYPE_GROUP, "
     "TYPE_MESSAGE, TYPE_BYTES and 6 more; did you mean TYPE_INT32?\n"
     "1:43+8 [message_type[0].field[0].label] found 'REPEATED', expected "
     "one of LABEL_OPTIONAL, LABEL_REQUIRED, LABEL_REPEATED; did you "
     "mean LABEL_REPEATED?\n"},
    {"message_type { field { type: TYPE_FLOATS } }\n",
     "1:30+11 [message_type[0].field[0].type] found 'TYPE_FLOATS', "
     "expected one of TYPE_DOUBLE, TYPE_FLOAT, TYPE_INT64, TYPE_UINT64, "
     "TYPE_INT32, TYPE_FIXED64, TYPE_FIXED32, TYPE_BOOL, TYPE_STRING, "
     "TYPE_GROUP, TYPE_MESSAGE, TYPE_BYTES and 6 more; did you mean "
     "TYPE_FLOAT?\n"},
    {"options { uninterpreted_option { double_value: 0x10 } }\n",
     "1:48+4 [options.uninterpreted_option[0].double_value] found "
     "'0x10', expected a decimal number: it is neither octal nor "
     "hexadecimal\n"},
    {"options { uninterpreted_option { positive_int_value: -5 } }\n",
     "1:54+2 [options.uninterpreted_option[0].positive_int_value] found "
     "'-5', expected an integer from 0 to 18446744073709551615\n"},
};

// Accepted, as protobuf does.
constexpr Mistake kWarnings[] = {
    {"weak_dependency: []\n"
     "dependency: [\"Hernia\" \"Edema\"]\n"
     "dependency: \"a\" \"b\"\n"
     "public_dependency: [1, 010]\n",
     "warning 1:18+2 [weak_dependency] an empty list sets nothing; leave the "
     "field out or name the values\n"
     "warning 2:14+16 [dependency[0]] found two texts without ',' between "
     "them, which are read as one: 'HerniaEdema'\n"
     "warning 4:24+3 [public_dependency[1]] found 010, which is octal for 8; "
     "write 8 or 10\n"},
};

// What the rest of a text or its message's type tells of a mistake.
constexpr Mistake kTold[] = {
    {"options { uninterpreted_option { double_value: 10% } }\n"
     "weak_dependency: 0,001\n"
     "weak_dependency: 10%\n",
     "1:48+3 found '10%', expected a number: write 0.1\n"
     "2:18+5 found '0,001', expected a number: write 0.001, with a point\n"
     "3:18+3 found '10%', expected a number: write 10, or the share as a "
     "decimal; the unit is part of the field's name\n"},
    {"options { java_package: \"a\" uninterpreted_option {} }\n"
     "options {\n"
     "  optimize_for: SPEDE\n"
     "  java_package: \"b\"\n"
     "  uninterpreted_option { double_value: x }\n"
     "}\n",
     "2:1+7 [options] found 'options' again, expected it once: move its "
     "fields into the block at line 1\n"
     "3:17+5 [options.optimize_for] found 'SPEDE', expected one of SPEED, "
     "CODE_SIZE, LITE_RUNTIME; did you mean SPEED?\n"
     "4:3+12 [options.java_package] found 'java_package' again, expected it "
     "once: it is set at line 1, delete one of them\n"
     "5:40+1 [options.uninterpreted_option[1].double_value] found 'x', "
     "expected a number\n"},
    {"name: \"x\"\n<<<<<<< HEAD\npackage: 1\n=======\n>>>>>>> b\n",
     "2:1+7 found a merge conflict's marker, expected a field: keep what is "
     "right of the two sides and delete the markers\n"},
    {"options { uninterpreted_option { dependency: \"a\" start: 1 } }\n",
     "1:34+10 [options.uninterpreted_option[0]] no field 'dependency' here; "
     "the message around all has it: write it at the top level\n"
     "1:50+5 [options.uninterpreted_option[0]] no field 'start' here; there "
     "are message_type.extension_range.start, "
     "message_type.reserved_range.start and enum_type.reserved_range.start\n"},
};

TEST(TextprotoMistakesTest, WhatIsAcceptedAndOddIsAWarning) {
  for (const Mistake& mistake : kWarnings) {
    EXPECT_EQ(IssuesOf(mistake.text), mistake.issues) << mistake.text;
  }
}

TEST(TextprotoMistakesTest, TheTypeAndTheRestOfTheTextTellMore) {
  for (const Mistake& mistake : kTold) {
    EXPECT_EQ(IssuesOf(mistake.text), mistake.issues) << mistake.text;
  }
}

TEST(TextprotoMistakesTest, EachSlipOfTheSyntaxIsNamed) {
  for (const Mistake& mistake : kSyntax) {
    EXPECT_EQ(IssuesOf(mistake.text), mistake.issues) << mistake.text;
  }
}

TEST(TextprotoMistakesTest, EachWrongNameOrValueIsNamed) {
  for (const Mistake& mistake : kNamesAndValues) {
    EXPECT_EQ(IssuesOf(mistake.text), mistake.issues) << mistake.text;
  }
}

}  // namespace
}  // namespace cxr
