// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/text_at.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/table/byte_file.h"
#include "cxr/data/table/gzip_reader.h"

namespace cxr {
namespace {

constexpr int64_t kBetweenPlaces = int64_t{4} << 20;  // bytes of text
constexpr size_t kBufferBytes = size_t{128} << 10;

}  // namespace

class TextAt::Impl {
 public:
  explicit Impl(ByteFile file) : file_(std::move(file)), size_(file_.size()) {}

  absl::Status NotePlaces() {
    GzipReader reader(&file_);
    std::string buffer(kBufferBytes, '\0');
    size_ = 0;
    while (!reader.at_end()) {
      CXR_ASSIGN_OR_RETURN(const size_t got,
                           reader.ReadToBlock(buffer.data(), buffer.size()));
      size_ += static_cast<int64_t>(got);
      if (reader.at_block() &&
          (places_.empty() ||
           size_ - places_.back().text_offset >= kBetweenPlaces)) {
        places_.push_back(reader.Here());
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Read(int64_t offset, int64_t length) const {
    CXR_CHECK(offset >= 0 && length >= 0) << offset << ", " << length;
    if (offset > size_ || length > size_ - offset) {
      return Ends(offset, length);
    }
    std::string text(static_cast<size_t>(length), '\0');
    CXR_ASSIGN_OR_RETURN(const size_t got,
                         places_.empty()
                             ? file_.ReadAt(offset, text.data(), text.size())
                             : Unpack(offset, &text));
    return got == text.size() ? absl::StatusOr<std::string>(std::move(text))
                              : Ends(offset, length);
  }

 private:
  // Fills `text` with what lies from `offset` on; how many bytes that are.
  absl::StatusOr<size_t> Unpack(int64_t offset, std::string* text) const {
    const auto after =
        std::upper_bound(places_.begin() + 1, places_.end(), offset,
                         [](int64_t wanted, const GzipPlace& place) {
                           return wanted < place.text_offset;
                         });
    const GzipPlace& place = *std::prev(after);
    GzipReader reader(&file_, place);
    std::string skipped(kBufferBytes, '\0');
    for (int64_t rest = offset - place.text_offset; rest > 0;) {
      const size_t part = static_cast<size_t>(
          std::min<int64_t>(rest, static_cast<int64_t>(skipped.size())));
      CXR_ASSIGN_OR_RETURN(const size_t got, reader.Read(skipped.data(), part));
      if (got < part) {
        return 0;
      }
      rest -= static_cast<int64_t>(part);
    }
    return reader.Read(text->data(), text->size());
  }

  absl::Status Ends(int64_t offset, int64_t length) const {
    return absl::DataLossError(absl::StrCat(file_.path(), ": found text of ",
                                            size_, " bytes, expected ", length,
                                            " from byte ", offset));
  }

  ByteFile file_;
  int64_t size_;                   // of the text
  std::vector<GzipPlace> places_;  // ascending; none of a plain file
};

TextAt::TextAt(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TextAt::TextAt(TextAt&&) = default;
TextAt& TextAt::operator=(TextAt&&) = default;
TextAt::~TextAt() = default;

absl::StatusOr<TextAt> TextAt::Open(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(ByteFile file, ByteFile::Open(path));
  CXR_ASSIGN_OR_RETURN(const bool is_gzip, file.IsGzip());
  auto impl = std::make_unique<Impl>(std::move(file));
  if (is_gzip) {
    CXR_RETURN_IF_ERROR(impl->NotePlaces());
  }
  return TextAt(std::move(impl));
}

absl::StatusOr<std::string> TextAt::Read(int64_t offset, int64_t length) const {
  return impl_->Read(offset, length);
}

}  // namespace cxr
