// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/textproto/number.h"

#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "cxr/base/testing.h"
#include "cxr/textproto/syntax.h"

namespace cxr {
namespace {

// What `read` makes of the value `text`.
template <typename Read>
auto Of(Read read, const std::string& text) {
  const std::string field = absl::StrCat("a: ", text);
  const SyntaxTree tree = ParseSyntax(field);
  return read(ScalarWords(field, tree.fields.at(0).value));
}

template <typename T>
absl::StatusOr<T> Integer(const std::string& text) {
  return Of(ReadInteger<T>, text);
}
absl::StatusOr<double> Double(const std::string& text) {
  return Of(ReadDouble, text);
}
absl::StatusOr<float> Float(const std::string& text) {
  return Of(ReadFloat, text);
}

// The message of an InvalidArgument; empty for all else.
template <typename T>
std::string ErrorOf(const absl::StatusOr<T>& read) {
  return absl::IsInvalidArgument(read.status())
             ? std::string(read.status().message())
             : "";
}

TEST(TextprotoNumberTest, RangesAreThoseOfTheType) {
  EXPECT_EQ(RangeText<int32_t>(), "an integer from -2147483648 to 2147483647");
  EXPECT_EQ(RangeText<uint64_t>(), "an integer from 0 to 18446744073709551615");
}

// The limits of T are read, and one step further is not.
template <typename T>
void ExpectLimits(const std::string& below, const std::string& above) {
  using Limits = std::numeric_limits<T>;
  EXPECT_EQ(Integer<T>(absl::StrCat(Limits::min())).value(), Limits::min());
  EXPECT_EQ(Integer<T>(absl::StrCat(Limits::max())).value(), Limits::max());
  for (const std::string& text : {below, above}) {
    EXPECT_EQ(ErrorOf(Integer<T>(text)),
              absl::StrCat("found '", text, "', expected ", RangeText<T>()));
  }
}

TEST(TextprotoNumberTest, IntegersEndAtTheirLimits) {
  ExpectLimits<int32_t>("-2147483649", "2147483648");
  ExpectLimits<uint32_t>("-1", "4294967296");
  ExpectLimits<int64_t>("-9223372036854775809", "9223372036854775808");
  ExpectLimits<uint64_t>("-0", "18446744073709551616");
}

TEST(TextprotoNumberTest, IntegersAreDecimalHexadecimalOrOctal) {
  EXPECT_EQ(Integer<int32_t>("0").value(), 0);
  EXPECT_EQ(Integer<int32_t>("-0").value(), 0);
  EXPECT_EQ(Integer<int32_t>("017").value(), 15);
  EXPECT_EQ(Integer<int32_t>("- 0x1f").value(), -31);
  EXPECT_EQ(Integer<uint32_t>("0XFFFFFFFF").value(), 0xFFFFFFFFu);
}

TEST(TextprotoNumberTest, ALeadingZeroIsWarnedOf) {
  const auto warning = [](const std::string& text) {
    return Of(OctalWarning, text);
  };
  EXPECT_EQ(warning("010"), "found 010, which is octal for 8; write 8 or 10");
  EXPECT_EQ(warning("- 017"),
            "found -017, which is octal for -15; write -15 or -17");
  EXPECT_EQ(warning("007"), "found 007, which is octal for 7; write 7");
  EXPECT_EQ(warning("00"), "found 00, which is octal for 0; write 0");
  for (const char* text : {"0", "10", "0x10", "0.5", "'010'", "x"}) {
    EXPECT_EQ(warning(text), "") << text;
  }
}

TEST(TextprotoNumberTest, AWholeDecimalIsToldAsAnInteger) {
  EXPECT_EQ(ErrorOf(Integer<int32_t>("5.0")),
            "found '5.0', expected a whole number: write 5");
  EXPECT_EQ(ErrorOf(Integer<int32_t>("-2e3")),
            "found '-2e3', expected a whole number: write -2000");
  EXPECT_EQ(ErrorOf(Integer<int32_t>("1.5")),
            "found '1.5', expected a whole number");
}

TEST(TextprotoNumberTest, NothingIsToldToWriteThatIsWrongAgain) {
  EXPECT_EQ(ErrorOf(Integer<int32_t>("3e9")),
            absl::StrCat("found '3e9', expected ", RangeText<int32_t>()));
  EXPECT_EQ(ErrorOf(Integer<uint32_t>("-5.0")),
            absl::StrCat("found '-5.0', expected ", RangeText<uint32_t>()));
  EXPECT_EQ(ErrorOf(Integer<uint32_t>("-0.0")),
            "found '-0.0', expected a whole number: write 0");
  // From here on a double may stand for another integer than was written.
  EXPECT_EQ(ErrorOf(Integer<int64_t>("1e16")),
            absl::StrCat("found '1e16', expected ", RangeText<int64_t>()));
}

TEST(TextprotoNumberTest, WhatIsNoNumberIsNamed) {
  EXPECT_EQ(ErrorOf(Double("'5'")),
            "found '5', expected a number: write 5 without quotes");
  EXPECT_EQ(ErrorOf(Double("'-1e-5'")),
            "found '-1e-5', expected a number: write -1e-5 without quotes");
  for (const char* text : {"'5 x'", "'-'", "''", "'x'"}) {
    EXPECT_EQ(ErrorOf(Double(text)),
              absl::StrCat("found ", text, ", expected a number"));
  }
  EXPECT_EQ(ErrorOf(Double("None")),
            "found 'None', expected a number: leave the field out");
  EXPECT_EQ(ErrorOf(Integer<int32_t>("null")),
            absl::StrCat("found 'null', expected ", RangeText<int32_t>(),
                         ": leave the field out"));
  EXPECT_EQ(ErrorOf(Double("five")), "found 'five', expected a number");
}

TEST(TextprotoNumberTest, DoublesAreDecimal) {
  EXPECT_EQ(Double("0").value(), 0);
  EXPECT_EQ(Double("-5").value(), -5);
  EXPECT_EQ(Double(".5").value(), 0.5);
  EXPECT_EQ(Double("1.5f").value(), 1.5);
  EXPECT_TRUE(std::signbit(Double("-0.0").value()));
  EXPECT_EQ(Double("18446744073709551616").value(), 18446744073709551616.0);
  for (const char* text : {"00", "017", "0x1"}) {
    EXPECT_EQ(ErrorOf(Double(text)),
              absl::StrCat("found '", text,
                           "', expected a decimal number: it is neither octal "
                           "nor hexadecimal"));
  }
}

TEST(TextprotoNumberTest, InfinityIsNamedNotReachedByALargeNumber) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(Double("INF").value(), kInfinity);
  EXPECT_EQ(Double("-Infinity").value(), -kInfinity);
  EXPECT_TRUE(std::isnan(Double("NaN").value()));
  EXPECT_EQ(Double("1.7976931348623157e308").value(), DBL_MAX);
  EXPECT_EQ(ErrorOf(Double("-1e400")),
            "found '-1e400', expected a number up to 1.8e308");
  EXPECT_EQ(Float("inf").value(), std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(Float("nan").value()));
}

TEST(TextprotoNumberTest, FloatsEndWhereRoundingEnds) {
  EXPECT_EQ(Float("0.1").value(), 0.1f);
  EXPECT_EQ(Float("3.4028234663852886e38").value(), FLT_MAX);
  EXPECT_EQ(Float("3.4028235677973366e38").value(), FLT_MAX);
  EXPECT_EQ(Float("-3.4028235677973366e38").value(), -FLT_MAX);
  for (const char* text : {"3.4028235677973370e38", "-1e39"}) {
    EXPECT_EQ(
        ErrorOf(Float(text)),
        absl::StrCat("found '", text, "', expected a number up to 3.4e38"));
  }
  EXPECT_EQ(ErrorOf(Float("1e400")),
            "found '1e400', expected a number up to 1.8e308");
}

}  // namespace
}  // namespace cxr
