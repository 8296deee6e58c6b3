// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/cost/decoder_cost.h"

namespace cxr {
namespace {

constexpr int kMlpRatio = 4;

// Products of one token in the layers of the projector, which are also their
// weights.
double ProjectorWeights(const spec::ReportDecoderSpec& decoder,
                        const ImageTokens& image) {
  const double in = image.width;
  const double out = decoder.small().width();
  const double hidden = decoder.projector().hidden_width();
  const int layers = decoder.projector().layers();
  return layers <= 1
             ? in * out
             : in * hidden + (layers - 2) * hidden * hidden + hidden * out;
}

// The same of the blocks.
double BlockWeights(const spec::SmallDecoderSpec& small) {
  const double width = small.width();
  return small.depth() * (4 + 2 * kMlpRatio) * width * width;
}

double VocabularyWeights(const spec::SmallDecoderSpec& small) {
  return double{1} * small.vocabulary_tokens() * small.width();
}

// Both products of one token with one it attends to, in all blocks.
double AttendedToken(const spec::SmallDecoderSpec& small) {
  return 2.0 * small.depth() * small.width();
}

// 1 + 2 + ... + n.
double Triangle(double n) { return n * (n + 1) / 2; }

// Whether weights of a component learn in a stage. Attention has none; its
// products are both of inputs, which need two products each in any case.
bool IsTwice(absl::string_view component, const spec::DecoderStageSpec& stage) {
  return stage.has_all() || component == kProjector || component == kAttention;
}

}  // namespace

Ledger DecoderForward(const spec::ReportDecoderSpec& decoder,
                      const ImageTokens& image) {
  Ledger ledger;
  if (!decoder.has_small()) {
    return ledger;
  }
  const spec::SmallDecoderSpec& small = decoder.small();
  const double words = decoder.max_text_tokens();
  const double tokens = image.tokens + words;
  ledger.Add(kForward, kProjector,
             image.tokens * ProjectorWeights(decoder, image));
  ledger.Add(kForward, kLinear, tokens * BlockWeights(small));
  ledger.Add(kForward, kAttention, Triangle(tokens) * AttendedToken(small));
  ledger.Add(kForward, kVocabulary, words * VocabularyWeights(small));
  return ledger;
}

Ledger DecoderTraining(const spec::ReportDecoderSpec& decoder,
                       const spec::DecoderStageSpec& stage,
                       const ImageTokens& image) {
  const Ledger forward = DecoderForward(decoder, image);
  Ledger training = forward;
  for (const LedgerLine& line : forward.lines) {
    const double times = IsTwice(line.component, stage) ? 2 : 1;
    training.Add(kBackward, line.component, times * line.multiply_adds);
  }
  return training;
}

Ledger DecoderGeneration(const spec::ReportDecoderSpec& decoder,
                         const spec::DecodingSpec& decoding,
                         const ImageTokens& image) {
  Ledger ledger;
  if (!decoder.has_small()) {
    return ledger;
  }
  const spec::SmallDecoderSpec& small = decoder.small();
  const double beams = decoding.beams();
  const double words = decoding.max_new_tokens();
  const double of_image = Triangle(image.tokens);
  const double of_beam = Triangle(image.tokens + words) - of_image;
  ledger.Add(kForward, kProjector,
             image.tokens * ProjectorWeights(decoder, image));
  ledger.Add(kForward, kLinear,
             (image.tokens + beams * words) * BlockWeights(small));
  ledger.Add(kForward, kAttention,
             (of_image + beams * of_beam) * AttendedToken(small));
  ledger.Add(kForward, kVocabulary, beams * words * VocabularyWeights(small));
  return ledger;
}

int64_t DecoderParameters(const spec::ReportDecoderSpec& decoder,
                          const ImageTokens& image) {
  if (!decoder.has_small()) {
    return 0;
  }
  const spec::SmallDecoderSpec& small = decoder.small();
  const double width = small.width();
  const int layers = decoder.projector().layers();
  const double projector_biases =
      double{1} * (layers - 1) * decoder.projector().hidden_width() + width;
  // Of a block: biases of 4 linear layers of attention and 2 of the perceptron,
  // weights and biases of 2 norms.
  const double block_vectors = 4 + (kMlpRatio + 1) + 2 * 2;
  const double positions = image.tokens + decoder.max_text_tokens();
  constexpr int kFinalNorm = 2;
  return WholeNumber(ProjectorWeights(decoder, image) + projector_biases +
                     BlockWeights(small) + VocabularyWeights(small) +
                     (small.depth() * block_vectors + positions + kFinalNorm) *
                         width);
}

}  // namespace cxr
