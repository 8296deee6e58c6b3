// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_SHOW_H_
#define CXR_SPEC_SHOW_H_

#include <string>

#include "cxr/spec/catalog.h"
#include "cxr/spec/compose.h"

namespace cxr {

// A resolved experiment as text that can be read back, one value a line, in
// the order of the schema.
std::string ToText(const PlacedExperiment& experiment);

// The same with the file and the line of each value in a comment behind it.
// `catalog` is the one it was composed from.
std::string ToTextWithOrigins(const PlacedExperiment& experiment,
                              const SpecCatalog& catalog);

}  // namespace cxr

#endif  // CXR_SPEC_SHOW_H_
