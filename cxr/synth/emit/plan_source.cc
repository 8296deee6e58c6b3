// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/plan_source.h"

#include "cxr/synth/emit/brax.h"
#include "cxr/synth/emit/chexmask.h"
#include "cxr/synth/emit/chexpert.h"
#include "cxr/synth/emit/iu_xray.h"
#include "cxr/synth/emit/mimic_cxr.h"
#include "cxr/synth/emit/nih_cxr8.h"
#include "cxr/synth/emit/padchest.h"
#include "cxr/synth/emit/rsna.h"
#include "cxr/synth/emit/vindr.h"

namespace cxr::synth {

std::vector<spec::Source> DrawnSources() {
  // CheXmask has the masks of MIMIC-CXR's images.
  return {spec::CHEXPERT, spec::MIMIC_CXR, spec::PADCHEST,
          spec::NIH_CXR8, spec::BRAX,      spec::RSNA,
          spec::VINDR,    spec::CHEXMASK,  spec::IU_XRAY};
}

std::optional<SourcePlan> PlanSource(spec::Source source,
                                     const SynthOptions& options) {
  switch (source) {
    case spec::CHEXPERT:
      return PlanChexpert(options);
    case spec::MIMIC_CXR:
      return PlanMimicCxr(options);
    case spec::PADCHEST:
      return PlanPadchest(options);
    case spec::NIH_CXR8:
      return PlanNihCxr8(options);
    case spec::BRAX:
      return PlanBrax(options);
    case spec::RSNA:
      return PlanRsna(options);
    case spec::VINDR:
      return PlanVindr(options);
    case spec::CHEXMASK:
      return PlanChexmask(options);
    case spec::IU_XRAY:
      return PlanIuXray(options);
    default:
      return std::nullopt;
  }
}

}  // namespace cxr::synth
