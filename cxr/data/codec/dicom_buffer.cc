// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_buffer.h"

namespace cxr {

DicomBuffer::DicomBuffer(absl::string_view bytes) {
  // A std::streambuf asks for char*, and only writes what is put into it.
  char* begin = const_cast<char*>(bytes.data());
  setg(begin, begin, begin + bytes.size());
}

DicomBuffer::pos_type DicomBuffer::seekoff(off_type offset,
                                           std::ios_base::seekdir from,
                                           std::ios_base::openmode which) {
  const off_type base = from == std::ios_base::beg   ? 0
                        : from == std::ios_base::cur ? gptr() - eback()
                                                     : egptr() - eback();
  return seekpos(base + offset, which);
}

DicomBuffer::pos_type DicomBuffer::seekpos(pos_type position,
                                           std::ios_base::openmode) {
  const off_type at = position;
  if (at < 0 || at > egptr() - eback()) {
    return pos_type(off_type{-1});
  }
  setg(eback(), eback() + at, egptr());
  return position;
}

}  // namespace cxr
