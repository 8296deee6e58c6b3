// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

// Of the safetensors package, see make_weights.py beside it.
std::string KindsFile() {
  return *ReadFile(TestData("cxr/model/weights/testdata/kinds.safetensors"));
}

// A file with this header and as many zeros behind it.
std::string File(absl::string_view header, size_t zeros = 0) {
  std::string bytes(8, '\0');
  for (size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<char>(uint64_t{header.size()} >> 8 * i & 0xFF);
  }
  return absl::StrCat(bytes, header, std::string(zeros, '\0'));
}

void ExpectDataLoss(absl::string_view bytes, absl::string_view text) {
  EXPECT_THAT(ParseSafetensors(bytes), StatusIs(absl::StatusCode::kDataLoss,
                                                HasSubstr(std::string(text))));
}

TEST(SafetensorsTest, ReadsWhatThePackageWrites) {
  const std::string bytes = KindsFile();
  ASSERT_OK_AND_ASSIGN(const SafetensorsContents contents,
                       ParseSafetensors(bytes));
  EXPECT_THAT(contents.metadata, ElementsAre(Pair("format", "pt")));
  std::map<std::string, std::string> shown;
  std::map<std::string, absl::string_view> numbers;
  for (const StoredTensor& tensor : contents.tensors) {
    shown[tensor.name] = ToString(tensor);
    numbers[tensor.name] = tensor.bytes;
  }
  EXPECT_THAT(
      shown,
      ElementsAre(
          Pair("bfloat16", "bfloat16 (2, 3)"), Pair("bool", "bool (2, 3)"),
          Pair("float16", "float16 (2, 3)"), Pair("float32", "float32 (2, 3)"),
          Pair("float64", "float64 (2, 3)"), Pair("int16", "int16 (2, 3)"),
          Pair("int32", "int32 (2, 3)"), Pair("int64", "int64 (2, 3)"),
          Pair("int8", "int8 (2, 3)"), Pair("nothing", "float32 (3, 0, 2)"),
          Pair("one number", "float32 ()"), Pair("uint8", "uint8 (2, 3)"),
          Pair("\xC3\xA9\n\"\\", "int16 (1)")));
  float values[6];
  ASSERT_EQ(numbers["float32"].size(), sizeof(values));
  std::memcpy(values, numbers["float32"].data(), sizeof(values));
  EXPECT_THAT(values, ElementsAre(-2.5F, -1.25F, 0.0F, 1.25F, 2.5F, 3.75F));
  // 1.25 is 0x3FA0 in bfloat16.
  EXPECT_EQ(numbers["bfloat16"].substr(10, 2), "\xA0\x3F");
  EXPECT_EQ(numbers["uint8"], absl::string_view("\0\1\2\3\5\6", 6));
}

TEST(SafetensorsTest, WritesThePackagesBytes) {
  const std::string bytes = KindsFile();
  ASSERT_OK_AND_ASSIGN(SafetensorsContents contents, ParseSafetensors(bytes));
  EXPECT_EQ(ToSafetensors(contents.tensors, contents.metadata), bytes);
  std::swap(contents.tensors.front(), contents.tensors.back());
  EXPECT_EQ(ToSafetensors(contents.tensors, contents.metadata), bytes);
  const TempDir dir;
  ASSERT_OK(
      WriteSafetensors(dir.File("x"), contents.tensors, contents.metadata));
  EXPECT_EQ(*ReadFile(dir.File("x")), bytes);
}

TEST(SafetensorsTest, NoTensorsAreAFileToo) {
  // safetensors.torch.save({}) of 0.8.0
  const std::string bytes = File("{}      ");
  EXPECT_EQ(ToSafetensors({}, {}), bytes);
  ASSERT_OK_AND_ASSIGN(const SafetensorsContents contents,
                       ParseSafetensors(bytes));
  EXPECT_TRUE(contents.tensors.empty());
}

