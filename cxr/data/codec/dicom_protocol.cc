// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_protocol.h"

#include <cstring>
#include <optional>
#include <type_traits>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/dicom_memory.h"

namespace cxr {
namespace {

// "CXRD" and the version, of which each change of a field makes a new one.
constexpr uint32_t kMagic = 0x44525843;
constexpr uint16_t kVersion = 1;
// In the place of a request's action.
constexpr uint16_t kAnswer = 0;

// A VOI LUT of 65536 entries and texts.
constexpr uint64_t kMaxAnswerBytes = uint64_t{1} << 20;

struct Head {
  uint32_t magic = kMagic;
  uint16_t version = kVersion;
  uint16_t kind = kAnswer;
  uint64_t length = 0;
};
static_assert(sizeof(Head) == kDicomHeadBytes);

std::string BytesOf(const Head& head) {
  std::string bytes(sizeof(head), '\0');
  std::memcpy(bytes.data(), &head, sizeof(head));
  return bytes;
}

absl::StatusOr<Head> DecodeHead(absl::string_view bytes, uint64_t max_length) {
  Head head;
  if (bytes.size() != sizeof(head)) {
    return absl::DataLossError(absl::StrCat("found a head of ", bytes.size(),
                                            " bytes, expected ", sizeof(head)));
  }
  std::memcpy(&head, bytes.data(), sizeof(head));
  if (head.magic != kMagic || head.version != kVersion ||
      head.length > max_length) {
    return absl::DataLossError(absl::StrCat(
        "found a head of kind ", absl::Hex(head.magic), ", version ",
        head.version, ", length ", head.length, "; expected ",
        absl::Hex(kMagic), ", ", kVersion, ", at most ", max_length));
  }
  return head;
}

// Takes a body apart, or puts it together: what Fields below names, in its
// order. After the first failure nothing more is read.
class Reader {
 public:
  explicit Reader(absl::string_view bytes) : bytes_(bytes) {}

  // Whether all was well and all was read.
  bool Done() const { return ok_ && bytes_.empty(); }

  template <typename T>
  requires std::is_arithmetic_v<T>
  void operator()(T& value) {
    const absl::string_view bytes = Take(sizeof(value));
    if (ok_) {
      std::memcpy(&value, bytes.data(), sizeof(value));
    }
  }
  void operator()(bool& value) {
    uint8_t byte = 0;
    (*this)(byte);
    ok_ = ok_ && byte <= 1;
    value = byte == 1;
  }
  void operator()(std::string& value) { value = std::string(Take(Length(1))); }
  template <typename T>
  void operator()(std::vector<T>& values) {
    const absl::string_view bytes = Take(Length(sizeof(T)));
    values.resize(bytes.size() / sizeof(T));
    if (!values.empty()) {
      std::memcpy(values.data(), bytes.data(), bytes.size());
    }
  }
  template <typename T>
  void operator()(std::optional<T>& value) {
    bool has_value = false;
    (*this)(has_value);
    if (has_value) {
      (*this)(value.emplace());
    }
  }
  void operator()(VoiLut& lut) {
    (*this)(lut.first_value);
    (*this)(lut.entries);
  }

 private:
  // Bytes that the next list fills; 0 if they are not there.
  size_t Length(size_t bytes_an_item) {
    uint32_t count = 0;
    (*this)(count);
    ok_ = ok_ && count <= bytes_.size() / bytes_an_item;
    return ok_ ? count * bytes_an_item : 0;
  }
  absl::string_view Take(size_t count) {
    ok_ = ok_ && count <= bytes_.size();
    const absl::string_view taken = bytes_.substr(0, ok_ ? count : 0);
    bytes_.remove_prefix(taken.size());
    return taken;
  }

  absl::string_view bytes_;
  bool ok_ = true;
};

class Writer {
 public:
  explicit Writer(std::string* bytes) : bytes_(*bytes) {}

  template <typename T>
  requires std::is_arithmetic_v<T>
  void operator()(const T& value) { Append(&value, sizeof(value)); }
  void operator()(const bool& value) { (*this)(uint8_t{value}); }
  void operator()(const std::string& value) {
    (*this)(static_cast<uint32_t>(value.size()));
    Append(value.data(), value.size());
  }
  template <typename T>
  void operator()(const std::vector<T>& values) {
    (*this)(static_cast<uint32_t>(values.size()));
    Append(values.data(), values.size() * sizeof(T));
  }
  template <typename T>
  void operator()(const std::optional<T>& value) {
    (*this)(value.has_value());
    if (value.has_value()) {
      (*this)(*value);
    }
  }
  void operator()(const VoiLut& lut) {
    (*this)(lut.first_value);
    (*this)(lut.entries);
  }

 private:
  void Append(const void* data, size_t count) {
    bytes_.append(static_cast<const char*>(data), count);
  }

