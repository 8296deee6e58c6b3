// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/film/film.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "cxr/base/digest.h"
#include "cxr/synth/film/draw_frontal.h"
#include "cxr/synth/film/film_testing.h"
#include "cxr/synth/patient/devices.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FilmRequest Quiet(int size) {
  FilmRequest request = PlainRequest(size);
  request.style.noise = 0.0;
  return request;
}

// Mean absolute change of pixels inside and outside of boxes.
struct Change {
  double inside = 0.0;
  double outside = 0.0;
};

bool IsInside(const std::vector<FilmBox>& boxes, double x, double y,
              double margin) {
  for (const FilmBox& box : boxes) {
    if (x > box.left - margin && x < box.left + box.width + margin &&
        y > box.top - margin && y < box.top + box.height + margin) {
      return true;
    }
  }
  return false;
}

Change ChangeOf(const Plane& before, const Plane& after,
                const std::vector<FilmBox>& boxes) {
  Change change;
  int inside = 0;
  int outside = 0;
  for (int y = 0; y < before.height; ++y) {
    for (int x = 0; x < before.width; ++x) {
      const double step = std::fabs(after.Row(y)[x] - before.Row(y)[x]);
      if (IsInside(boxes, x + 0.5, y + 0.5, 0.0)) {
        change.inside += step;
        ++inside;
      } else if (!IsInside(boxes, x + 0.5, y + 0.5, 16.0)) {
        change.outside += step;
        ++outside;
      }
    }
  }
  return {change.inside / inside, change.outside / outside};
}

// Before development: the display window follows what is on a film.
Plane AttenuationOf(const FilmRequest& request) {
  return DrawFrontal(request, FrameOf(request)).attenuation;
}

TEST(FilmTest, TheSameRequestGivesTheSameFilm) {
  const FilmRequest request =
      With({Finding::kPneumonia, 0.5, 1}, PlainRequest(96));
  EXPECT_EQ(DrawFilm(request).values, DrawFilm(request).values);
}

// What every compiler and machine must draw, as digests of the 8-bit films of
// two people with all that a study may give them.
TEST(FilmTest, PixelsAreTheSameEverywhere) {
  const auto digest = [](int number, View view) {
    FilmRequest request{.patient = MakePatient({}, RandomKey(11), number),
                        .view = view,
                        .width = 150,
                        .height = 170};
    request.study = MakeStudy({}, request.patient, 0);
    for (int i = 0; i < kFindings; ++i) {
      request.study.severity[FindingAt(i)] = i % 3 == number ? 0.7 : 0.0;
      request.study.side[FindingAt(i)] = i % 2 == 0 ? 1 : -1;
    }
    request.study.devices = {};
    for (int i = number; i < kDevices; i += 2) {
      request.study.devices.Add(DeviceAt(i), i % 3 == 0 ? 1 : -1);
    }
    const GrayImage film = ToGray(DrawFilm(request));
    return Sha256Hex({reinterpret_cast<const char*>(film.pixels.data()),
                      film.pixels.size()});
  };
  EXPECT_EQ(digest(0, View::kPa),
            "544dfb471c78a4fbe2a02354a57053b5be0079b214cac8a4f018b3b132cb4881");
  EXPECT_EQ(digest(1, View::kAp),
            "979f11a928abea7fcdf7505c7906bb4badd811af30b7ccfaadff83e1478db00e");
  EXPECT_EQ(digest(2, View::kLateral),
            "bf987b2b46087a5cf70f808a881c3cd20402dc77674a8c7cb374dc7c724f796c");
}

TEST(FilmTest, PatientsStudiesAndFilmsDiffer) {
  const FilmRequest request = PlainRequest(64);
  FilmRequest patient = request;
  patient.patient = MakePatient({}, RandomKey(7), 4);
  FilmRequest study = request;
  study.study.key = request.patient.key.Child("study", 1);
  FilmRequest film = request;
  film.number = 1;
  const Plane plane = DrawFilm(request);
  EXPECT_NE(DrawFilm(patient).values, plane.values);
  EXPECT_NE(DrawFilm(study).values, plane.values);
  EXPECT_NE(DrawFilm(film).values, plane.values);
}

TEST(FilmTest, ValuesLieBetweenBlackAndWhite) {
  for (const View view :
       {View::kPa, View::kAp, View::kApSupine, View::kLateral}) {
    FilmRequest request =
        With({Finding::kSupportDevices, 1.0, 0}, PlainRequest(96));
    request.view = view;
    request.style.side_marker = true;
    const Plane film = DrawFilm(request);
    EXPECT_GT(MeanOf(film), 0.15);
    EXPECT_LT(MeanOf(film), 0.85);
    for (const float value : film.values) {
      EXPECT_GE(value, 0.0f);
      EXPECT_LE(value, 1.0f);
    }
  }
}

TEST(FilmTest, AnotherSizeShowsTheSamePatient) {
  const Plane large = DrawFilm(Quiet(512));
  const Plane small = DrawFilm(Quiet(128));
  Plane shrunk = MakePlane(128, 128);
  for (int y = 0; y < 512; ++y) {
    for (int x = 0; x < 512; ++x) {
      shrunk.Row(y / 4)[x / 4] += large.Row(y)[x] / 16.0f;
    }
  }
  EXPECT_GT(Correlation(shrunk.values, small.values), 0.97);
}

