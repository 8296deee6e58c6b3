// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_CODEC_PNG_MESSAGES_H_
#define CXR_DATA_CODEC_PNG_MESSAGES_H_

#include <png.h>

#include <string>

#include "absl/strings/str_cat.h"

// What libpng says, between its callbacks and a Status.
//
// libpng reports errors by longjmp. Each function that calls setjmp holds no
// local object with a destructor, and neither do the callbacks at the point of
// their jump, so that no destructor is ever jumped over; everything that owns
// memory lives in the members of Reader and Writer or in their callers.

namespace cxr {

struct PngMessages {
  std::string warning;
  std::string error;

  std::string Text() const {
    return warning.empty() ? error : absl::StrCat(error, " (", warning, ")");
  }
};

// Callbacks of png_create_read_struct and png_create_write_struct, whose error
// pointer is a PngMessages.
inline void OnPngWarning(png_structp png, png_const_charp text) {
  static_cast<PngMessages*>(png_get_error_ptr(png))->warning = text;
}

inline void OnPngError(png_structp png, png_const_charp text) {
  static_cast<PngMessages*>(png_get_error_ptr(png))->error = text;
  png_longjmp(png, 1);
}

}  // namespace cxr

#endif  // CXR_DATA_CODEC_PNG_MESSAGES_H_