  std::string& bytes_;
};

// Calls `visit` for each field, one list for both directions.
template <typename Tags, typename Visit>
void VisitTags(Tags& tags, Visit& visit) {
  visit(tags.transfer_syntax);
  visit(tags.modality);
  visit(tags.view_position);
  visit(tags.patient_id);
  visit(tags.patient_sex);
  visit(tags.patient_age);
  visit(tags.rows);
  visit(tags.columns);
  visit(tags.frames);
  visit(tags.samples_per_pixel);
  visit(tags.planar_configuration);
  visit(tags.bits_allocated);
  visit(tags.bits_stored);
  visit(tags.high_bit);
  visit(tags.is_signed);
  visit(tags.photometric);
  visit(tags.padding);
  visit(tags.window_center);
  visit(tags.window_width);
  visit(tags.voi_lut_function);
  visit(tags.voi_lut);
  visit(tags.rescale_slope);
  visit(tags.rescale_intercept);
}

// The format is not among them: it is known.
template <typename Facts, typename Visit>
void VisitFacts(Facts& facts, Visit& visit) {
  visit(facts.bits);
  visit(facts.channels);
  visit(facts.photometric);
  visit(facts.transfer_syntax);
  visit(facts.smallest);
  visit(facts.largest);
  visit(facts.warning);
}

template <typename Image, typename Visit>
void VisitImage(Image& image, Visit& visit) {
  visit(image.width);
  visit(image.height);
}

bool IsKnownError(int32_t code) {
  return code >= static_cast<int>(absl::StatusCode::kCancelled) &&
         code <= static_cast<int>(absl::StatusCode::kUnauthenticated);
}

}  // namespace

absl::StatusOr<std::string> EncodeRequest(const DicomRequest& request) {
  if (request.length > DicomMemory::kBytes) {
    return absl::InvalidArgumentError(absl::StrCat("found ", request.length,
                                                   " bytes, expected at most ",
                                                   DicomMemory::kBytes));
  }
  return BytesOf(Head{.kind = static_cast<uint16_t>(request.action),
                      .length = request.length});
}

absl::StatusOr<DicomRequest> DecodeRequest(absl::string_view head) {
  CXR_ASSIGN_OR_RETURN(const Head decoded,
                       DecodeHead(head, DicomMemory::kBytes));
  // All of the number counts, not the part that an action holds.
  if (decoded.kind != static_cast<uint16_t>(DicomAction::kDecode) &&
      decoded.kind != static_cast<uint16_t>(DicomAction::kReadTags)) {
    return absl::DataLossError(
        absl::StrCat("found action ", decoded.kind, ", expected 1 or 2"));
  }
  const DicomAction action = static_cast<DicomAction>(decoded.kind);
  return DicomRequest{.action = action, .length = decoded.length};
}

std::string EncodeAnswer(const DicomAnswer& answer) {
  std::string bytes(kDicomHeadBytes, '\0');
  Writer write(&bytes);
  write(static_cast<int32_t>(answer.status.code()));
  if (answer.status.ok()) {
    VisitTags(answer.tags, write);
    VisitFacts(answer.decoded.facts, write);
    VisitImage(answer.decoded.image, write);
  } else {
    write(std::string(answer.status.message()));
  }
  const Head head{.length = bytes.size() - kDicomHeadBytes};
  CXR_CHECK(head.length <= kMaxAnswerBytes) << head.length;
  bytes.replace(0, kDicomHeadBytes, BytesOf(head));
  return bytes;
}

absl::StatusOr<size_t> DecodeAnswerHead(absl::string_view head) {
  CXR_ASSIGN_OR_RETURN(const Head decoded, DecodeHead(head, kMaxAnswerBytes));
  if (decoded.kind != kAnswer) {
    return absl::DataLossError(absl::StrCat(
        "found an answer of kind ", decoded.kind, ", expected ", kAnswer));
  }
  return decoded.length;
}

absl::StatusOr<DicomAnswer> DecodeAnswer(absl::string_view body) {
  Reader read(body);
  int32_t code = 0;
  read(code);
  DicomAnswer answer;
  if (IsKnownError(code)) {
    std::string message;
    read(message);
    answer.status = absl::Status(static_cast<absl::StatusCode>(code), message);
  } else {
    VisitTags(answer.tags, read);
    VisitFacts(answer.decoded.facts, read);
    VisitImage(answer.decoded.image, read);
    ImageFacts& facts = answer.decoded.facts;
    facts.format = ImageFormat::kDicom;
    facts.width = answer.decoded.image.width;
    facts.height = answer.decoded.image.height;
  }
  const GrayImage& image = answer.decoded.image;
  const bool is_possible =
      image.width >= 0 && image.height >= 0 &&
      int64_t{image.width} * image.height <= kMaxImagePixels;
  if (!read.Done() || !is_possible || (code != 0 && !IsKnownError(code))) {
    return absl::DataLossError(
        absl::StrCat("found ", body.size(), " bytes that are no answer"));
  }
  return answer;
}

}  // namespace cxr
