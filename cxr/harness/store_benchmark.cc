// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What a store of many records takes: each operation must cost the same however
// many there are, and reading the index must grow with their number alone.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "cxr/base/check.h"
#include "cxr/base/digest.h"
#include "cxr/base/testing.h"
#include "cxr/harness/store.h"
#include "cxr/harness/store_index.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

std::string IdOf(int64_t number) { return absl::StrFormat("%064x", number); }

spec::RunRecord RecordOf(int64_t number) {
  spec::RunRecord record;
  record.set_stage("train");
  record.set_id(IdOf(number));
  record.set_attempt(1);
  for (int i = 0; i < 30; ++i) {
    spec::IdentityPart& part = *record.add_identity();
    part.set_path(absl::StrCat("train.linear_probe.field", i));
    part.set_value(absl::StrCat(number));
    part.set_origin("experiments/common/probe_training.textproto:17");
  }
  spec::Provenance& provenance = *record.mutable_provenance();
  provenance.set_experiment(absl::StrCat("study/seed=", number));
  provenance.set_rung("smoke");
  provenance.set_protocol("as_published");
  provenance.set_code_digest(IdOf(1));
  provenance.set_device("cpu");
  provenance.set_wall_seconds(1);
  return record;
}

// A store of `count` records, written without the care that a store takes; one
// of each size for all benchmarks.
const Store& StoreOf(int64_t count) {
  static std::map<int64_t, std::pair<TempDir, std::string>> stores;
  static std::map<int64_t, Store> opened;
  const auto it = opened.find(count);
  if (it != opened.end()) {
    return it->second;
  }
  const std::string path = stores[count].first.File("store");
  const Store store = *Store::Open(path);
  std::ofstream index(path + "/index");
  for (int64_t i = 0; i < count; ++i) {
    const std::string text = ToTextproto(RecordOf(i));
    const std::string folder = store.StageFolder("train", IdOf(i));
    std::filesystem::create_directories(folder + "/1");
    std::ofstream(folder + "/1/record.textproto") << text;
    std::ofstream(folder + "/complete") << "1 " << Sha256Hex(text) << "\n";
    index << IndexLine(RecordOf(i));
  }
  return opened.emplace(count, store).first->second;
}

void BM_Find(benchmark::State& state) {
  const Store& store = StoreOf(state.range(0));
  int64_t i = 0;
  for (auto _ : state) {
    const auto record = store.Find("train", IdOf(i++ * 7919 % state.range(0)));
    CXR_CHECK(record.ok()) << record.status().ToString();
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Find)->Arg(1000)->Arg(10000)->Arg(100000);

void BM_AcquireAndCommit(benchmark::State& state) {
  const Store& store = StoreOf(state.range(0));
  static int64_t fresh = int64_t{1} << 40;
  for (auto _ : state) {
    const int64_t number = fresh++;
    const auto lease = store.Acquire("train", IdOf(number), {});
    CXR_CHECK(lease.ok()) << lease.status().ToString();
    CXR_CHECK(store.Commit(*lease, RecordOf(number), {{"out", "1234"}}).ok());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_AcquireAndCommit)->Arg(1000)->Arg(10000)->Arg(100000);

void BM_ReadIndex(benchmark::State& state) {
  const Store& store = StoreOf(state.range(0));
  for (auto _ : state) {
    const auto index = StoreIndex::Read(store.path());
    CXR_CHECK(index.ok() && std::ssize(index->entries()) >= state.range(0));
    CXR_CHECK(index->Find("train", IdOf(state.range(0) - 1)) != nullptr);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_ReadIndex)
    ->Arg(1000)
    ->Arg(10000)
    ->Arg(100000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cxr
