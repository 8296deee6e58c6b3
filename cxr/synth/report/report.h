// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_REPORT_REPORT_H_
#define CXR_SYNTH_REPORT_REPORT_H_

#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"
#include "cxr/synth/report/iu_report.h"
#include "cxr/synth/report/mimic_report.h"
#include "cxr/synth/report/padchest_report.h"
#include "cxr/synth/report/report_content.h"

// The report on a study, from what is mentioned: sentences from a grammar with
// synonyms, hedges, negations, sides and sizes. With it come the forms of three
// sources, so that this header is all a writer of reports needs:
//
//   const ReportContent content =
//       WriteReport(patient, study, mentions, /*has_lateral=*/true, key);
//   const std::string text = MimicReport(content, /*oddities=*/true, key);

namespace cxr::synth {

// What is said in findings and impression together has the states of
// `mentions` and no other: a labeler of the 14 labels finds StatesOf(mentions).
// All that is positive or uncertain is named in findings, the most urgent again
// in the impression. What is negative is denied in findings, unless another
// finding of its label is positive or uncertain: it is left out then. With
// `has_lateral` the examination has a lateral film.
ReportContent WriteReport(const Patient& patient, const Study& study,
                          const Mentions& mentions, bool has_lateral,
                          RandomKey key);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_REPORT_REPORT_H_
