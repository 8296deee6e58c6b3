// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/jpeg_2000.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "cxr/base/testing.h"
#include "cxr/synth/dicom/samples_testing.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// ISO 15444-1 A.4, A.5: start of codestream, sizes, one component.
TEST(Jpeg2000Test, IsABareCodestreamOfTheSamples) {
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       EncodeJpeg2000(NoiseSamples(300, 2, 12)));
  EXPECT_THAT(bytes, StartsWith("\xFF\x4F\xFF\x51"));
  EXPECT_EQ(bytes.substr(8, 8), std::string("\0\0\1\x2C\0\0\0\2", 8));
  EXPECT_EQ(bytes.substr(40, 3), std::string("\0\1\x0B", 3));
  EXPECT_TRUE(absl::EndsWith(bytes, "\xFF\xD9"));
}

TEST(Jpeg2000Test, TellsNothingOfTheLibrary) {
  ASSERT_OK_AND_ASSIGN(const std::string bytes,
                       EncodeJpeg2000(NoiseSamples(40, 50, 8)));
  EXPECT_THAT(bytes, HasSubstr("cxr synth"));
  EXPECT_THAT(bytes, Not(HasSubstr("OpenJPEG")));
  EXPECT_EQ(*EncodeJpeg2000(NoiseSamples(40, 50, 8)), bytes);
}

}  // namespace
}  // namespace cxr::synth
