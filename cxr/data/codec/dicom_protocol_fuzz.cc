// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_protocol_fuzz.h"

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/data/codec/dicom_protocol.h"

namespace cxr {
namespace {

void CheckMessage(absl::string_view bytes) {
  const absl::string_view head = bytes.substr(0, kDicomHeadBytes);
  if (const auto request = DecodeRequest(head); request.ok()) {
    const absl::StatusOr<std::string> same = EncodeRequest(*request);
    CXR_CHECK(same.ok() && *same == head) << "a request changes";
    CXR_CHECK(!DecodeAnswerHead(head).ok()) << "a request is an answer too";
  }
  if (const auto answer = DecodeAnswer(bytes); answer.ok()) {
    const std::string same = EncodeAnswer(*answer);
    const auto length = DecodeAnswerHead(same.substr(0, kDicomHeadBytes));
    CXR_CHECK(length.ok() && *length == bytes.size()) << "a head is wrong";
    CXR_CHECK(same.substr(kDicomHeadBytes) == bytes) << "an answer changes";
  }
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  cxr::CheckMessage({reinterpret_cast<const char*>(data), size});
  return 0;
}
