// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/report_facts.h"

#include "absl/algorithm/container.h"
#include "cxr/synth/patient/chexpert_label.h"

namespace cxr::synth {

bool IsTold(const ReportFacts& facts, Finding finding) {
  return IsAffirmed(facts.mentions[finding]);
}

bool IsQuiet(const ReportFacts& facts, absl::Span<const Finding> findings) {
  return absl::c_none_of(findings, [&facts](Finding finding) {
    return IsTold(facts, finding) || IsPresent(facts.study, finding);
  });
}

PerFinding<bool> DeniedOf(const Mentions& mentions) {
  PerFinding<bool> denied;
  for (int i = 0; i < kFindings; ++i) {
    denied[FindingAt(i)] = mentions[FindingAt(i)] == Mention::kNegative;
  }
  for (size_t label = 0; label < kChexpertLabels.size(); ++label) {
    const absl::Span<const Finding> joined =
        FindingsOfLabel(static_cast<int>(label));
    const bool told = absl::c_any_of(joined, [&mentions](Finding finding) {
      return IsAffirmed(mentions[finding]);
    });
    if (!told) continue;
    for (const Finding finding : joined) denied[finding] = false;
  }
  return denied;
}

}  // namespace cxr::synth
