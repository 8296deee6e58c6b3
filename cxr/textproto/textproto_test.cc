// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/textproto.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/textproto/syntax.h"

namespace cxr {
namespace {

using ::google::protobuf::FileDescriptorProto;
using ::google::protobuf::FileOptions;
using ::google::protobuf::Message;
using ::google::protobuf::TextFormat;
using ::testing::ElementsAre;

// Every issue of `text` as "line:column+length [field] message".
std::vector<std::string> IssuesOf(const std::string& text) {
  FileDescriptorProto message;
  std::vector<std::string> shown;
  for (const TextIssue& issue : ParseTextproto(text, message).issues) {
    shown.push_back(absl::StrCat(
        issue.warning ? "warning " : "", issue.place.line, ":",
        issue.place.column, "+", issue.place.length, " ",
        issue.field.empty() ? "" : absl::StrCat("[", issue.field, "] "),
        issue.message));
  }
  return shown;
}

// What was understood of `text`, in one line.
std::string Understood(const std::string& text) {
  FileDescriptorProto message;
  ParseTextproto(text, message);
  return message.ShortDebugString();
}

TEST(TextprotoTest, ReadsBackWhatItPrints) {
  FileDescriptorProto message;
  message.set_name("x.proto");
  message.add_public_dependency(3);
  FileDescriptorProto read;
  EXPECT_TRUE(ParseTextproto(ToTextproto(message), read).issues.empty());
  EXPECT_EQ(read.name(), "x.proto");
  EXPECT_EQ(read.public_dependency(0), 3);
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

TEST(TextprotoTest, KnowsWhereValuesStood) {
  FileDescriptorProto message;
  const ParsedTextproto parsed = ParseTextproto(
      "name: 'a'\npublic_dependency: [1, 22]\n"
      "  options { java_package: '\u00E9' deprecated: true }\n",
      message);
  ASSERT_TRUE(parsed.issues.empty());
  const std::vector<FieldPlace>& inner = parsed.places.inner;
  ASSERT_EQ(inner.size(), 4u);
  EXPECT_EQ(inner[0].number, 1);
  EXPECT_EQ(inner[0].place, (TextPlace{1, 7, 3}));
  EXPECT_EQ(inner[1].place, (TextPlace{2, 21, 1}));
  EXPECT_EQ(inner[2].index, 1);
  EXPECT_EQ(inner[2].place, (TextPlace{2, 24, 2}));
  EXPECT_EQ(inner[3].place, (TextPlace{3, 3, 7}));
  ASSERT_EQ(inner[3].inner.size(), 2u);
  EXPECT_EQ(inner[3].inner[1].place, (TextPlace{3, 43, 4}));
}

TEST(TextprotoTest, PlacesGoByTheMessageWhereAValueIsWrong) {
  FileDescriptorProto message;
  const ParsedTextproto parsed =
      ParseTextproto("public_dependency: [1, x, 3]", message);
  ASSERT_EQ(parsed.places.inner.size(), 2u);
  EXPECT_EQ(parsed.places.inner[1].index, 1);
  EXPECT_EQ(parsed.places.inner[1].place.column, 27);
}

TEST(TextprotoTest, EveryMistakeIsFoundAndTheRestUnderstood) {
  const std::string text =
      "name: \"x\n"
      "options {\n"
      "  java_package: data/x\n"
      "  optimize_for: SPEEED\n"
      "}\n"
      "weak_dependency: 5 px\n"
      "weak_dependency: 7\n"
      "nme: 5\n";
  EXPECT_EQ(IssuesOf(text).size(), 5u);
  EXPECT_EQ(Understood(text), "options { } weak_dependency: 7");
}

TEST(TextprotoTest, ATextOfNothingIsAnEmptyMessage) {
  for (const char* text : {"", "\n", "# nothing\n", "# nothing"}) {
    EXPECT_THAT(IssuesOf(text), ElementsAre()) << text;
    EXPECT_EQ(Understood(text), "");
  }
}

TEST(TextprotoTest, WarningsLeaveRoomForAnError) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += "weak_dependency: 010\n";
  }
  text += "nme: 1\n";
  const std::vector<std::string> issues = IssuesOf(text);
  ASSERT_EQ(issues.size(), 101u);
  EXPECT_TRUE(absl::StartsWith(issues.back(), "5001:1+3 no field"));
}

TEST(TextprotoTest, ASecondBlockJoinsTheFirst) {
  EXPECT_EQ(Understood("options { java_package: 'a' }\n"
                       "options { deprecated: true go_package: 'b' }"),
            "options { java_package: \"a\" go_package: \"b\" deprecated: "
            "true }");
}

TEST(TextprotoTest, OnlySoManyIssuesAreShown) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += "nme: 1\n";
  }
  const std::vector<std::string> issues = IssuesOf(text);
  ASSERT_EQ(issues.size(), 1000u);
  EXPECT_TRUE(absl::EndsWith(issues.back(), "that are not shown"));
}

