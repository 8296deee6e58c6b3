// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_COST_DECODER_COST_H_
#define CXR_COST_DECODER_COST_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "cxr/cost/ledger.h"
#include "cxr/spec/report_decoder.pb.h"
#include "cxr/spec/score.pb.h"

// What a report decoder with a `small` language model costs, its projector
// included; nothing of one that is in files, whose sizes are there.
//
// The model is causal: token t attends to t tokens. Its perceptrons are four
// times as wide as it is, and one matrix is both the embedding of word pieces
// and the last layer: the spec leaves both open. Every report is counted at its
// longest, the prompt not at all.

namespace cxr {

inline constexpr absl::string_view kProjector = "projector";
inline constexpr absl::string_view kVocabulary = "vocabulary";

// The image before the text.
struct ImageTokens {
  int64_t tokens = 0;  // Patches of an image.
  int64_t width = 0;   // Of the backbone.
};

// The forward pass of one image and its report, word pieces all at once.
Ledger DecoderForward(const spec::ReportDecoderSpec& decoder,
                      const ImageTokens& image);

// Forward and backward pass of one image and its report in a stage of training.
// Weights that do not learn cost one product in the backward pass instead of
// two; the low-rank matrices are left out.
Ledger DecoderTraining(const spec::ReportDecoderSpec& decoder,
                       const spec::DecoderStageSpec& stage,
                       const ImageTokens& image);

// Writing a report word by word: the image once, then each of max_new_tokens
// for each beam, with the keys and values of earlier tokens kept.
Ledger DecoderGeneration(const spec::ReportDecoderSpec& decoder,
                         const spec::DecodingSpec& decoding,
                         const ImageTokens& image);

// Of projector and language model.
int64_t DecoderParameters(const spec::ReportDecoderSpec& decoder,
                          const ImageTokens& image);

}  // namespace cxr

#endif  // CXR_COST_DECODER_COST_H_
