// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/textproto.h"

#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

namespace cxr {
namespace {

// Any message of protobuf's own serves; this one has strings, numbers and
// repeated messages.
using ::google::protobuf::FileDescriptorProto;

TEST(TextprotoTest, ReadsBackWhatItPrints) {
  FileDescriptorProto message;
  message.set_name("x.proto");
  message.add_public_dependency(3);
  FileDescriptorProto read;
  EXPECT_TRUE(ParseTextproto(ToTextproto(message), read).issues.empty());
  EXPECT_EQ(read.name(), "x.proto");
  EXPECT_EQ(read.public_dependency(0), 3);
}

TEST(TextprotoTest, ReportsEveryUnknownFieldWithItsPosition) {
  FileDescriptorProto message;
  const ParsedTextproto parsed =
      ParseTextproto("nme: 'a'\nname: 'b'\n  bogus: 3\n", message);
  ASSERT_EQ(parsed.issues.size(), 2u);
  EXPECT_EQ(parsed.issues[0].line, 1);
  EXPECT_NE(parsed.issues[0].message.find("nme"), std::string::npos);
  EXPECT_EQ(parsed.issues[1].line, 3);
  EXPECT_EQ(message.name(), "b");
}

TEST(TextprotoTest, WrongTypeHasAPosition) {
  FileDescriptorProto message;
  const ParsedTextproto parsed =
      ParseTextproto("name: 'a'\npublic_dependency: 'three'\n", message);
  ASSERT_EQ(parsed.issues.size(), 1u);
  EXPECT_EQ(parsed.issues[0].line, 2);
  EXPECT_EQ(parsed.issues[0].column, 20);
}

TEST(TextprotoTest, DeepNestingIsAnIssueNotACrash) {
  std::string text;
  for (int i = 0; i < 400000; ++i) {
    text += "unknown{";
  }
  FileDescriptorProto message;
  EXPECT_FALSE(ParseTextproto(text, message).issues.empty());
  EXPECT_FALSE(ReadTextproto(text, message));
}

TEST(TextprotoTest, ReadingPassesOverFieldsOfANewerVersion) {
  FileDescriptorProto message;
  EXPECT_TRUE(ReadTextproto("name: 'a' from_the_future { x: 1 }", message));
  EXPECT_EQ(message.name(), "a");
  EXPECT_FALSE(ReadTextproto("name: {", message));
}

TEST(TextprotoTest, KnowsWhereFieldsStood) {
  FileDescriptorProto message;
  const ParsedTextproto parsed = ParseTextproto("\n  name: 'a'\n", message);
  const auto at = parsed.positions->GetLocation(
      FileDescriptorProto::descriptor()->FindFieldByName("name"), -1);
  EXPECT_EQ(at.line, 1);
  EXPECT_EQ(at.column, 2);
}

}  // namespace
}  // namespace cxr
