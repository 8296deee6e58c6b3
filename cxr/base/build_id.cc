// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/base/build_id.h"

#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"

namespace cxr {
namespace {

constexpr absl::string_view kGnu("GNU", 4);  // with the 0 that ends it

// The build id in a segment of notes (elf(5)); empty if there is none. A note
// is a header, a name and a description; the last two begin at `alignment`.
absl::string_view FindBuildId(absl::string_view notes, size_t alignment) {
  const auto align = [&](size_t size) {
    return (size + alignment - 1) / alignment * alignment;
  };
  ElfW(Nhdr) header;
  while (notes.size() >= sizeof(header)) {
    std::memcpy(&header, notes.data(), sizeof(header));
    const size_t description = align(sizeof(header) + header.n_namesz);
    const size_t end = description + header.n_descsz;
    if (end > notes.size()) {
      return "";
    }
    if (header.n_type == NT_GNU_BUILD_ID &&
        notes.substr(sizeof(header), header.n_namesz) == kGnu) {
      return notes.substr(description, header.n_descsz);
    }
    notes.remove_prefix(std::min(align(end), notes.size()));
  }
  return "";
}

// Called with the program first, then with its libraries.
int VisitProgram(dl_phdr_info* info, size_t /*size*/, void* id) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) {
      continue;
    }
    const absl::string_view notes(
        reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr),
        segment.p_memsz);
    const absl::string_view found =
        FindBuildId(notes, std::max<size_t>(4, segment.p_align));
    if (!found.empty()) {
      *static_cast<std::string*>(id) = absl::BytesToHexString(found);
      break;
    }
  }
  return 1;  // Libraries are not asked.
}

}  // namespace

std::string BuildId() {
  std::string id;
  dl_iterate_phdr(VisitProgram, &id);
  return id;
}

}  // namespace cxr
