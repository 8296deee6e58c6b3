// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/decode_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string PathOf(absl::string_view name) {
  return TestData(absl::StrCat("cxr/data/codec/testdata/", name));
}

TEST(DecodeImageTest, FormatIsToldByTheFirstBytes) {
  EXPECT_EQ(FormatOf(*ReadFile(PathOf("png/rgb.png"))), ImageFormat::kPng);
  EXPECT_EQ(FormatOf(*ReadFile(PathOf("jpeg/gray.jpg"))), ImageFormat::kJpeg);
  EXPECT_EQ(FormatOf(std::string(128, 'x') + "DICM"), ImageFormat::kDicom);
  EXPECT_EQ(FormatOf(std::string("\2\0\0\0UL\4\0", 8)), ImageFormat::kDicom);
  EXPECT_EQ(FormatOf(std::string("\10\0\5\0\12\0\0\0", 8)),
            ImageFormat::kDicom);
}

TEST(DecodeImageTest, OtherBytesAreOfNoFormat) {
  for (const std::string& bytes :
       {std::string(), std::string("\x89PNG"), std::string("\xFF\xD8"),
        std::string(128, 'x') + "DICN", std::string("\10\0\5\0", 4),
        std::string("\10\1\5\0\12\0\0\0", 8), std::string("GIF89a, say")}) {
    EXPECT_EQ(FormatOf(bytes), std::nullopt) << bytes;
  }
}

TEST(DecodeImageTest, PngAndJpegAreReadAsByTheirOwnReaders) {
  ASSERT_OK_AND_ASSIGN(const DecodedImage png,
                       ReadImage(PathOf("png/rgba.png"), {}));
  ASSERT_OK_AND_ASSIGN(
      const GrayImage gray,
      DecodePngGray(*ReadFile(PathOf("png/rgba.png")), "rgba.png"));
  EXPECT_EQ(png.image, gray);
  ASSERT_OK_AND_ASSIGN(const DecodedImage jpeg,
                       ReadImage(PathOf("jpeg/rgb_420.jpg"), {}));
  ASSERT_OK_AND_ASSIGN(
      const DecodedImage same,
      DecodeJpeg(*ReadFile(PathOf("jpeg/rgb_420.jpg")), "rgb_420.jpg"));
  EXPECT_EQ(jpeg.image, same.image);
  EXPECT_EQ(jpeg.facts.format, ImageFormat::kJpeg);
}

TEST(DecodeImageTest, TheRuleReachesSixteenBits) {
  const std::string path = PathOf("png/gray16.png");
  EXPECT_THAT(ReadImage(path, {}), StatusIs(absl::StatusCode::kUnimplemented,
                                            HasSubstr("16 bits a sample")));
  ASSERT_OK_AND_ASSIGN(
      const DecodedImage decoded,
      ReadImage(path, {.sixteen_bit = SixteenBitRule::kShift8}));
  EXPECT_EQ(decoded.facts.bits, 16);
}

TEST(DecodeImageTest, UnknownBytesAreShown) {
  EXPECT_THAT(DecodeImage("GIF89a, of the wrong kind", "a/b.jpg", {}),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(StartsWith("a/b.jpg: found 25 bytes"),
                             HasSubstr("4749463839612c206f66207468652077 "))));
}

TEST(DecodeImageTest, DicomWithoutADecoderIsRefused) {
  EXPECT_THAT(
      DecodeImage(std::string(128, '\0') + "DICM", "a.dcm", {}),
      StatusIs(absl::StatusCode::kUnimplemented, StartsWith("a.dcm: ")));
}

// The program given is none that decodes, so that an error of the decoder's own
// shows that it was asked.
TEST(DecodeImageTest, DicomGoesToTheDecoder) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<DicomDecoder> decoder,
                       DicomDecoder::Create({.worker = "/bin/false"}));
  const absl::StatusOr<DecodedImage> decoded = DecodeImage(
      std::string(128, '\0') + "DICM", "a.dcm", {.dicom = decoder.get()});
  EXPECT_NE(decoded.status().code(), absl::StatusCode::kUnimplemented);
  EXPECT_NE(decoded.status().code(), absl::StatusCode::kOk);
  EXPECT_THAT(std::string(decoded.status().message()), StartsWith("a.dcm: "));
}

TEST(DecodeImageTest, MissingFilesAreNotFound) {
  const TempDir dir;
  const std::string path = dir.File("none.png");
  EXPECT_THAT(ReadImage(path, {}),
              StatusIs(absl::StatusCode::kNotFound, StartsWith(path)));
}

}  // namespace
}  // namespace cxr
