// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/film_dicom.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "cxr/data/index/image_index.h"

namespace cxr::synth {
namespace {

FilmRequest Film() {
  const Patient patient = MakePatient({}, RandomKey(5), 3);
  return {.patient = patient,
          .study = MakeStudy({}, patient, 0),
          .width = 40,
          .height = 50};
}

TEST(FilmDicomTest, HeaderSaysWhoAndHow) {
  FilmRequest film = Film();
  film.patient.sex = Sex::kFemale;
  film.view = View::kAp;
  const DicomHeader header = DicomHeaderOf(film, RandomKey(1));
  EXPECT_EQ(header.patient_sex, "F");
  EXPECT_EQ(header.view_position, "AP");
  EXPECT_EQ(header.body_part, "CHEST");
  EXPECT_EQ(header.manufacturer, "cxr synth");
  film.patient.sex = Sex::kMale;
  film.view = View::kLateral;
  EXPECT_EQ(DicomHeaderOf(film, RandomKey(1)).patient_sex, "M");
  EXPECT_EQ(DicomHeaderOf(film, RandomKey(1)).view_position, "LL");
}

TEST(FilmDicomTest, IdentifiersAreOnesOwn) {
  FilmRequest film = Film();
  const DicomHeader first = DicomHeaderOf(film, RandomKey(1));
  film.number = 1;
  const DicomHeader second = DicomHeaderOf(film, RandomKey(1));
  const DicomHeader other = DicomHeaderOf(film, RandomKey(2));
  EXPECT_EQ(second.study_instance, first.study_instance);
  std::set<std::string> ids;
  for (const DicomHeader& header : {first, second, other}) {
    ids.insert(header.sop_instance);
    ids.insert(header.series_instance);
    ids.insert(header.study_instance);
  }
  EXPECT_EQ(ids.size(), 8u);
}

TEST(FilmDicomTest, SamplesAreThoseOfTheFilm) {
  const FilmRequest film = Film();
  const Plane plane = DrawFilm(film);
  const DicomSamples twelve = DrawSamples(film, 12);
  EXPECT_EQ(twelve.width, 40);
  EXPECT_EQ(twelve.height, 50);
  EXPECT_EQ(twelve.bits, 12);
  EXPECT_EQ(twelve.values, ToSamples(plane, 12));
  const GrayImage gray = ToGray(plane);
  EXPECT_EQ(DrawSamples(film, 8).values,
            std::vector<uint16_t>(gray.pixels.begin(), gray.pixels.end()));
}

}  // namespace
}  // namespace cxr::synth
