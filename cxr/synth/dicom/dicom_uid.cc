// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/dicom_uid.h"

#include <algorithm>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"

namespace cxr::synth {

std::string DicomUid(uint64_t high, uint64_t low) {
  // RFC 4122 4.4: version 4, and the variant of that document.
  high = (high & 0xFFFF'FFFF'FFFF'0FFF) | 0x4000;
  low = (low & 0x3FFF'FFFF'FFFF'FFFF) | 0x8000'0000'0000'0000;
  std::string digits;
  for (absl::uint128 rest = absl::MakeUint128(high, low); rest != 0;
       rest /= 10) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  std::reverse(digits.begin(), digits.end());
  return absl::StrCat("2.25.", digits);
}

}  // namespace cxr::synth
