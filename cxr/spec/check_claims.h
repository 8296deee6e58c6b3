// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_CHECK_CLAIMS_H_
#define CXR_SPEC_CHECK_CLAIMS_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/places.h"
#include "cxr/spec/published.pb.h"

namespace cxr {

// Finds a published table by name; null if there is none.
using PublishedFinder =
    absl::FunctionRef<const spec::PublishedValues*(absl::string_view)>;

// What is wrong with a set of claims: names that stand twice, cells that no
// published table has or that hold no number, too few cells. Tables that are
// not there are not reported.
std::vector<FieldProblem> CheckClaims(const spec::ClaimSet& claims,
                                      PublishedFinder find);

}  // namespace cxr

#endif  // CXR_SPEC_CHECK_CLAIMS_H_