TEST(FilmTest, SmallAndOblongFilmsAreDrawn) {
  for (const auto& [width, height] : {std::pair{16, 16}, std::pair{16, 90},
                                      std::pair{90, 16}, std::pair{33, 47}}) {
    FilmRequest request =
        With({Finding::kConsolidation, 0.9, 0}, PlainRequest(16));
    request.width = width;
    request.height = height;
    const Plane film = DrawFilm(request);
    EXPECT_EQ(film.values.size(), size_t{1} * width * height);
    for (const FilmBox& box : BoxesOf(request)) {
      EXPECT_GE(box.left, 0.0);
      EXPECT_GE(box.top, 0.0);
      EXPECT_LE(box.left + box.width, width + 1e-9);
      EXPECT_LE(box.top + box.height, height + 1e-9);
    }
  }
}

TEST(FilmTest, AnOblongFilmShowsMoreOfTheSides) {
  FilmRequest wide = Quiet(128);
  wide.width = 192;
  const Plane film = DrawFilm(wide);
  const Plane square = DrawFilm(Quiet(128));
  std::vector<float> middle;
  for (int y = 0; y < 128; ++y) {
    middle.insert(middle.end(), film.Row(y) + 32, film.Row(y) + 160);
  }
  EXPECT_GT(Correlation(middle, square.values), 0.98);
}

TEST(FilmTest, FocalFindingsChangeTheirBoxesAndHardlyAnythingElse) {
  const FilmRequest plain = Quiet(256);
  const Plane before = AttenuationOf(plain);
  for (const Finding finding :
       {Finding::kLungOpacity, Finding::kInfiltration, Finding::kConsolidation,
        Finding::kPneumonia, Finding::kNodule, Finding::kMass, Finding::kCavity,
        Finding::kCyst, Finding::kCalcification, Finding::kTuberculosis,
        Finding::kPleuralEffusion, Finding::kPleuralThickening,
        Finding::kPneumothorax, Finding::kHernia, Finding::kAorticEnlargement,
        Finding::kRibFracture, Finding::kClavicleFracture}) {
    const FilmRequest ill = With({finding, 0.9, 1}, plain);
    const std::vector<FilmBox> boxes = BoxesOf(ill);
    ASSERT_FALSE(boxes.empty()) << FindingName(finding);
    const Change change = ChangeOf(before, AttenuationOf(ill), boxes);
    EXPECT_GT(change.inside, 0.004) << FindingName(finding);
    EXPECT_GT(change.inside, 8.0 * change.outside) << FindingName(finding);
  }
}

TEST(FilmTest, EveryFindingCanBeSeen) {
  const FilmRequest plain = Quiet(128);
  const Plane before = DrawFilm(plain);
  for (int i = 0; i < kFindings; ++i) {
    const Plane after = DrawFilm(With({FindingAt(i), 0.9, 1}, plain));
    double largest = 0.0;
    for (size_t p = 0; p < after.values.size(); ++p) {
      largest = std::max<double>(largest,
                                 std::fabs(after.values[p] - before.values[p]));
    }
    EXPECT_GT(largest, 0.03) << FindingName(FindingAt(i));
  }
}

TEST(FilmTest, SeverityMakesALargerChange) {
  const FilmRequest plain = Quiet(128);
  const Plane before = DrawFilm(plain);
  for (const Finding finding :
       {Finding::kConsolidation, Finding::kEdema, Finding::kPleuralEffusion,
        Finding::kPneumothorax, Finding::kFibrosis}) {
    double last = 0.0;
    for (const double severity : {0.15, 0.4, 0.9}) {
      const Plane after = DrawFilm(With({finding, severity, 1}, plain));
      double change = 0.0;
      for (size_t i = 0; i < after.values.size(); ++i) {
        change += std::fabs(after.values[i] - before.values[i]);
      }
      EXPECT_GT(change, last) << FindingName(finding) << " " << severity;
      last = change;
    }
  }
}

TEST(FilmTest, DifficultyHidesAnOpacity) {
  const FilmRequest plain = Quiet(128);
  const FilmRequest ill = With({Finding::kConsolidation, 0.9, 1}, plain);
  FilmRequest hard = ill;
  hard.style.difficulty = 0.3;
  const Plane before = DrawFilm(plain);
  const std::vector<FilmBox> boxes = BoxesOf(ill);
  EXPECT_LT(ChangeOf(before, DrawFilm(hard), boxes).inside,
            0.5 * ChangeOf(before, DrawFilm(ill), boxes).inside);
}

TEST(FilmTest, ALateralFilmHasNoBoxes) {
  FilmRequest request =
      With({Finding::kConsolidation, 0.9, 1}, PlainRequest(64));
  request.view = View::kLateral;
  EXPECT_THAT(BoxesOf(request), IsEmpty());
}

TEST(FilmTest, FramesTurnALittleAndFollowTheStylesZoom) {
  double turns = 0.0;
  double zooms = 0.0;
  for (int i = 0; i < 200; ++i) {
    FilmRequest request = PlainRequest(64);
    request.style.zoom = 1.2;
    request.number = i;
    const Frame frame = FrameOf(request);
    turns += frame.rotation_radians * frame.rotation_radians / 200.0;
    zooms += frame.zoom / 200.0;
  }
  EXPECT_NEAR(std::sqrt(turns), 0.022, 0.005);
  EXPECT_NEAR(zooms, 1.2 * 1.03, 0.02);
}

TEST(FilmTest, SamplesAreRounded) {
  const Plane film{
      .width = 4, .height = 1, .values = {0.0f, 0.5f, 0.999f, 1.0f}};
  EXPECT_THAT(ToGray(film).pixels, ElementsAre(0, 128, 255, 255));
  EXPECT_THAT(ToSamples(film, 12), ElementsAre(0, 2048, 4091, 4095));
  EXPECT_THAT(ToSamples(film, 16), ElementsAre(0, 32768, 65469, 65535));
}

}  // namespace
}  // namespace cxr::synth
