// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// dicom_worker SECONDS: reads requests on stdin and answers them on stdout, as
// dicom_protocol.h says, until stdin ends; exit code 0 then, 2 if what it got
// makes no sense. The one program that links GDCM: whatever a file does to
// GDCM ends here. A request that takes more than SECONDS ends it too, so that
// it does not outlive a caller that was killed.

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "cxr/data/codec/decoded_image.h"
#include "cxr/data/codec/dicom_memory.h"
#include "cxr/data/codec/dicom_pixels.h"
#include "cxr/data/codec/dicom_protocol.h"
#include "cxr/data/codec/dicom_tags.h"
#include "cxr/data/codec/voi.h"

namespace cxr {
namespace {

// A whole radiograph of 2^27 pixels takes about 1 GiB on its way.
constexpr rlim_t kMemoryBytes = rlim_t{4} << 30;

constexpr rlim_t kPrintedBytes = rlim_t{1} << 20;

constexpr int kBadRequest = 2;

// Beyond what the program takes by itself, which under a sanitizer is much.
void LimitMemory() {
  rlim_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t limit = pages * sysconf(_SC_PAGESIZE) + kMemoryBytes;
  const rlimit memory{.rlim_cur = limit, .rlim_max = limit};
  setrlimit(RLIMIT_AS, &memory);
  const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};
  setrlimit(RLIMIT_CORE, &no_core);
  // What is printed is kept in memory as a file; beyond, printing fails.
  const rlimit printed{.rlim_cur = kPrintedBytes, .rlim_max = kPrintedBytes};
  setrlimit(RLIMIT_FSIZE, &printed);
  std::signal(SIGXFSZ, SIG_IGN);
}

// Memory that was freed is kept for the next file. By default an image's worth
// of it goes back to the system, and half of the time of an uncompressed file
// is spent on asking for it again.
void KeepMemory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 25);  // The most that it may be.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

// The next head on stdin; less of it if stdin ends before.
std::string ReceiveHead() {
  std::string bytes(kDicomHeadBytes, '\0');
  size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got =
        read(STDIN_FILENO, bytes.data() + at, bytes.size() - at);
    if (got > 0) {
      at += static_cast<size_t>(got);
    } else if (got == 0 || errno != EINTR) {
      bytes.resize(at);
    }
  }
  return bytes;
}

// A caller that has gone away ends the process by SIGPIPE.
void Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (sent > 0) {
      bytes.remove_prefix(static_cast<size_t>(sent));
    } else if (errno != EINTR) {
      return;
    }
  }
}

DicomAnswer ReadTags(absl::string_view file) {
  absl::StatusOr<DicomTags> tags = ReadDicomTags(file);
  return tags.ok() ? DicomAnswer{.tags = *std::move(tags)}
                   : DicomAnswer{.status = tags.status()};
}

DicomAnswer Decode(absl::string_view file) {
  absl::StatusOr<DicomPixels> pixels = ReadDicomPixels(file);
  if (!pixels.ok()) {
    return {.status = pixels.status()};
  }
  absl::StatusOr<DecodedImage> decoded = ApplyVoi(pixels->image, pixels->tags);
  if (!decoded.ok()) {
    return {.status = decoded.status()};
  }
  decoded->facts.warning = std::move(pixels->warning);
  return {.tags = std::move(pixels->tags), .decoded = *std::move(decoded)};
}

DicomAnswer AnswerTo(DicomAction action, absl::string_view file) {
  return action == DicomAction::kDecode ? Decode(file) : ReadTags(file);
}

int Serve(unsigned seconds, const DicomMemory& memory) {
  while (true) {
    const std::string head = ReceiveHead();
    if (head.empty()) {
      return 0;
    }
    const absl::StatusOr<DicomRequest> request = DecodeRequest(head);
    if (!request.ok()) {
      return kBadRequest;
    }
    alarm(seconds);
    const DicomAnswer answer =
        AnswerTo(request->action, {memory.bytes(), request->length});
    const std::vector<uint8_t>& pixels = answer.decoded.image.pixels;
    std::copy(pixels.begin(), pixels.end(),
              reinterpret_cast<uint8_t*>(memory.bytes()));
    Send(EncodeAnswer(answer));
    alarm(0);
  }
}

}  // namespace
}  // namespace cxr

int main(int argc, char** argv) {
  unsigned seconds = 0;
  if (argc != 2 || !absl::SimpleAtoi(argv[1], &seconds) || seconds < 1) {
    return cxr::kBadRequest;
  }
  // The caller decides what an interrupt means.
  std::signal(SIGINT, SIG_IGN);
  const absl::StatusOr<cxr::DicomMemory> memory =
      cxr::DicomMemory::Open(cxr::kDicomMemoryFile);
  if (!memory.ok()) {
    return cxr::kBadRequest;
  }
  cxr::LimitMemory();
  cxr::KeepMemory();
  return cxr::Serve(seconds, *memory);
}
