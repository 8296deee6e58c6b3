// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_FILM_FINDING_VIEW_H_
#define CXR_SYNTH_FILM_FINDING_VIEW_H_

#include <algorithm>
#include <vector>

#include "cxr/synth/film/film_request.h"
#include "cxr/synth/film/shape.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {

// The findings of a request as they are to be drawn: with the style's
// difficulty, each with random numbers of its own. The request must outlive it.
class FindingView {
 public:
  explicit FindingView(const FilmRequest& request) : request_(request) {}

  const FilmRequest& request() const { return request_; }
  bool ap() const { return request_.view != View::kPa; }

  bool Has(Finding finding) const {
    return request_.study.severity[finding] > 0.0;
  }
  // On a side, 0 or 1.
  bool Has(Finding finding, int side) const {
    return SeverityOn(request_.study, finding, side) > 0.0;
  }
  // The sides of a finding that is there.
  std::vector<int> Sides(Finding finding) const {
    return SidesOf(request_.study.side[finding]);
  }

  // 0..1.
  double Severity(Finding finding) const {
    return std::min(
        1.0, request_.study.severity[finding] * request_.style.difficulty);
  }
  // An opacity's attenuation: even a slight one shows.
  double Opacity(Finding finding, double amplitude) const {
    return amplitude * request_.style.difficulty *
           (0.45 + 0.75 * request_.study.severity[finding]);
  }

  // What is chronic looks the same on all of a patient's films.
  RandomStream StreamOf(Finding finding, int side = 0) const {
    return RandomStream(KeyOf(finding).Child(FindingName(finding), side));
  }
  RandomKey KeyOf(Finding finding) const {
    return IsChronic(finding) ? request_.patient.key : request_.study.key;
  }

  // The part of a range, from the top to the bottom of a lung, that the finding
  // lies in.
  HeightRange HeightsOf(Finding finding, const HeightRange& lung) const {
    const int zone = static_cast<int>(request_.study.zone[finding]);
    const double third = (lung.bottom - lung.top) / 3.0;
    return {.top = lung.top + zone * third,
            .bottom = lung.top + (zone + 1) * third};
  }

 private:
  const FilmRequest& request_;
};

}  // namespace cxr::synth

#endif  // CXR_SYNTH_FILM_FINDING_VIEW_H_
