// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/pictures/finding_sheet.h"

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cxr/base/check.h"
#include "cxr/base/parallel.h"
#include "cxr/data/index/words.h"
#include "cxr/data/inspect/contact_sheet.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/patient/patient.h"
#include "cxr/synth/patient/study.h"
#include "cxr/synth/random/stream.h"

namespace cxr::synth {
namespace {

constexpr int kPeople = 4;
constexpr double kSeverities[] = {0.0, 0.3, 0.6, 1.0};
constexpr int kColumns = std::size(kSeverities) + 1;
constexpr int kNormalColumns = 6;

// A film of someone without a finding.
FilmRequest NormalFilm(const FindingSheetOptions& options, int person,
                       View view) {
  const RandomKey key = RandomKey(options.seed).Child("sheet");
  FilmRequest film{.patient = MakePatient({}, key, person),
                   .view = view,
                   .width = options.film_pixels,
                   .height = options.film_pixels};
  film.style.difficulty = options.difficulty;
  film.study.key = film.patient.key.Child("sheet study");
  film.study.view = view == View::kLateral ? View::kPa : view;
  return film;
}

SheetCell CellOf(const FilmRequest& film, std::string title) {
  return {.image = ToGray(DrawFilm(film)),
          .captions = {
              std::move(title),
              absl::StrCat(ViewText(film.view), " ", SexText(film.patient.sex),
                           " ", film.patient.age_years, " y")}};
}

RgbImage SheetOf(int cells, int columns, int threads,
                 absl::FunctionRef<SheetCell(int)> draw) {
  std::vector<SheetCell> drawn(cells);
  const absl::Status status = ParallelFor(cells, threads, [&](int64_t i) {
    drawn[i] = draw(static_cast<int>(i));
    return absl::OkStatus();
  });
  CXR_CHECK(status.ok()) << status.ToString();
  return MakeContactSheet(drawn, {.columns = columns});
}

}  // namespace

RgbImage FindingSheet(Finding finding, const FindingSheetOptions& options) {
  const std::string name(FindingName(finding));
  return SheetOf(
      kPeople * kColumns, kColumns, options.threads, [&](int i) -> SheetCell {
        const int person = i / kColumns;
        const int column = i % kColumns;
        const bool with_boxes = column == kColumns - 1;
        const double severity = kSeverities[with_boxes ? column - 1 : column];
        FilmRequest film = NormalFilm(options, person,
                                      person % 2 == 0 ? View::kPa : View::kAp);
        film.study.severity[finding] = severity;
        film.study.side[finding] = person < kPeople / 2 ? -1 : 1;
        SheetCell cell = CellOf(
            film, severity > 0.0 ? absl::StrFormat("%s %.1f", name, severity)
                                 : absl::StrCat("no ", name));
        if (with_boxes) {
          for (const FilmBox& box : BoxesOf(film)) {
            cell.boxes.push_back({.left = static_cast<float>(box.left),
                                  .top = static_cast<float>(box.top),
                                  .width = static_cast<float>(box.width),
                                  .height = static_cast<float>(box.height)});
          }
        }
        return cell;
      });
}

RgbImage NormalSheet(const FindingSheetOptions& options) {
  constexpr View kViews[] = {View::kPa, View::kAp, View::kLateral};
  return SheetOf(std::size(kViews) * kNormalColumns, kNormalColumns,
                 options.threads, [&](int i) {
                   return CellOf(NormalFilm(options, i % kNormalColumns,
                                            kViews[i / kNormalColumns]),
                                 "no finding");
                 });
}

}  // namespace cxr::synth
