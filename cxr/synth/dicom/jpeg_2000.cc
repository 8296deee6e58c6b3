// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/jpeg_2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "cxr/base/check.h"

namespace cxr::synth {
namespace {

using Image = std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)>;
using Codec = std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)>;
using Stream = std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)>;

// Where OpenJPEG writes.
struct Sink {
  std::string bytes = {};
  size_t position = 0;
};

OPJ_SIZE_T Write(void* data, OPJ_SIZE_T size, void* user) {
  Sink& sink = *static_cast<Sink*>(user);
  sink.bytes.resize(std::max(sink.bytes.size(), sink.position + size));
  std::copy_n(static_cast<const char*>(data), size,
              sink.bytes.begin() + static_cast<ptrdiff_t>(sink.position));
  sink.position += size;
  return size;
}

OPJ_BOOL Seek(OPJ_OFF_T position, void* user) {
  static_cast<Sink*>(user)->position = static_cast<size_t>(position);
  return OPJ_TRUE;
}

OPJ_OFF_T Skip(OPJ_OFF_T count, void* user) {
  static_cast<Sink*>(user)->position += static_cast<size_t>(count);
  return count;
}

Stream StreamInto(Sink* sink) {
  Stream stream(opj_stream_default_create(/*p_is_input=*/OPJ_FALSE),
                &opj_stream_destroy);
  CXR_CHECK(stream != nullptr) << "no memory";
  opj_stream_set_user_data(stream.get(), sink, /*p_function=*/nullptr);
  opj_stream_set_write_function(stream.get(), &Write);
  opj_stream_set_seek_function(stream.get(), &Seek);
  opj_stream_set_skip_function(stream.get(), &Skip);
  return stream;
}

Image ImageOf(const DicomSamples& samples) {
  opj_image_cmptparm_t component = {};
  component.dx = 1;
  component.dy = 1;
  component.w = samples.width;
  component.h = samples.height;
  component.prec = samples.bits;
  Image image(opj_image_create(1, &component, OPJ_CLRSPC_GRAY),
              &opj_image_destroy);
  CXR_CHECK(image != nullptr) << "no memory";
  image->x1 = samples.width;
  image->y1 = samples.height;
  std::copy(samples.values.begin(), samples.values.end(), image->comps[0].data);
  return image;
}

// Halvings of the image: five, as is usual, or as many as a small one allows.
int ResolutionsFor(const DicomSamples& samples) {
  int resolutions = 6;
  while (resolutions > 1 &&
         std::min(samples.width, samples.height) >> (resolutions - 1) == 0) {
    --resolutions;
  }
  return resolutions;
}

}  // namespace

absl::StatusOr<std::string> EncodeJpeg2000(const DicomSamples& samples) {
  CheckSamples(samples);
  opj_cparameters_t parameters = {};
  opj_set_default_encoder_parameters(&parameters);
  parameters.numresolution = ResolutionsFor(samples);
  // One layer with all bits, by the reversible wavelet.
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  // Else the version of the library stands there. It is copied, not written to.
  char comment[] = "cxr synth";
  parameters.cp_comment = comment;

  const Image image = ImageOf(samples);
  const Codec codec(opj_create_compress(OPJ_CODEC_J2K), &opj_destroy_codec);
  CXR_CHECK(codec != nullptr) << "no memory";
  Sink sink;
  const Stream stream = StreamInto(&sink);
  if (!opj_setup_encoder(codec.get(), &parameters, image.get()) ||
      !opj_start_compress(codec.get(), image.get(), stream.get()) ||
      !opj_encode(codec.get(), stream.get()) ||
      !opj_end_compress(codec.get(), stream.get())) {
    return absl::InternalError("JPEG 2000: OpenJPEG cannot encode an image");
  }
  return std::move(sink.bytes);
}

}  // namespace cxr::synth
