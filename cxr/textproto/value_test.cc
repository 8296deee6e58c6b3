// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/value.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

using ::google::protobuf::BoolValue;
using ::google::protobuf::BytesValue;
using ::google::protobuf::DoubleValue;
using ::google::protobuf::FieldDescriptor;
using ::google::protobuf::FieldDescriptorProto;
using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::FloatValue;
using ::google::protobuf::Int32Value;
using ::google::protobuf::Int64Value;
using ::google::protobuf::Message;
using ::google::protobuf::StringValue;
using ::google::protobuf::UInt32Value;
using ::google::protobuf::UInt64Value;

const FieldDescriptor& FieldOf(const Message& message,
                               const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  CXR_CHECK(field != nullptr) << name;
  return *field;
}

// Puts the value `text` into `field`; the error as "begin..end message", where
// the value begins at 0.
std::string Put(const std::string& text, Message& message,
                const std::string& field = "value") {
  const std::string whole = absl::StrCat("a: ", text);
  const SyntaxTree tree = ParseSyntax(whole);
  const auto error = PutScalar(whole, tree.fields.at(0).value,
                               FieldOf(message, field), message);
  return error.has_value()
             ? absl::StrCat(error->span.begin - 3, "..", error->span.end - 3,
                            " ", error->message)
             : "";
}

// The `value` of a wrapper that has got `text`.
template <typename Wrapper>
auto ValueOf(const std::string& text) {
  Wrapper message;
  EXPECT_EQ(Put(text, message), "") << text;
  return message.value();
}

template <typename Wrapper>
std::string ErrorOf(const std::string& text) {
  Wrapper message;
  const std::string error = Put(text, message);
  EXPECT_EQ(message.ByteSizeLong(), 0u) << text;
  return error;
}

TEST(TextprotoValueTest, EachTypeOfNumberHasItsOwnRange) {
  EXPECT_EQ(ValueOf<Int32Value>("-2147483648"), -2147483647 - 1);
  EXPECT_EQ(ValueOf<Int64Value>("2147483648"), 2147483648);
  EXPECT_EQ(ValueOf<UInt32Value>("4294967295"), 4294967295u);
  EXPECT_EQ(ValueOf<UInt64Value>("18446744073709551615"),
            18446744073709551615u);
  EXPECT_EQ(ValueOf<FloatValue>("0.1"), 0.1f);
  EXPECT_EQ(ValueOf<DoubleValue>("0.1"), 0.1);
  EXPECT_EQ(ErrorOf<Int32Value>("2147483648"),
            "0..10 found '2147483648', expected an integer from -2147483648 "
            "to 2147483647");
  EXPECT_EQ(ErrorOf<UInt32Value>("-1").substr(0, 25),
            "0..2 found '-1', expected");
}

TEST(TextprotoValueTest, BoolsAreTheWordsOfProtobuf) {
  for (const char* text : {"true", "True", "t", "1", "01", "0x1"}) {
    EXPECT_TRUE(ValueOf<BoolValue>(text)) << text;
  }
  for (const char* text : {"false", "False", "f", "0", "00"}) {
    BoolValue message;
    message.set_value(true);
    EXPECT_EQ(Put(text, message), "");
    EXPECT_FALSE(message.value()) << text;
  }
}

TEST(TextprotoValueTest, OtherWordsForABoolAreTold) {
  const auto expect = [](const std::string& text, const std::string& hint) {
    EXPECT_EQ(ErrorOf<BoolValue>(text),
              absl::StrCat("0..", text.size(), " found ",
                           text[0] == '"' ? text : "'" + text + "'",
                           ", expected true or false", hint));
  };
  expect("TRUE", ": write true");
  expect("Yes", ": write true");
  expect("on", ": write true");
  expect("no", ": write false");
  expect("OFF", ": write false");
  expect("\"1\"", ": write true without quotes");
  expect("\"false\"", ": write false without quotes");
  expect("null", ": leave the field out");
  expect("2", "");
  expect("-1", "");
  expect("maybe", "");
}

TEST(TextprotoValueTest, EnumsAreNamesOrTheirNumbers) {
  for (const char* text : {"LABEL_REPEATED", "3", "0x3"}) {
    FieldDescriptorProto message;
    EXPECT_EQ(Put(text, message, "label"), "");
    EXPECT_EQ(message.label(), FieldDescriptorProto::LABEL_REPEATED) << text;
  }
}

TEST(TextprotoValueTest, OtherValuesOfAnEnumAreTold) {
  const auto expect = [](const std::string& text, const std::string& hint) {
    FieldDescriptorProto message;
    EXPECT_EQ(Put(text, message, "label"),
              absl::StrCat("0..", text.size(), " found ",
                           text[0] == '"' ? text : "'" + text + "'",
                           ", expected one of LABEL_OPTIONAL, LABEL_REQUIRED, "
                           "LABEL_REPEATED",
                           hint));
    EXPECT_FALSE(message.has_label());
  };
  expect("label_repeated", "; did you mean LABEL_REPEATED?");
  expect("repeated", "; did you mean LABEL_REPEATED?");
  expect("\"LABEL_REPEATED\"", ": write LABEL_REPEATED without quotes");
  expect("\"LABEL_REPEATD\"", "; did you mean LABEL_REPEATED?");
  expect("4", "");
  expect("-1", "");
  expect("99999999999", "");
  expect("-LABEL_REPEATED", "; did you mean LABEL_REPEATED?");
  expect("several", "");
  expect("LABEL_RE", "; did you mean LABEL_REQUIRED or LABEL_REPEATED?");
  expect("label_op", "; did you mean LABEL_OPTIONAL?");
  expect("LABEL", "");  // All of them begin so.
  expect("L", "");
}

