// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/pickle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/testing.h"
#include "cxr/model/weights/pickle_testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

bool OnlyPlain(absl::string_view module, absl::string_view name) {
  return module == "m" && name == "Plain";
}

absl::StatusOr<Pickle> Parse(absl::string_view bytes) {
  return ParsePickle(bytes, OnlyPlain);
}

// As Python shows it, about.
std::string Show(const PickleValue& value) {
  std::vector<std::string> parts;
  for (const PickleValue* const item : value.items) {
    parts.push_back(Show(*item));
  }
  for (const auto& [key, inner] : value.entries) {
    parts.push_back(absl::StrCat(Show(*key), ": ", Show(*inner)));
  }
  const std::string inside = absl::StrJoin(parts, ", ");
  switch (value.kind) {
    case PickleKind::kNone:
      return "None";
    case PickleKind::kBool:
      return value.integer == 1 ? "True" : "False";
    case PickleKind::kInteger:
      return absl::StrCat(value.integer);
    case PickleKind::kBigInteger:
      return "big";
    case PickleKind::kReal:
      return absl::StrCat(value.real);
    case PickleKind::kText:
      return absl::StrCat("'", value.text, "'");
    case PickleKind::kTuple:
      return absl::StrCat("(", inside, ")");
    case PickleKind::kList:
      return absl::StrCat("[", inside, "]");
    case PickleKind::kDict:
      return absl::StrCat("{", inside, "}");
    case PickleKind::kGlobal:
      return absl::StrCat(value.module, ".", value.text);
    case PickleKind::kCall:
      return absl::StrCat(
          Show(*value.callee), Show(*value.arguments), "{", inside, "}",
          value.state == nullptr ? "" : absl::StrCat("@", Show(*value.state)));
    case PickleKind::kPersistent:
      return absl::StrCat("<", Show(*value.arguments), ">");
  }
  return "";
}

void ExpectValue(const std::string& pickle, const std::string& shown) {
  ASSERT_OK_AND_ASSIGN(const Pickle parsed, Parse(pickle));
  EXPECT_EQ(Show(*parsed.root), shown);
  EXPECT_EQ(parsed.size, pickle.size());
}

void ExpectDataLoss(const std::string& pickle, absl::string_view text) {
  EXPECT_THAT(Parse(pickle), StatusIs(absl::StatusCode::kDataLoss,
                                      HasSubstr(std::string(text))));
}

// pickle.dumps(value, 2) of Python 3.11 for {"a": [1, -2, 300, 70000,
// -5000000000, 2**64, 0.5, None, True, False], "b": ((), (1,), (1, 2),
// (1, 2, 3), (1, 2, 3, 4)), 7: {"x": "\u00e9"}}
const char kPython[] =
    "\x80\x02}q\x00(X\x01\x00\x00\x00"
    "aq\x01]q\x02(K\x01J\xfe\xff\xff\xffM,\x01Jp\x11\x01\x00\x8a\x05\x00\x0e"
    "\xfa\xd5\xfe\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01G?\xe0\x00\x00"
    "\x00\x00\x00\x00N\x88\x89"
    "eX\x01\x00\x00\x00"
    "bq\x03()K\x01\x85q\x04K\x01K\x02\x86q\x05K\x01K\x02K\x03\x87q\x06(K\x01K"
    "\x02K\x03K\x04tq\x07tq\x08K\x07}q\x09X\x01\x00\x00\x00xq\nX\x02\x00\x00"
    "\x00\xc3\xa9q\x0bsu.";

std::string Python() { return std::string(kPython, sizeof(kPython) - 1); }

TEST(PickleTest, ReadsWhatPythonWrites) {
  ExpectValue(Python(),
              "{'a': [1, -2, 300, 70000, -5000000000, big, 0.5, None, True, "
              "False], 'b': ((), (1), (1, 2), (1, 2, 3), (1, 2, 3, 4)), 7: "
              "{'x': '\xC3\xA9'}}");
}

TEST(PickleTest, EveryTruncationIsDataLoss) {
  for (size_t size = 0; size < Python().size(); ++size) {
    ExpectDataLoss(Python().substr(0, size), "cut off");
  }
}

