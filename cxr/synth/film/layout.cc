// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/layout.h"

#include <vector>

#include "cxr/synth/film/finding_view.h"
#include "cxr/synth/film/layout_vessels.h"

namespace cxr::synth {

Layout MakeLayout(const FilmRequest& request) {
  const FindingView view(request);
  Layout layout{.anatomy =
                    MakeAnatomy(request.patient, request.study, request.view)};
  const Anatomy& anatomy = layout.anatomy;
  layout.body = LayOutBody(anatomy, view);
  layout.bones = LayOutBones(anatomy, view);
  layout.mediastinum = LayOutMediastinum(anatomy, view);
  layout.vessels = LayOutVessels(anatomy, view);
  layout.lungs = LayOutOpacities(anatomy, view);
  layout.pleura = LayOutPleura(anatomy, view);
  layout.devices = LayOutDevices(anatomy, view);
  layout.distractors = LayOutDistractors(anatomy, view);
  return layout;
}

std::vector<Place> PlacesOf(const FilmRequest& request) {
  const FindingView view(request);
  const Anatomy anatomy =
      MakeAnatomy(request.patient, request.study, request.view);
  std::vector<Place> places;
  for (const std::vector<Place>& part :
       {LayOutMediastinum(anatomy, view).places,
        LayOutOpacities(anatomy, view).places,
        LayOutPleura(anatomy, view).places,
        LayOutBones(anatomy, view).places}) {
    places.insert(places.end(), part.begin(), part.end());
  }
  return places;
}

}  // namespace cxr::synth
