// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_LEDGER_H_
#define CXR_COST_LEDGER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Arithmetic by pass and component, so that a reader can leave a part out: the
// published figures count no attention, others do (paper section 3).
//
//   Ledger image = Renamed(VitForward(vit, 518, 4), "student forward");
//   image.Append(Backward(image, "student backward"));
//   image.Flops();  // 3 forwards but for the patch embedding
//
// Products of matrices only: norms, activations, losses and the optimiser are
// less than a hundredth of them and are left out.

namespace cxr {

// Components with more than one user.
inline constexpr absl::string_view kAttention = "attention";
inline constexpr absl::string_view kHead = "head";
inline constexpr absl::string_view kLinear = "linear";
inline constexpr absl::string_view kPatchEmbedding = "patch embedding";

inline constexpr absl::string_view kForward = "forward";
inline constexpr absl::string_view kBackward = "backward";

struct LedgerLine {
  std::string pass;       // "student forward", "teacher forward", "backward"
  std::string component;  // "linear", "attention", "head", "prototypes"
  double multiply_adds = 0;
};

struct Ledger {
  // No two have the same pass and component; in the order they were added.
  std::vector<LedgerLine> lines = {};

  // Adds to the line of that pass and component.
  void Add(absl::string_view pass, absl::string_view component,
           double multiply_adds);

  // Adds every line of `other`, `times` over.
  void Append(const Ledger& other, double times = 1);

  double MultiplyAdds() const;
  double MultiplyAddsOf(absl::string_view component) const;

  // A multiply-add is two operations.
  double Flops() const { return 2 * MultiplyAdds(); }
};

// All lines as lines of `pass`.
Ledger Renamed(const Ledger& ledger, absl::string_view pass);

// What the backward pass of a forward pass costs without recomputation ("model
// FLOPs"): each product once for the gradient of its inputs and once for that
// of its weights. The pixels need no gradient, so a patch embedding counts
// once.
Ledger Backward(const Ledger& forward, absl::string_view pass);

// `number` without its fraction, at most what an int64_t holds. Limits of
// single fields allow products that it does not hold. Not below 0.
int64_t WholeNumber(double number);

}  // namespace cxr

#endif  // CXR_COST_LEDGER_H_
