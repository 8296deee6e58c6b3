// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_buffer.h"

#include <gtest/gtest.h>

#include <istream>
#include <sstream>
#include <string>

namespace cxr {
namespace {

constexpr char kText[] = "0123456789";

TEST(DicomBufferTest, SeeksAndReadsAsAStringStreamDoes) {
  DicomBuffer buffer(kText);
  std::istream ours(&buffer);
  std::istringstream theirs(kText);
  for (const std::ios_base::seekdir from :
       {std::ios_base::beg, std::ios_base::cur, std::ios_base::end}) {
    for (int offset = -12; offset <= 12; ++offset) {
      SCOPED_TRACE(testing::Message() << from << " " << offset);
      for (std::istream* stream :
           {&ours, static_cast<std::istream*>(&theirs)}) {
        stream->clear();
        stream->seekg(4, std::ios_base::beg);
        stream->seekg(offset, from);
      }
      EXPECT_EQ(ours.fail(), theirs.fail());
      EXPECT_EQ(ours.tellg(), theirs.tellg());
      std::string our_rest;
      std::string their_rest;
      EXPECT_EQ(bool{ours >> our_rest}, bool{theirs >> their_rest});
      EXPECT_EQ(our_rest, their_rest);
      EXPECT_EQ(ours.eof(), theirs.eof());
    }
  }
}

TEST(DicomBufferTest, AReadBeyondTheEndIsShort) {
  DicomBuffer buffer(kText);
  std::istream stream(&buffer);
  std::string bytes(20, ' ');
  stream.read(bytes.data(), 20);
  EXPECT_EQ(stream.gcount(), 10);
  EXPECT_TRUE(stream.eof());
}

TEST(DicomBufferTest, NothingHasNoBytes) {
  DicomBuffer buffer("");
  std::istream stream(&buffer);
  EXPECT_EQ(stream.get(), std::istream::traits_type::eof());
}

}  // namespace
}  // namespace cxr
