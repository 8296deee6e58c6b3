// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/ledger.h"

#include <limits>

namespace cxr {

void Ledger::Add(absl::string_view pass, absl::string_view component,
                 double multiply_adds) {
  for (LedgerLine& line : lines) {
    if (line.pass == pass && line.component == component) {
      line.multiply_adds += multiply_adds;
      return;
    }
  }
  lines.push_back({.pass = std::string(pass),
                   .component = std::string(component),
                   .multiply_adds = multiply_adds});
}

void Ledger::Append(const Ledger& other, double times) {
  for (const LedgerLine& line : other.lines) {
    Add(line.pass, line.component, line.multiply_adds * times);
  }
}

double Ledger::MultiplyAdds() const {
  double sum = 0;
  for (const LedgerLine& line : lines) {
    sum += line.multiply_adds;
  }
  return sum;
}

double Ledger::MultiplyAddsOf(absl::string_view component) const {
  double sum = 0;
  for (const LedgerLine& line : lines) {
    sum += line.component == component ? line.multiply_adds : 0;
  }
  return sum;
}

Ledger Renamed(const Ledger& ledger, absl::string_view pass) {
  Ledger renamed;
  for (const LedgerLine& line : ledger.lines) {
    renamed.Add(pass, line.component, line.multiply_adds);
  }
  return renamed;
}

Ledger Backward(const Ledger& forward, absl::string_view pass) {
  Ledger backward;
  for (const LedgerLine& line : forward.lines) {
    const double times = line.component == kPatchEmbedding ? 1 : 2;
    backward.Add(pass, line.component, times * line.multiply_adds);
  }
  return backward;
}

int64_t WholeNumber(double number) {
  // 2^63, the first double that is too large.
  constexpr double kTooLarge = 9223372036854775808.0;
  if (number >= kTooLarge) {
    return std::numeric_limits<int64_t>::max();
  }
  return number > 0 ? static_cast<int64_t>(number) : 0;
}

}  // namespace cxr
