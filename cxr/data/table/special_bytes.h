// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_TABLE_SPECIAL_BYTES_H_
#define CXR_DATA_TABLE_SPECIAL_BYTES_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

// Where the bytes lie that mean something in a comma-separated table: commas,
// double quotes and line feeds.

namespace cxr {

// Places are written so many at a time, needed or not.
inline constexpr int kPlacesAtOnce = 8;

// Writes the places in `text` (of less than 4 GB) of its special bytes to
// `places`, ascending, and returns where they end. `places` has room for
// text.size() + kPlacesAtOnce. Chooses at run time what this machine does
// fastest.
uint32_t* FindSpecialBytes(absl::string_view text, uint32_t* places);

// The same without instructions that a machine may lack: what the faster ones
// are tested against.
uint32_t* FindSpecialBytesPortably(absl::string_view text, uint32_t* places);

// Finds the special bytes of a text, some thousands at a time.
//
//   SpecialBytes special;
//   special.Start(text, 0);
//   const uint32_t* next = special.begin();
//   while (true) {
//     if (next == special.end()) next = special.FindMore();
//     if (!Use(special.base() + *next++)) break;
//   }
//
// Behind the last one the end of the text counts as special too; nobody may ask
// for more than that.
class SpecialBytes {
 public:
  SpecialBytes() = default;
  SpecialBytes(const SpecialBytes&) = delete;
  SpecialBytes& operator=(const SpecialBytes&) = delete;

  // From `at` on. `text` outlives the object or the next Start().
  void Start(absl::string_view text, size_t at);

  // Those found last lie base() and these many bytes into the text.
  const uint32_t* begin() const { return places_.data(); }
  const uint32_t* end() const { return end_; }
  size_t base() const { return base_; }

  // Finds those that follow, at least one; returns begin().
  const uint32_t* FindMore();

 private:
  // Text that is looked through at once: stays in the fastest caches.
  static constexpr size_t kWindowBytes = size_t{8} << 10;

  absl::string_view text_;
  size_t base_ = 0;
  size_t next_base_ = 0;
  std::array<uint32_t, kWindowBytes + kPlacesAtOnce> places_;
  const uint32_t* end_ = places_.data();
};

}  // namespace cxr

#endif  // CXR_DATA_TABLE_SPECIAL_BYTES_H_
