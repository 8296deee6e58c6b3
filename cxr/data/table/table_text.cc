// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/table_text.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/table/gunzip.h"

namespace cxr {
namespace {

// Stays in the second-level cache from where it is read to where it is used.
constexpr size_t kFirstCapacity = size_t{256} << 10;

// A gzip file and its text together, as far as they are unpacked at once.
constexpr size_t kWholeBytes = size_t{256} << 20;

}  // namespace

TableText TableText::FromText(absl::string_view text) {
  TableText result;
  result.bytes_ = std::make_unique_for_overwrite<char[]>(text.size() + 1);
  std::copy(text.begin(), text.end(), result.bytes_.get());
  result.size_ = text.size();
  result.bytes_[result.size_] = '\n';
  result.complete_ = true;
  return result;
}

absl::StatusOr<TableText> TableText::Open(absl::string_view path) {
  TableText result;
  CXR_ASSIGN_OR_RETURN(ByteFile file, ByteFile::Open(path));
  CXR_ASSIGN_OR_RETURN(const bool is_gzip, file.IsGzip());
  if (is_gzip) {
    CXR_ASSIGN_OR_RETURN(std::optional<Gunzipped> whole,
                         GunzipAtOnce(file, kWholeBytes));
    if (whole.has_value()) {
      result.bytes_ = std::move(whole->bytes);
      result.size_ = whole->size;
      result.bytes_[result.size_] = '\n';
      result.complete_ = true;
      return result;
    }
  }
  result.file_ = std::make_unique<ByteFile>(std::move(file));
  if (is_gzip) {
    result.gzip_.emplace(result.file_.get());
  }
  result.capacity_ = kFirstCapacity;
  result.bytes_ = std::make_unique_for_overwrite<char[]>(kFirstCapacity + 1);
  result.bytes_[0] = '\n';
  return result;
}

absl::Status TableText::Advance(size_t used) {
  CXR_CHECK(!complete_ && used <= size_) << used << " of " << size_;
  const size_t rest = size_ - used;
  char* const from = bytes_.get() + used;
  if (rest > capacity_ / 2) {
    auto larger = std::make_unique_for_overwrite<char[]>(2 * capacity_ + 1);
    std::memcpy(larger.get(), from, rest);
    bytes_ = std::move(larger);
    capacity_ *= 2;
  } else {
    std::memmove(bytes_.get(), from, rest);
  }
  offset_ += static_cast<int64_t>(used);
  size_ = rest;
  char* const to = bytes_.get() + rest;
  const size_t room = capacity_ - rest;
  size_t got = 0;
  if (gzip_.has_value()) {
    CXR_ASSIGN_OR_RETURN(got, gzip_->Read(to, room));
    complete_ = gzip_->at_end();
  } else {
    CXR_ASSIGN_OR_RETURN(
        got, file_->ReadAt(offset_ + static_cast<int64_t>(rest), to, room));
    complete_ = got < room;
  }
  size_ += got;
  bytes_[size_] = '\n';
  return absl::OkStatus();
}

}  // namespace cxr
