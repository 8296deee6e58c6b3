// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_FILM_DICOM_H_
#define CXR_SYNTH_EMIT_FILM_DICOM_H_

#include "cxr/synth/dicom/dicom_file.h"
#include "cxr/synth/dicom/dicom_samples.h"
#include "cxr/synth/film/film.h"
#include "cxr/synth/random/stream.h"

// What the sources that publish DICOM files share.

namespace cxr::synth {

// The header of a film as far as all of them write it: identifiers drawn under
// `key`, sex, body part, view, and who made it. The patient's name, id and age
// are the source's own.
DicomHeader DicomHeaderOf(const FilmRequest& film, RandomKey key);

// The film in samples of `bits` bits, 8 to 16.
DicomSamples DrawSamples(const FilmRequest& film, int bits);

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_FILM_DICOM_H_
