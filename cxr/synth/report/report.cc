// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/report/report.h"

#include "cxr/synth/patient/finding.h"
#include "cxr/synth/report/finding_slots.h"
#include "cxr/synth/report/findings_section.h"
#include "cxr/synth/report/front_matter.h"
#include "cxr/synth/report/impression_section.h"
#include "cxr/synth/report/report_facts.h"

namespace cxr::synth {
namespace {

// Of first studies: with films from elsewhere.
constexpr double kPriorFromElsewhere = 0.35;

}  // namespace

ReportContent WriteReport(const Patient& patient, const Study& study,
                          const Mentions& mentions, bool has_lateral,
                          RandomKey key) {
  ReportFacts facts = {
      .patient = patient, .study = study, .mentions = mentions};
  facts.has_prior =
      study.number > 0 ||
      RandomStream(key.Child("prior")).Chance(kPriorFromElsewhere);
  for (int i = 0; i < kFindings; ++i) {
    if (FindingAt(i) == Finding::kSupportDevices) continue;
    facts.slots[FindingAt(i)] =
        SlotsOf(FindingAt(i), facts, key.Child("slots", i));
  }
  const Procedure procedure =
      ProcedureOf(study, has_lateral, key.Child("procedure"));
  return {
      .examination = procedure.examination,
      .indication = IndicationOf(patient, study, key.Child("indication")),
      .technique = procedure.technique,
      .comparison = ComparisonOf(facts.has_prior, key.Child("comparison")),
      .findings = FindingsSection(facts, key.Child("findings")),
      .impression = ImpressionSection(facts, key.Child("impression")),
  };
}

}  // namespace cxr::synth