TEST(SafetensorsTest, FailedWriteNamesThePath) {
  EXPECT_THAT(WriteSafetensors("/nowhere/x", {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/x")));
}

TEST(SafetensorsTest, EveryTruncationIsDataLoss) {
  const std::string bytes = KindsFile();
  for (size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THAT(ParseSafetensors(bytes.substr(0, size)),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("expected")))
        << size;
  }
  ExpectDataLoss(bytes + "x", "bytes of numbers, expected");
}

TEST(SafetensorsTest, LyingLengthsAreDataLoss) {
  std::string bytes = File("{}      ");
  bytes[7] = '\x80';  // 2^63 and more
  ExpectDataLoss(bytes, "found a header of safetensors of 922337203685477");
  bytes = File("{}      ");
  bytes[0] = 9;
  ExpectDataLoss(bytes, "cut off");
}

TEST(SafetensorsTest, HeaderThatIsNoObjectIsDataLoss) {
  for (const absl::string_view header :
       {"", " ", "[]", "{", "{]", "7", "null", "{\"a\":}", "{} x", "\xFF"}) {
    ExpectDataLoss(File(header), "no JSON object");
  }
  ExpectDataLoss(File(std::string(1 << 20, '[')), "no JSON object");
  ExpectDataLoss(File(std::string("{\"a\":") + std::string(1 << 20, '[')),
                 "no JSON object");
}

// `entry` stands for the whole entry of the tensor a; eight bytes of numbers.
void ExpectBrokenEntry(absl::string_view entry, absl::string_view text) {
  const std::string header = absl::StrCat("{\"a\":", entry, "}");
  SCOPED_TRACE(header);
  ExpectDataLoss(File(header, 8), text);
  ExpectDataLoss(File(header, 8), "\"a\": ");
}

TEST(SafetensorsTest, BrokenEntriesNameTheTensor) {
  const std::string good =
      R"({"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  EXPECT_OK(ParseSafetensors(File(absl::StrCat("{\"a\":", good, "}"), 8)));
  const auto with = [&](absl::string_view from, absl::string_view to) {
    return absl::StrReplaceAll(good, {{from, to}});
  };
  ExpectBrokenEntry("7", "no JSON object");
  ExpectBrokenEntry("{}", "no dtype");
  ExpectBrokenEntry(with("\"F32\"", "32"), "no dtype");
  for (const absl::string_view shape :
       {"2", "[-2]", "[2.0]", "[\"2\"]", "[[2]]", "[1e9]",
        "[18446744073709551615]", "[99999999999999999999]", "{}"}) {
    ExpectBrokenEntry(with("[2]", shape), "whole numbers");
  }
  for (const absl::string_view place :
       {"[0]", "[0,8,8]", "[-1,8]", "[0,9223372036854775808]"}) {
    ExpectBrokenEntry(with("[0,8]", place), "whole numbers");
  }
  ExpectBrokenEntry(with("[0,8]", "[0,9]"), "found numbers at bytes 0 to 9");
  ExpectBrokenEntry(with("[0,8]", "[8,0]"), "found numbers at bytes 8 to 0");
  ExpectBrokenEntry(with("[2]", "[3]"), "found 8 bytes, expected 12");
  ExpectBrokenEntry(with("[2]", "[4611686018427387904,4]"), "counted");
}

TEST(SafetensorsTest, UnknownKindsAreInvalidAndListed) {
  EXPECT_THAT(
      ParseSafetensors(File(
          R"({"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}})", 1)),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("\"a\": found dtype \"F8_E4M3\", expected one of "
                         "I64, F64, F32")));
}

TEST(SafetensorsTest, NamesStandOnce) {
  const std::string first =
      R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]})";
  const std::string second =
      R"("a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]})";
  ExpectDataLoss(File(absl::StrCat("{", first, ",", second, "}"), 2),
                 "\"a\": found twice");
  ExpectDataLoss(
      File(R"({"a":{"dtype":"U8","shape":[],"dtype":"U8","data_offsets":[]}})",
           1),
      "\"dtype\": found twice");
}

TEST(SafetensorsTest, NumbersOverlapNowhereAndLeaveNoGap) {
  const auto two = [](absl::string_view place) {
    return File(
        absl::StrCat(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)",
                     R"("b":{"dtype":"U8","shape":[2],"data_offsets":)", place,
                     "}}"),
        5);
  };
  ExpectDataLoss(two("[1,3]"), "\"b\": found its numbers at byte 1");
  ExpectDataLoss(two("[3,5]"), "\"b\": found its numbers at byte 3");
  ExpectDataLoss(two("[2,4]"), "found 5 bytes of numbers, expected 4");
}

TEST(SafetensorsTest, MetadataAreTexts) {
  EXPECT_OK(ParseSafetensors(File(R"({"__metadata__":{}})")));
  ExpectDataLoss(File(R"({"__metadata__":7})"), "\"__metadata__\": is no JSON");
  ExpectDataLoss(File(R"({"__metadata__":{"a":1}})"), "no text under \"a\"");
}

TEST(SafetensorsDeathTest, RefusesToWriteWhatIsNoFile) {
  const StoredTensor one = {
      .name = "a", .kind = ScalarKind::kUint8, .shape = {1}, .bytes = "x"};
  EXPECT_DEATH(ToSafetensors({one, one}, {}), "two tensors are called a");
  StoredTensor wrong = one;
  wrong.shape = {2};
  EXPECT_DEATH(ToSafetensors({wrong}, {}), "1 bytes of uint8");
}

}  // namespace
}  // namespace cxr
