// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_FILM_FILE_H_
#define CXR_SYNTH_EMIT_FILM_FILE_H_

#include <string>

#include "cxr/synth/emit/source_plan.h"
#include "cxr/synth/film/film.h"

// Films as files, drawn when the file is made.
//
//   plan.files.push_back(PngFilm("images/00000001_000.png", film));

namespace cxr::synth {

// `quality` as in cxr/data/codec/jpeg.h.
PlannedFile JpegFilm(std::string path, const FilmRequest& film, int quality);

// 8 bits of gray.
PlannedFile PngFilm(std::string path, const FilmRequest& film);

// The same as red, green, blue and an alpha without a hole.
PlannedFile RgbaPngFilm(std::string path, const FilmRequest& film);

// 16 bits of gray that a film of 12 bits was spread over: 4095 becomes 65535.
PlannedFile Png16Film(std::string path, const FilmRequest& film);

// `file` cut off in its middle, as a broken transfer leaves it.
PlannedFile Truncated(PlannedFile file);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_FILM_FILE_H_
