// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <string>

#include "absl/status/status.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

// No two fields are equal, and none has its default value.
DicomAnswer FullAnswer() {
  DicomAnswer answer;
  answer.tags = {.transfer_syntax = "1.2",
                 .modality = "CR",
                 .view_position = "PA",
                 .patient_id = std::string("\0 id", 4),
                 .patient_sex = "F",
                 .patient_age = "062Y",
                 .rows = 2,
                 .columns = 3,
                 .frames = 4,
                 .samples_per_pixel = 5,
                 .planar_configuration = 6,
                 .bits_allocated = 16,
                 .bits_stored = 15,
                 .high_bit = 14,
                 .is_signed = true,
                 .photometric = "MONOCHROME1",
                 .padding = -2000,
                 .window_center = -0.0,
                 .window_width = 1e-300,
                 .voi_lut_function = "SIGMOID",
                 .voi_lut = VoiLut{.first_value = -7, .entries = {8, 9, 65535}},
                 .rescale_slope = 0.1,
                 .rescale_intercept = -1024.5};
  answer.decoded = {.image = {.width = 3, .height = 2},
                    .facts = {.format = ImageFormat::kDicom,
                              .width = 3,
                              .height = 2,
                              .bits = 13,
                              .channels = 3,
                              .photometric = "RGB",
                              .transfer_syntax = "1.3",
                              .smallest = -12,
                              .largest = 11,
                              .warning = "Corrupt"}};
  return answer;
}

std::string BodyOf(const DicomAnswer& answer) {
  return EncodeAnswer(answer).substr(kDicomHeadBytes);
}

void ExpectEqual(const ImageFacts& a, const ImageFacts& b) {
  EXPECT_EQ(a.format, b.format);
  EXPECT_EQ(a.width, b.width);
  EXPECT_EQ(a.height, b.height);
  EXPECT_EQ(a.bits, b.bits);
  EXPECT_EQ(a.channels, b.channels);
  EXPECT_EQ(a.photometric, b.photometric);
  EXPECT_EQ(a.transfer_syntax, b.transfer_syntax);
  EXPECT_EQ(a.smallest, b.smallest);
  EXPECT_EQ(a.largest, b.largest);
  EXPECT_EQ(a.warning, b.warning);
}

TEST(DicomProtocolTest, AnswersSurviveTheWay) {
  DicomAnswer tags_only = FullAnswer();
  tags_only.decoded = {.facts = {.format = ImageFormat::kDicom}};
  for (const DicomAnswer& answer : {FullAnswer(), tags_only}) {
    ASSERT_OK_AND_ASSIGN(const DicomAnswer back, DecodeAnswer(BodyOf(answer)));
    EXPECT_OK(back.status);
    EXPECT_EQ(back.tags, answer.tags);
    EXPECT_EQ(back.decoded.image, answer.decoded.image);
    ExpectEqual(back.decoded.facts, answer.decoded.facts);
  }
}

TEST(DicomProtocolTest, ErrorsSurviveTheWayAlone) {
  DicomAnswer answer = FullAnswer();
  answer.status = absl::ResourceExhaustedError("too much");
  ASSERT_OK_AND_ASSIGN(const DicomAnswer back, DecodeAnswer(BodyOf(answer)));
  EXPECT_EQ(back.status, answer.status);
  EXPECT_EQ(back.tags, DicomTags{});
}

TEST(DicomProtocolTest, HeadTellsTheLengthOfTheBody) {
  const std::string answer = EncodeAnswer(FullAnswer());
  ASSERT_OK_AND_ASSIGN(const size_t length,
                       DecodeAnswerHead(answer.substr(0, kDicomHeadBytes)));
  EXPECT_EQ(length, answer.size() - kDicomHeadBytes);
}

TEST(DicomProtocolTest, RequestsSurviveTheWay) {
  for (const DicomAction action :
       {DicomAction::kDecode, DicomAction::kReadTags}) {
    for (const size_t length : {size_t{0}, size_t{1}, size_t{1} << 29}) {
      ASSERT_OK_AND_ASSIGN(const std::string head,
                           EncodeRequest({.action = action, .length = length}));
      ASSERT_OK_AND_ASSIGN(const DicomRequest back, DecodeRequest(head));
      EXPECT_EQ(back.action, action);
      EXPECT_EQ(back.length, length);
    }
  }
}

TEST(DicomProtocolTest, TooLargeFilesAreRefusedOnEitherSide) {
  EXPECT_THAT(EncodeRequest({.length = (size_t{1} << 29) + 1}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("found 536870913 bytes")));
  std::string head = *EncodeRequest({.length = 7});
  const uint64_t length = std::numeric_limits<uint64_t>::max();
  std::memcpy(head.data() + 8, &length, sizeof(length));
  EXPECT_THAT(DecodeRequest(head),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("length 184")));
}

TEST(DicomProtocolTest, HeadsOfAnotherKindVersionOrSideAreRefused) {
  const std::string request = *EncodeRequest({.length = 7});
  const std::string answer =
      EncodeAnswer(FullAnswer()).substr(0, kDicomHeadBytes);
  EXPECT_FALSE(DecodeRequest(answer).ok());
  EXPECT_FALSE(DecodeAnswerHead(request).ok());
  for (size_t at = 0; at < 8; ++at) {  // Before the length.
    std::string changed = request;
    changed[at] ^= 0x40;
    EXPECT_THAT(DecodeRequest(changed),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("expected")))
        << at;
    changed = answer;
    changed[at] ^= 0x40;
    EXPECT_FALSE(DecodeAnswerHead(changed).ok()) << at;
  }
  EXPECT_FALSE(DecodeRequest(request.substr(1)).ok());
  EXPECT_FALSE(DecodeAnswerHead("").ok());
}

TEST(DicomProtocolTest, EveryOtherLengthOfTheBodyIsRefused) {
  DicomAnswer failed;
  failed.status = absl::DataLossError("bad");
  for (const DicomAnswer& answer : {FullAnswer(), failed}) {
    const std::string body = BodyOf(answer);
    for (size_t size = 0; size < body.size(); ++size) {
      EXPECT_THAT(DecodeAnswer(body.substr(0, size)),
                  StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bytes")))
          << size;
    }
    EXPECT_FALSE(DecodeAnswer(body + '\0').ok());
  }
}

TEST(DicomProtocolTest, ImagesOfImpossibleSizeAreRefused) {
  DicomAnswer answer = FullAnswer();
  answer.decoded.image.width = 1 << 14;
  answer.decoded.image.height = 1 << 13;
  EXPECT_OK(DecodeAnswer(BodyOf(answer)));
  answer.decoded.image.height += 1;
  EXPECT_FALSE(DecodeAnswer(BodyOf(answer)).ok());
  answer.decoded.image.width = -3;
  answer.decoded.image.height = -2;
  EXPECT_FALSE(DecodeAnswer(BodyOf(answer)).ok());
}

TEST(DicomProtocolTest, UnknownErrorsAreRefused) {
  DicomAnswer answer;
  answer.status = absl::DataLossError("bad");
  std::string body = BodyOf(answer);
  for (const int code : {-1, 17, 1000}) {
    body[0] = static_cast<char>(code);
    EXPECT_FALSE(DecodeAnswer(body).ok()) << code;
  }
}

}  // namespace
}  // namespace cxr
