// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/film_dicom.h"

#include <cstdint>
#include <string>
#include <vector>

#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/synth/dicom/dicom_uid.h"

namespace cxr::synth {
namespace {

std::string UidUnder(RandomKey key) { return DicomUid(key.At(0), key.At(1)); }

std::string ViewPosition(View view) {
  switch (view) {
    case View::kPa:
      return "PA";
    case View::kAp:
    case View::kApSupine:
      return "AP";
    case View::kLateral:
      return "LL";
    case View::kUnknown:
    case View::kFrontal:
    case View::kOther:
      return "";
  }
  return "";
}

}  // namespace

DicomHeader DicomHeaderOf(const FilmRequest& film, RandomKey key) {
  DicomHeader header;
  header.sop_instance = UidUnder(key.Child("instance", film.number));
  header.study_instance = UidUnder(key.Child("study"));
  header.series_instance = UidUnder(key.Child("series", film.number));
  header.manufacturer = "cxr synth";
  header.patient_sex = film.patient.sex == Sex::kFemale ? "F" : "M";
  header.body_part = "CHEST";
  header.view_position = ViewPosition(film.view);
  return header;
}

DicomSamples DrawSamples(const FilmRequest& film, int bits) {
  const Plane plane = DrawFilm(film);
  DicomSamples samples{
      .width = film.width, .height = film.height, .bits = bits};
  if (bits == 8) {
    const GrayImage gray = ToGray(plane);
    samples.values.assign(gray.pixels.begin(), gray.pixels.end());
  } else {
    samples.values = ToSamples(plane, bits);
  }
  return samples;
}

}  // namespace cxr::synth
