// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_decoder.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// Whether what a worker said may come of what it did for files before: memory
// that is damaged or used up. A hang is not tried again; it costs too much.
bool MayBeOfEarlierFiles(const absl::StatusOr<DicomAnswer>& answer) {
  return answer.ok() ? absl::IsResourceExhausted(answer->status)
                     : !absl::IsDeadlineExceeded(answer.status());
}

// An error over one file as what it is to the caller: that of an image that
// cannot be used, also if it is too large or takes too much memory.
absl::Status OfImage(const absl::Status& status) {
  return absl::IsResourceExhausted(status) || absl::IsInvalidArgument(status)
             ? absl::DataLossError(status.message())
             : status;
}

// Says of which file an error is.
absl::StatusOr<DicomAnswer> Named(absl::StatusOr<DicomAnswer> answer,
                                  absl::string_view name) {
  if (!answer.ok()) {
    return absl::Status(
        OfImage(answer.status()).code(),
        absl::StrCat(name, ": the DICOM codec ", answer.status().message()));
  }
  if (!answer->status.ok()) {
    return Annotate(OfImage(answer->status), name);
  }
  return answer;
}

}  // namespace

absl::StatusOr<std::unique_ptr<DicomDecoder>> DicomDecoder::Create(
    DicomDecoderOptions options) {
  if (options.processes < 1 || options.timeout < std::chrono::seconds(1)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "DICOM: found ", options.processes, " processes and a timeout of ",
        options.timeout.count(), " s, expected at least 1 and 1 s"));
  }
  if (access(options.worker.c_str(), X_OK) != 0) {
    return ErrnoStatus(errno, "cannot run", options.worker);
  }
  return std::make_unique<DicomDecoder>(Passkey{}, std::move(options));
}

DicomDecoder::DicomDecoder(Passkey, DicomDecoderOptions options)
    : options_(std::move(options)), free_places_(options_.processes) {}

std::unique_ptr<DicomProcess> DicomDecoder::Acquire() const {
  const absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](int* free_places) { return *free_places > 0; }, &free_places_));
  --free_places_;
  if (idle_.empty()) {
    return nullptr;
  }
  std::unique_ptr<DicomProcess> process = std::move(idle_.back());
  idle_.pop_back();
  return process;
}

void DicomDecoder::Release(std::unique_ptr<DicomProcess> process) const {
  const absl::MutexLock lock(&mutex_);
  ++free_places_;
  if (process != nullptr) {
    idle_.push_back(std::move(process));
  }
}

absl::StatusOr<DicomAnswer> DicomDecoder::Ask(DicomAction action,
                                              absl::string_view bytes,
                                              absl::string_view name) const {
  // A file too large to be asked about costs no worker.
  const absl::Status fits =
      EncodeRequest({.action = action, .length = bytes.size()}).status();
  if (!fits.ok()) {
    return Named(fits, name);
  }
  std::unique_ptr<DicomProcess> process = Acquire();
  absl::StatusOr<DicomAnswer> answer = absl::UnavailableError("");
  if (process != nullptr) {
    answer = process->Ask(action, bytes);
  }
  if (process == nullptr || MayBeOfEarlierFiles(answer)) {
    absl::StatusOr<std::unique_ptr<DicomProcess>> fresh =
        DicomProcess::Start(options_.worker, options_.timeout);
    if (!fresh.ok()) {
      Release(nullptr);
      return Annotate(fresh.status(), name);
    }
    process = *std::move(fresh);
    answer = process->Ask(action, bytes);
  }
  Release(answer.ok() ? std::move(process) : nullptr);
  return Named(std::move(answer), name);
}

absl::StatusOr<DecodedImage> DicomDecoder::Decode(
    absl::string_view bytes, absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(DicomAnswer answer,
                       Ask(DicomAction::kDecode, bytes, name));
  return std::move(answer.decoded);
}

absl::StatusOr<DicomTags> DicomDecoder::ReadTags(absl::string_view bytes,
                                                 absl::string_view name) const {
  CXR_ASSIGN_OR_RETURN(DicomAnswer answer,
                       Ask(DicomAction::kReadTags, bytes, name));
  return std::move(answer.tags);
}

}  // namespace cxr
