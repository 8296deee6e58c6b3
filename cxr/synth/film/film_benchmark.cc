// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"

namespace cxr::synth {
namespace {

FilmRequest RequestOf(int number, int size) {
  FilmRequest request;
  request.patient = MakePatient({}, RandomKey(1), number);
  request.study = MakeStudy({}, request.patient, 0);
  request.view = request.study.view;
  request.width = size;
  request.height = size;
  return request;
}

// Films of all kinds of patients, one after the other.
void BM_DrawFilm(benchmark::State& state) {
  const int size = static_cast<int>(state.range(0));
  int number = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(DrawFilm(RequestOf(number++ % 64, size)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DrawFilm)->Arg(128)->Arg(512)->Arg(1024);

void BM_BoxesOf(benchmark::State& state) {
  int number = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(BoxesOf(RequestOf(number++ % 64, 512)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_BoxesOf);

}  // namespace
}  // namespace cxr::synth
