// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_VIT_COST_H_
#define CXR_COST_VIT_COST_H_

#include <cstdint>

#include "cxr/cost/ledger.h"
#include "cxr/spec/backbone.pb.h"

// What a vision transformer costs (paper section 3). An image is a square of
// three channels whose side is a multiple of the patch. d width, L depth, P
// patch side, N tokens.
//
//   const Ledger one = VitForward(vit, /*side_pixels=*/518, vit.registers());

namespace cxr {

// (side / P)^2; 0 without a patch size.
int64_t PatchesOf(const spec::VitSpec& vit, int side_pixels);

// Patches, the class token and the registers: 1,374 at 518 pixels with 4.
int64_t TokensOf(const spec::VitSpec& vit, int side_pixels, int registers);

// The forward pass of one image, in multiply-adds:
//   linear           L (4 + 2 mlp_ratio) N d^2
//   attention        L 2 N^2 d, the two products with tokens on both sides
//   patch embedding  patches 3 P^2 d
// `registers` need not be the backbone's own: some runs leave them out.
Ledger VitForward(const spec::VitSpec& vit, int side_pixels, int registers);

// Weights and biases of the backbone as its checkpoint has them, stored
// positions included: S 22,058,112, B 86,583,552.
int64_t VitParameters(const spec::VitSpec& vit);

}  // namespace cxr

#endif  // CXR_COST_VIT_COST_H_
