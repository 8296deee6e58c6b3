// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_FRAGMENT_HINTS_H_
#define CXR_SPEC_FRAGMENT_HINTS_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "cxr/spec/catalog.h"

namespace cxr {

// What helps whoever lacks a field.
class FragmentHints {
 public:
  // The catalog must outlive the hints.
  explicit FragmentHints(const SpecCatalog& catalog);

  // "; fragments that set it: a, b", those that most files include first, or
  // nothing. Fragments that only rules lay are of no help.
  std::string WhoSets(absl::string_view field) const;

 private:
  const SpecCatalog& catalog_;
  // How many experiments, studies and fragments include a fragment.
  std::map<std::string, int> uses_;
};

}  // namespace cxr

#endif  // CXR_SPEC_FRAGMENT_HINTS_H_
