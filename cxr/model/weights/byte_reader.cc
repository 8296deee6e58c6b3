// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/byte_reader.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"

namespace cxr {

ByteReader::ByteReader(absl::string_view bytes, size_t offset)
    : bytes_(bytes), offset_(std::min(offset, bytes.size())) {}

absl::StatusOr<absl::string_view> ByteReader::Take(uint64_t count) {
  if (count > left()) {
    return absl::DataLossError(absl::StrCat("cut off: found ", left(),
                                            " bytes at byte ", offset_,
                                            ", expected ", count));
  }
  const absl::string_view taken = bytes_.substr(offset_, count);
  offset_ += count;
  return taken;
}

absl::StatusOr<uint64_t> ByteReader::TakeInteger(int count) {
  CXR_ASSIGN_OR_RETURN(const absl::string_view bytes,
                       Take(static_cast<uint64_t>(count)));
  return LittleEndian(bytes);
}

absl::StatusOr<absl::string_view> ByteReader::TakeLine() {
  const size_t end = bytes_.find('\n', offset_);
  if (end == absl::string_view::npos) {
    return absl::DataLossError(
        absl::StrCat("cut off: no end of the line at byte ", offset_));
  }
  const absl::string_view line = bytes_.substr(offset_, end - offset_);
  offset_ = end + 1;
  return line;
}

uint64_t LittleEndian(absl::string_view bytes) {
  CXR_CHECK(!bytes.empty() && bytes.size() <= 8) << bytes.size();
  uint64_t value = 0;
  for (size_t i = bytes.size(); i-- > 0;) {
    value = value << 8 | static_cast<uint8_t>(bytes[i]);
  }
  return value;
}

}  // namespace cxr
