// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_POPULATION_H_
#define CXR_SYNTH_EMIT_POPULATION_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/emit/source_plan.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/mention.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

// The people of a source, their studies and films: what all emitters share.
//
//   const std::vector<PlannedPatient> people =
//       MakePopulation({.name = "brax", .studies = {.ap_share = 0.5}},
//       options);

namespace cxr::synth {

// What a source is like.
struct SourceStyle {
  std::string name = {};  // "chexpert": below it all is drawn
  PatientModel patients = {};
  StudyModel studies = {};
  double more_studies = 0.0;    // chance of another study, up to 4
  double lateral_share = 0.0;   // of studies that have a lateral film, too
  double second_frontal = 0.0;  // of studies with a second frontal film
  // Films of the real source in pixels; both sides vary by `size_deviation` (a
  // share), and are multiplied by SynthOptions::scale and rounded.
  int width = 0;
  int height = 0;
  double size_deviation = 0.0;
  FilmStyle film = {};
  // Shares of patients on each list.
  double validation_share = 0.0;
  double test_share = 0.0;
};

struct PlannedStudy {
  Study study = {};
  Mentions mentions = {};
  std::vector<FilmRequest> films = {};  // frontal first
};

struct PlannedPatient {
  Patient patient = {};
  // kTraining, unless the source has no lists; at least one patient is on each
  // list that the source has if there are three or more.
  Part part = Part::kTraining;
  std::vector<PlannedStudy> studies = {};
};

// Patients 0 .. options.patients - 1. A patient does not depend on how many
// others there are, except for `part`, which goes by number.
std::vector<PlannedPatient> MakePopulation(const SourceStyle& style,
                                           const SynthOptions& options);

// The films are of a view from the side, too.
bool HasLateral(const PlannedStudy& planned);

// The truth of one film with what all sources state alike; the emitter adds id,
// path, ids, labels, boxes and report. `part` as in PlannedPatient.
ImageTruth TruthOf(const FilmRequest& film, Part part);

// Where findings are, as drawn and by the findings' own names: of sources that
// list no boxes.
void AddBoxes(const FilmRequest& film, ImageTruth* truth);

// The truth of a source without its images.
SourceTruth TruthOf(absl::string_view source, const SynthOptions& options);

// An id of `digits` hexadecimal digits under a key.
std::string HexId(RandomKey key, int digits);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_POPULATION_H_