TEST(TextprotoValueTest, TextsStandInQuotes) {
  EXPECT_EQ(ValueOf<StringValue>("'a\\x41' \"\\u00e9\""), "aA\u00E9");
  EXPECT_EQ(ErrorOf<StringValue>("hello"),
            "0..5 found 'hello', expected a text in quotes: write \"hello\"");
  EXPECT_EQ(ErrorOf<StringValue>("-5"),
            "0..2 found '-5', expected a text in quotes: write \"-5\"");
  EXPECT_EQ(ErrorOf<StringValue>("None"),
            "0..4 found 'None', expected a text in quotes: leave the field "
            "out");
}

TEST(TextprotoValueTest, TextsAreUtf8AndBytesAreAnything) {
  // The first and last character of each length and around the surrogates.
  for (const std::string good : {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
                                 "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                                 "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(ValueOf<StringValue>("'" + good + "'"), good);
  }
  // One step beyond each of them, and what breaks off.
  for (const std::string bad :
       {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC2", "\xE2\x82",
        "\xF0\x90\x80"}) {
    EXPECT_EQ(ErrorOf<StringValue>("'x' 'y" + bad + "'").substr(0, 20),
              "6..7 found the byte ");
    EXPECT_EQ(ValueOf<BytesValue>("'" + bad + "'"), bad);
  }
  EXPECT_EQ(ErrorOf<StringValue>("'\xFF'"),
            "1..2 found the byte 0xFF, expected UTF-8: save the file as "
            "UTF-8");
}

TEST(TextprotoValueTest, EscapesThatAreNotUtf8TogetherAreTheWholeValue) {
  EXPECT_EQ(ValueOf<StringValue>("'\\xC3\\xA9'"), "\u00E9");
  EXPECT_EQ(ErrorOf<StringValue>("'a\\xC3'"),
            "0..7 found escapes that are not UTF-8 together, expected a text: "
            "write the characters themselves");
}

TEST(TextprotoValueTest, WarnsOfTextsThatBecomeOneInAList) {
  const auto warning = [](const std::string& text, const Message& message,
                          bool in_list) {
    const std::string whole = absl::StrCat("a: ", text);
    const SyntaxTree tree = ParseSyntax(whole);
    return WarningOf(whole, tree.fields.at(0).value, FieldOf(message, "value"),
                     in_list);
  };
  EXPECT_EQ(warning("'a' \"b\"", StringValue(), true),
            "found two texts without ',' between them, which are read as one: "
            "'ab'");
  EXPECT_EQ(warning("'a' 'b' 'c'", StringValue(), true).substr(0, 13),
            "found 3 texts");
  EXPECT_EQ(warning("'a' 'b'", StringValue(), false), "");
  EXPECT_EQ(warning("'a'", StringValue(), true), "");
  EXPECT_NE(warning("010", UInt64Value(), false), "");
  EXPECT_EQ(warning("01", BoolValue(), false), "");
}

TEST(TextprotoValueTest, ASharesDecimalIsToldToAFloatingField) {
  const std::string message =
      "found '12.5 %', expected a number: write 12.5, or the share";
  EXPECT_EQ(MessageFor(FieldOf(DoubleValue(), "value"), message),
            "found '12.5 %', expected a number: write 0.125");
  EXPECT_EQ(MessageFor(FieldOf(FloatValue(), "value"), "found '3k'"),
            "found '3k'");
  EXPECT_EQ(MessageFor(FieldOf(Int32Value(), "value"), message), message);
}

TEST(TextprotoValueTest, RepeatedFieldsGetOneMore) {
  FileDescriptorProto message;
  EXPECT_EQ(Put("5", message, "public_dependency"), "");
  EXPECT_EQ(Put("6", message, "public_dependency"), "");
  EXPECT_NE(Put("x", message, "public_dependency"), "");
  ASSERT_EQ(message.public_dependency_size(), 2);
  EXPECT_EQ(message.public_dependency(0), 5);
  EXPECT_EQ(message.public_dependency(1), 6);
}

TEST(TextprotoValueTest, SaysWhatAFieldHolds) {
  const auto expect = [](const Message& message, const std::string& expected) {
    EXPECT_EQ(ExpectedOf(FieldOf(message, "value")), expected);
  };
  expect(Int32Value(), "an integer from -2147483648 to 2147483647");
  expect(UInt32Value(), "an integer from 0 to 4294967295");
  expect(Int64Value(),
         "an integer from -9223372036854775808 to 9223372036854775807");
  expect(UInt64Value(), "an integer from 0 to 18446744073709551615");
  expect(FloatValue(), "a number");
  expect(DoubleValue(), "a number");
  expect(BoolValue(), "true or false");
  expect(StringValue(), "a text in quotes");
  expect(BytesValue(), "a text in quotes");
  EXPECT_EQ(ExpectedOf(FieldOf(FieldDescriptorProto(), "options")),
            "a message in { }");
  EXPECT_EQ(ExpectedOf(FieldOf(FieldDescriptorProto(), "type")),
            "one of TYPE_DOUBLE, TYPE_FLOAT, TYPE_INT64, TYPE_UINT64, "
            "TYPE_INT32, TYPE_FIXED64, TYPE_FIXED32, TYPE_BOOL, TYPE_STRING, "
            "TYPE_GROUP, TYPE_MESSAGE, TYPE_BYTES and 6 more");
}

}  // namespace
}  // namespace cxr
