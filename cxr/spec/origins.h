// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_ORIGINS_H_
#define CXR_SPEC_ORIGINS_H_

#include <map>
#include <string>

#include "cxr/spec/catalog.h"
#include "cxr/spec/compose.h"

namespace cxr {

// Where each value of an experiment was written, "file:line" by the field path
// that IdentityParts gives it. `catalog` is the one it was composed from.
std::map<std::string, std::string> OriginsOf(const PlacedExperiment& experiment,
                                             const SpecCatalog& catalog);

}  // namespace cxr

#endif  // CXR_SPEC_ORIGINS_H_
