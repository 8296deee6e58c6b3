// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_PRETRAIN_COST_H_
#define CXR_COST_PRETRAIN_COST_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "cxr/cost/ledger.h"
#include "cxr/spec/backbone.pb.h"
#include "cxr/spec/distillation.pb.h"
#include "cxr/spec/pretrain.pb.h"

// What pretraining costs: student, teacher and their projection heads.
//
//   const Ledger image = PretrainImage(backbone, pretrain);
//   image.Flops() * PretrainImages(pretrain);  // all of it
//
// All numbers an image are means. Terms of the loss are counted whatever they
// weigh. Without drop path, which skips work.

namespace cxr {

inline constexpr absl::string_view kPrototypes = "prototypes";
inline constexpr absl::string_view kStudentForward = "student forward";
inline constexpr absl::string_view kStudentBackward = "student backward";
inline constexpr absl::string_view kTeacherForward = "teacher forward";

// Of the two global crops of an image together. A group of b images masks
// k = floor(2 b masked_crops_fraction) crops; crop i of them loses a whole
// number of patches at most the part
//   ratio_min + (i + 1/2) (ratio_max - ratio_min) / k
// of its grid, the mean of what is drawn for it (paper section 2.4): 26,251 of
// 64 images at 518 pixels. Blocks that find no place make it a little less.
double MaskedPatches(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain);

// One image of training:
//   student forward   2 global and local_count local crops, the DINO head on
//                     each crop's class token, the iBOT head (or the shared
//                     one) on the masked patches
//   student backward  see Backward
//   teacher forward   2 global crops, both heads
// Components are those of VitForward, "head" for the perceptrons, "prototypes"
// for the last layers.
Ledger PretrainImage(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain);

// Steps of the optimiser until the teacher that is the result.
int64_t PretrainSteps(const spec::PretrainScheduleSpec& schedule);

// Passes of images through the student: steps x batch x accumulated batches.
int64_t PretrainImages(const spec::PretrainSpec& pretrain);

// Weights, biases and lengths of prototypes; `width` is the backbone's.
int64_t ProjectionHeadParameters(int width,
                                 const spec::ProjectionHeadSpec& head);

// The teacher with its heads, in float32.
int64_t TeacherBytes(const spec::VitSpec& backbone,
                     const spec::PretrainSpec& pretrain);

// What a resumed run reads: student, teacher and AdamW's two moments of the
// student, each with heads, in float32.
int64_t CheckpointBytes(const spec::VitSpec& backbone,
                        const spec::PretrainSpec& pretrain);

}  // namespace cxr

#endif  // CXR_COST_PRETRAIN_COST_H_
