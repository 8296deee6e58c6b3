// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/origins.h"

#include "absl/strings/str_cat.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/places.h"

namespace cxr {

std::map<std::string, std::string> OriginsOf(const PlacedExperiment& experiment,
                                             const SpecCatalog& catalog) {
  std::map<std::string, std::string> origins;
  for (const spec::IdentityPart& part : IdentityParts(experiment.spec)) {
    const FieldPlace& place =
        FindPlace(experiment.places, *spec::ExperimentSpec::descriptor(),
                  part.path());
    if (place.number != 0) {
      origins[part.path()] = absl::StrCat(
          catalog.files()[static_cast<size_t>(place.file)]->path, ":",
          place.place.line);
    }
  }
  return origins;
}

}  // namespace cxr
