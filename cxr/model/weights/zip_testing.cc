// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/zip_testing.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace cxr {
namespace {

// What both headers of an entry say: method, time, checksum, sizes, lengths.
std::string Facts(const std::string& name, const std::string& contents) {
  const std::string size = LittleEndianText(contents.size(), 4);
  return absl::StrCat(std::string(12, '\0'), size, size,
                      LittleEndianText(name.size(), 2), std::string(2, '\0'));
}

}  // namespace

std::string LittleEndianText(uint64_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) {
    bytes.push_back(static_cast<char>(value >> 8 * i & 0xFF));
  }
  return bytes;
}

std::string MakeZip(
    const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string archive;
  std::string central;
  for (const auto& [name, contents] : entries) {
    absl::StrAppend(&central, absl::string_view("PK\1\2\0\0\0\0", 8),
                    Facts(name, contents), std::string(10, '\0'),
                    LittleEndianText(archive.size(), 4), name);
    absl::StrAppend(&archive, absl::string_view("PK\3\4\0\0", 6),
                    Facts(name, contents), name, contents);
  }
  const std::string count = LittleEndianText(entries.size(), 2);
  return absl::StrCat(archive, central, "PK\5\6", std::string(4, '\0'), count,
                      count, LittleEndianText(central.size(), 4),
                      LittleEndianText(archive.size(), 4),
                      std::string(2, '\0'));
}

}  // namespace cxr
