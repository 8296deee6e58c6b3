// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "cxr/text/finding_rules.h"
#include "cxr/text/section_parser.h"

namespace cxr {
namespace {

constexpr absl::string_view kFindings =
    " Heart size is mildly enlarged. The mediastinal contours are within\n"
    " normal limits. There is mild pulmonary vascular congestion without "
    "overt\n"
    " edema. Small bilateral pleural effusions are present with adjacent\n"
    " atelectasis; underlying consolidation cannot be excluded. No "
    "pneumothorax\n"
    " is seen. A right PICC terminates in the low SVC. Patchy opacity in the\n"
    " left lower lobe may reflect atelectasis versus pneumonia. There is no\n"
    " acute fracture. Degenerative changes are seen in the thoracic spine.\n";

// Reports of some 500 characters.
void BM_FindingRules(benchmark::State& state) {
  const FindingRules rules;
  const std::string report(kFindings);
  for (auto _ : state) {
    benchmark::DoNotOptimize(rules.Find(report));
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(report.size()));
}
BENCHMARK(BM_FindingRules);

void BM_ExtractSections(benchmark::State& state) {
  std::string report = "                                 FINAL REPORT\n";
  report += " EXAMINATION:  CHEST (PA AND LAT)\n \n INDICATION:  Cough.\n \n";
  report += " COMPARISON:  None.\n \n FINDINGS: \n \n";
  report.append(kFindings.data(), kFindings.size());
  report += " \n IMPRESSION: \n \n Mild congestion.\n";
  for (auto _ : state) {
    benchmark::DoNotOptimize(ExtractSections(report, "s50000000"));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ExtractSections);

}  // namespace
}  // namespace cxr