bool AcceptedByProtobuf(const std::string& text, Message& message) {
  class NoErrors final : public google::protobuf::io::ErrorCollector {
   public:
    void AddError(int, int, const std::string&) override {}
    void AddWarning(int, int, const std::string&) override {}
  };
  NoErrors none;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&none);
  parser.SetRecursionLimit(kMaxTextprotoDepth);
  return parser.ParseFromString(text, &message);
}

bool AcceptedByUs(const std::string& text, Message& message) {
  for (const TextIssue& issue : ParseTextproto(text, message).issues) {
    if (!issue.warning) {
      return false;
    }
  }
  return true;
}

// Texts with every type of field and every form of value.
const std::vector<std::string>& Samples() {
  static const std::vector<std::string> samples({
      "name: 'a' \"b\\x41\\u00e9\\101\\n\"\npackage: 'x';",
      "public_dependency: [1, - 2, 0x1F] weak_dependency: -0x17,",
      "options { optimize_for: 2 deprecated: t cc_enable_arenas: 1 }",
      "message_type [{ name: 'a' }, < field: { number: 1 } >]",
      "options { uninterpreted_option { positive_int_value: 7 "
      "negative_int_value: -7 double_value: -1.5e3f "
      "string_value: '\\377' name { name_part: 'a' is_extension: True }"
      "} uninterpreted_option < double_value: - inf > }",
      "source_code_info { location { path: [2] span: [3] } # end\n}",
  });
  return samples;
}

// One small change at a random place: delete, repeat or insert.
std::string Mutated(std::string text, std::mt19937& random) {
  static constexpr absl::string_view kInserted = "{}[]<>:;,-.\"'\\ \n#0x1fe=/";
  const size_t at = random() % (text.size() + 1);
  const size_t length = random() % 4;
  switch (random() % 3) {
    case 0:
      return text.erase(at, length);
    case 1:
      return text.insert(at, text.substr(random() % text.size(), 2 * length));
    default:
      return text.insert(at, 1, kInserted[random() % kInserted.size()]);
  }
}

// Whether ours alone may reject `text`; see the header.
bool KnownDifference(const std::string& text) {
  for (const std::string& issue : IssuesOf(text)) {
    for (const char* reason :
         {"expected a number up to", "again, expected it once",
          "expected UTF-8", "that are not UTF-8", "expected one of",
          "of the same choice"}) {
      if (absl::StrContains(issue, reason)) {
        return true;
      }
    }
  }
  return false;
}

TEST(TextprotoTest, SamplesAreAcceptedWithProtobufsMessage) {
  for (const std::string& text : Samples()) {
    FileDescriptorProto ours, theirs;
    EXPECT_TRUE(AcceptedByProtobuf(text, theirs)) << text;
    EXPECT_THAT(IssuesOf(text), ElementsAre()) << text;
    ParseTextproto(text, ours);
    EXPECT_EQ(ours.SerializeAsString(), theirs.SerializeAsString()) << text;
  }
}

TEST(TextprotoTest, MutationsAreAcceptedOrRejectedAsByProtobuf) {
  std::mt19937 random(1);
  int accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text = Samples()[random() % Samples().size()];
    for (int changes = 1 + static_cast<int>(random() % 3); changes > 0;
         --changes) {
      text = Mutated(std::move(text), random);
    }
    FileDescriptorProto ours, theirs;
    const bool by_us = AcceptedByUs(text, ours);
    const bool by_protobuf = AcceptedByProtobuf(text, theirs);
    ASSERT_TRUE(by_us == by_protobuf || (!by_us && KnownDifference(text)))
        << text;
    if (by_us) {
      ++accepted;
      ASSERT_EQ(ours.SerializeAsString(), theirs.SerializeAsString()) << text;
    }
  }
  EXPECT_GT(accepted, 3000);
}

}  // namespace
}  // namespace cxr
