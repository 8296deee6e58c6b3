// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/iu_terms.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/synth/patient/finding.h"

namespace cxr::synth {
namespace {

// Medical Subject Headings, and for a few RadLex.
constexpr PerFinding<absl::string_view> kTerms = {{
    "Mediastinum/enlarged",
    "Aorta/enlarged",
    "Pulmonary Artery/enlarged",
    "Mediastinal Shift",
    "Cardiomegaly",
    "Opacity/lung",
    "Infiltrate/lung",
    "Consolidation/lung",
    "Pneumonia",
    "Nodule/lung",
    "Mass/lung",
    "Cavitation/lung",
    "Cysts/lung",
    "Calcinosis/lung",
    "Tuberculosis, Pulmonary",
    "Pulmonary Edema",
    "Lung Diseases, Interstitial",
    "Pulmonary Fibrosis",
    "Pulmonary Atelectasis",
    "Pleural Effusion",
    "Thickening/pleura",
    "Pneumothorax",
    "Pulmonary Emphysema",
    "Hernia, Hiatal",
    "Fractures, Bone/ribs",
    "Fractures, Bone/clavicle",
    "Medical Device",
}};

absl::string_view SideQualifier(int side) {
  return side < 0 ? "/right" : side > 0 ? "/left" : "";
}

// Two of the indexers' degrees; between them they write none.
absl::string_view SizeQualifier(double severity) {
  constexpr double kMildBelow = 0.35;
  constexpr double kSevereFrom = 0.7;
  return severity < kMildBelow     ? "/mild"
         : severity >= kSevereFrom ? "/severe"
                                   : "";
}

}  // namespace

IuTerms IuTermsOf(const Mentions& mentions, const Study& study) {
  IuTerms terms;
  for (int i = 0; i < kFindings; ++i) {
    const Finding finding = FindingAt(i);
    if (mentions[finding] != Mention::kPositive) {
      continue;
    }
    const absl::string_view term = kTerms[finding];
    terms.major.push_back(absl::StrCat(term, SideQualifier(study.side[finding]),
                                       SizeQualifier(study.severity[finding])));
    terms.automatic.push_back(
        absl::AsciiStrToLower(term.substr(0, term.find('/'))));
  }
  if (terms.major.empty()) {
    terms.major.push_back("normal");
  }
  return terms;
}

}  // namespace cxr::synth