TEST(PickleTest, CallsAndObjectsAreValuesAndNothingIsCalled) {
  const std::string plain = PickledGlobal("m", "Plain");
  ExpectValue(Pickled(plain), "m.Plain");
  ExpectValue(Pickled(plain + "K\x01\x85R"), "m.Plain(1){}");
  ExpectValue(Pickled(plain + ")\x81}" + PickledText("a") + "Nsb"),
              "m.Plain(){}@{'a': None}");
  ExpectValue(Pickled(plain + ")RK\x01K\x02sK\x03" + "a"),
              "m.Plain(){3, 1: 2}");
  ExpectValue(Pickled(PickledText("id") + "Q"), "<'id'>");
}

TEST(PickleTest, OtherImportsAreDeniedByName) {
  for (const auto& [module, name] :
       std::vector<std::pair<std::string, std::string>>{
           {"os", "system"},
           {"posix", "system"},
           {"builtins", "eval"},
           {"__builtin__", "getattr"},
           {"m", "Plain.__init__"},
           {"m.Plain", ""}}) {
    EXPECT_THAT(
        Parse(
            Pickled(PickledGlobal(module, name) + PickledText("id") + "\x85R")),
        StatusIs(absl::StatusCode::kPermissionDenied,
                 HasSubstr(absl::StrCat("\"", module, ".", name, "\""))));
  }
}

TEST(PickleTest, OtherProtocolsAreInvalid) {
  for (const absl::string_view pickle :
       {"\x80\x04N.", "\x80\x03N.", "\x80\xFFN."}) {
    EXPECT_THAT(Parse(pickle), StatusIs(absl::StatusCode::kInvalidArgument,
                                        HasSubstr("expected 2")));
  }
}

TEST(PickleTest, NonsenseIsDataLossWithItsPlace) {
  ExpectDataLoss(Pickled("\x93"), "pickle at byte 2: found opcode 0x93");
  ExpectDataLoss(Pickled("i"), "opcode 0x69");
  ExpectDataLoss(Pickled(""), "0 values at its end");
  ExpectDataLoss(Pickled("NN"), "2 values at its end");
  ExpectDataLoss(Pickled("N("), "at its end");
  for (const char opcode : std::string("tuea0sRbQ\x81\x85\x86\x87"
                                       "1")) {
    ExpectDataLoss(Pickled(std::string(1, opcode)), "found");
    ExpectDataLoss(Pickled(std::string("(") + opcode + "e"), "found");
  }
  ExpectDataLoss(Pickled("}(Nu"), "key without a value");
  ExpectDataLoss(Pickled(std::string("h\0", 2)), "remembered as 0");
  ExpectDataLoss(Pickled(std::string("j\xFF\xFF\xFF\xFF", 5)),
                 "remembered as 4294967295");
  ExpectDataLoss(Pickled("NK\x01\x85R"), "no name");
}

TEST(PickleTest, HugeLengthsAreDataLoss) {
  ExpectDataLoss("\x80\x02X\xFF\xFF\xFF\xFFN.", "expected 4294967295");
  ExpectDataLoss("\x80\x02T\xFF\xFF\xFF\x7FN.", "expected 2147483647");
  ExpectDataLoss("\x80\x02\x8a\xFFN.", "expected 255");
  ExpectDataLoss(
      "\x80\x02"
      "cos",
      "line");
}

TEST(PickleTest, DeepNestingAndCyclesAreOnlyValues) {
  const size_t depth = 300'000;
  EXPECT_OK(
      Parse(Pickled(std::string(depth, ']') + std::string(depth - 1, 'a'))));
  EXPECT_OK(Parse(Pickled(std::string(depth, '(') + std::string(depth, 't'))));
  ASSERT_OK_AND_ASSIGN(const Pickle cycle,
                       Parse(Pickled(std::string("]q\0h\0a", 6))));
  EXPECT_EQ(cycle.root->items.at(0), cycle.root);
}

TEST(PickleTest, BombsEndAtABound) {
  ExpectDataLoss(Pickled(std::string(2'000'000, ']')), "more values");
  std::string memo = "N";
  for (int i = 0; i < 3'000'000; ++i) {
    memo += i % 2 == 0 ? "q\1" : "h\1";
  }
  EXPECT_OK(Parse(Pickled("(" + memo + "t")));
  ExpectDataLoss(Pickled("(" + memo + memo + "t"), "more steps");
}

TEST(PickleTest, AnotherPickleMayFollow) {
  ASSERT_OK_AND_ASSIGN(const Pickle first, Parse(Pickled("N") + "rest"));
  EXPECT_EQ(first.size, Pickled("N").size());
}

}  // namespace
}  // namespace cxr
