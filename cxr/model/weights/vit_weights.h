// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_VIT_WEIGHTS_H_
#define CXR_MODEL_WEIGHTS_VIT_WEIGHTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "cxr/model/vit.h"
#include "cxr/model/weights/tensor_file.h"
#include "cxr/model/weights/vit_names.h"  // IWYU pragma: export

// Between files of weights, whose names depend on who wrote them, and a Vit.

namespace cxr {

// Fills every parameter of `vit`. Numbers of any floating type become those of
// the parameter's. Strict: a parameter without a tensor, a tensor of the tower
// without a parameter and a shape that differs are InvalidArgument, which names
// the tensor, what was found and what was expected; all of them, up to ten, and
// `vit` is as it was. Returns the names of what lies beside the tower and was
// not used (heads, the text tower, projections), sorted.
//
// Where a file has no mask token (timm, CLIP) Vit's, which only training reads,
// becomes zero. Where timm's positions have none for the class token, which
// then has it added already, Vit's is zero. Registers in the file and not in
// the Vit, or the reverse, are such an error too.
absl::StatusOr<std::vector<std::string>> LoadVitWeights(const TensorFile& file,
                                                        VitWeightsFormat format,
                                                        Vit& vit);

// What `file` looks like by the names of its tensors; InvalidArgument lists the
// formats and a few of the names found.
absl::StatusOr<VitWeightsFormat> GuessFormat(const TensorFile& file);

// The sizes of the Vit that `file` holds, as far as shapes and names tell: the
// number of heads is in no shape, and for 0 they are taken to be 64 wide;
// interpolation is left as it is by default. InvalidArgument names the tensor
// that is missing or has no fitting shape, or `heads` that do not divide the
// width.
absl::StatusOr<VitOptions> GuessOptions(const TensorFile& file,
                                        VitWeightsFormat format,
                                        int64_t heads = 0);

// Writes `vit`, of the layout kDinov2, in the names of transformers'
// Dinov2WithRegistersModel (Dinov2Model without registers), with `config.json`
// beside `model.safetensors` in the folder `path`, such that from_pretrained
// loads it. InvalidArgument for another layout. Images of the stored grid give
// the same features there; for other sizes transformers resizes positions by
// rules of its own: kAntialiased with registers, no antialiasing without.
absl::Status ExportHuggingFace(absl::string_view path, const Vit& vit);

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_VIT_WEIGHTS_H_
