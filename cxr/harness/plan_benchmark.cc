// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Planning a study, and saying why it would run, once its experiments are
// resolved. The bar for 10,000 runs, resolving and printing included, is two
// seconds for `cxr plan` and one for `cxr why`.
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/testing.h"
#include "cxr/harness/decide.h"
#include "cxr/harness/freeze.h"
#include "cxr/harness/plan.h"
#include "cxr/harness/store.h"
#include "cxr/harness/store_index.h"
#include "cxr/harness/testing.h"
#include "cxr/harness/why.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

// Experiments with a pretraining of their own, each with another seed.
std::vector<ResolvedExperiment> Study(int64_t runs) {
  std::vector<ResolvedExperiment> experiments;
  const spec::ExperimentSpec base =
      Layered({kPixelProbe, kVitOverlay, kOwnPretraining});
  for (int64_t i = 0; i < runs; ++i) {
    ResolvedExperiment& experiment = experiments.emplace_back(
        ResolvedExperiment{.name = absl::StrCat("study/seed=", i),
                           .rung = "smoke",
                           .protocol = "as_published",
                           .spec = base});
    experiment.spec.mutable_pretrain()->set_data_seed(static_cast<uint64_t>(i));
  }
  return experiments;
}

std::string Code(StageKind) { return "c0de"; }

spec::StageCost NoCost(StageKind, const ResolvedExperiment&) {
  return spec::StageCost();
}

std::vector<Decision> DecideFor(const Plan& plan, const Store& store,
                                const StoreIndex& index) {
  return Decide(plan, {.store = store, .index = index, .code_digest = Code});
}

void BM_Plan(benchmark::State& state) {
  const TempDir dir;
  const Store store = *Store::Open(dir.File("store"));
  const std::vector<ResolvedExperiment> study = Study(state.range(0));
  for (auto _ : state) {
    const StoreIndex index = *StoreIndex::Read(store.path());
    const Plan plan = PlanForTest(study);
    const spec::PlanRecord frozen = Freeze(plan, DecideFor(plan, store, index),
                                           {.target = "study",
                                            .rung = "smoke",
                                            .protocol = "as_published",
                                            .cost = NoCost,
                                            .throughputs = {}});
    CXR_CHECK(frozen.stages_size() > state.range(0)) << frozen.stages_size();
    benchmark::DoNotOptimize(frozen);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Plan)->Arg(100)->Arg(1000)->Arg(10000)->Unit(
    benchmark::kMillisecond);

void BM_Why(benchmark::State& state) {
  const TempDir dir;
  const Store store = *Store::Open(dir.File("store"));
  std::vector<ResolvedExperiment> study = Study(100);
  CXR_CHECK(RunForTest(PlanForTest(study), store, [](const StageRequest&) {
              return StageOutput();
            }).ok());
  study = Study(state.range(0));
  for (ResolvedExperiment& experiment : study) {
    experiment.spec.mutable_pretrain()->mutable_crops()->set_local_count(3);
  }
  const auto origins = [](const ResolvedExperiment&) {
    return std::map<std::string, std::string>();
  };
  for (auto _ : state) {
    const StoreIndex index = *StoreIndex::Read(store.path());
    const Plan plan = PlanForTest(study);
    const spec::WhyRecord why = Explain(plan, DecideFor(plan, store, index),
                                        {.target = "study",
                                         .rung = "smoke",
                                         .protocol = "as_published",
                                         .store = store,
                                         .index = index,
                                         .origins = origins});
    CXR_CHECK(why.stages_size() > state.range(0)) << why.stages_size();
    benchmark::DoNotOptimize(why);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Why)->Arg(100)->Arg(1000)->Arg(10000)->Unit(
    benchmark::kMillisecond);

}  // namespace
}  // namespace cxr

// Its own, because the libraries of tests bring the main of tests.
BENCHMARK_MAIN();
