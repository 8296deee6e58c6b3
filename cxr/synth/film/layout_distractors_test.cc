// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout_distractors.h"

#include <gtest/gtest.h>

#include "cxr/synth/film/film_testing.h"

namespace cxr::synth {
namespace {

// Of the films of many patients the number with round things and with lines.
struct Counts {
  int rounds = 0;
  int lines = 0;
};

Counts CountsOf(View view) {
  Counts counts;
  for (int i = 0; i < 300; ++i) {
    FilmRequest request = PlainRequest(64);
    request.view = view;
    request.patient.key = RandomKey(5).Child("patient", i);
    request.study.key = request.patient.key.Child("study");
    const Distractors distractors =
        LayOutDistractors(PlainAnatomy(), FindingView(request));
    counts.rounds += distractors.rounds.empty() ? 0 : 1;
    counts.lines += distractors.strokes.empty() ? 0 : 1;
  }
  return counts;
}

TEST(LayoutDistractorsTest, AreOnSomeFilmsOnly) {
  const Counts counts = CountsOf(View::kPa);
  // 1 - (1 - 0.10)(1 - 0.06) and 1 - (1 - 0.35)(1 - 0.06) of 300.
  EXPECT_NEAR(counts.rounds, 46, 20);
  EXPECT_NEAR(counts.lines, 117, 27);
}

TEST(LayoutDistractorsTest, FoldsOfSkinAreOnApFilmsOnly) {
  EXPECT_GT(CountsOf(View::kAp).lines, CountsOf(View::kPa).lines);
}

TEST(LayoutDistractorsTest, DoNotDependOnFindings) {
  const FilmRequest plain = PlainRequest(64);
  const FilmRequest ill = With({Finding::kPneumonia, 0.9, 1}, plain);
  const Distractors a = LayOutDistractors(PlainAnatomy(), FindingView(plain));
  const Distractors b = LayOutDistractors(PlainAnatomy(), FindingView(ill));
  EXPECT_EQ(a.rounds.size(), b.rounds.size());
  EXPECT_EQ(a.strokes.size(), b.strokes.size());
}

}  // namespace
}  // namespace cxr::synth
