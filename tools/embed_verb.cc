// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/embed_verb.h"

#include <algorithm>
#include <cstdio>

#include "absl/flags/flag.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/with_commas.h"
#include "cxr/tasks/embed/embed_folder.h"
#include "cxr/tasks/embed/embed_model.h"
#include "tools/command_line.h"
#include "tools/data_roots.h"
#include "tools/places.h"

namespace cxr {
namespace {

constexpr int kMostBatchImages = 100'000;
constexpr int kMostPixels = 4096;

absl::StatusOr<std::string> NeededPath(absl::string_view flag,
                                       const std::string& value) {
  if (!value.empty()) return UserPath(value);
  return absl::InvalidArgumentError(
      absl::StrCat("embed: --", flag, " is missing; see: cxr help embed"));
}

// The value of an enum that is called `name` in small letters.
template <typename Enum>
absl::StatusOr<Enum> Called(absl::string_view flag, const std::string& name,
                            const std::vector<Enum>& values,
                            const std::string& (*name_of)(Enum)) {
  std::vector<std::string> names;
  for (const Enum value : values) {
    names.push_back(absl::AsciiStrToLower(name_of(value)));
    if (names.back() == absl::AsciiStrToLower(name)) return value;
  }
  return absl::InvalidArgumentError(absl::StrCat("--", flag, ": found '", name,
                                                 "', expected one of ",
                                                 absl::StrJoin(names, ", ")));
}

absl::Status CheckRange(absl::string_view flag, int value, int least,
                        int most) {
  return value >= least && value <= most
             ? absl::OkStatus()
             : absl::InvalidArgumentError(absl::StrCat("--", flag, ": found ",
                                                       value, ", expected ",
                                                       least, " to ", most));
}

absl::Status ChangePreprocess(spec::PreprocessSpec& images) {
  const int size = absl::GetFlag(FLAGS_image_size);
  if (size != 0) {
    CXR_RETURN_IF_ERROR(CheckRange("image_size", size, 1, kMostPixels));
    images.set_input_size_pixels(size);
  }
  if (const std::string name = absl::GetFlag(FLAGS_equalize); !name.empty()) {
    CXR_ASSIGN_OR_RETURN(
        const spec::Equalization equalization,
        Called<spec::Equalization>(
            "equalize", name, {spec::NO_EQUALIZATION, spec::OPENCV_HISTOGRAM},
            spec::Equalization_Name));
    images.set_equalization(equalization);
  }
  if (const std::string name = absl::GetFlag(FLAGS_normalize); !name.empty()) {
    CXR_ASSIGN_OR_RETURN(const spec::Normalization normalization,
                         Called<spec::Normalization>(
                             "normalize", name,
                             {spec::NO_NORMALIZATION, spec::IMAGENET,
                              spec::CLIP, spec::CHEXZERO, spec::RAD_DINO},
                             spec::Normalization_Name));
    images.set_normalization(normalization);
  }
  return absl::OkStatus();
}

std::vector<std::string> ChosenTokens(const EmbedModel& model) {
  const std::string chosen = absl::GetFlag(FLAGS_tokens);
  if (!chosen.empty()) return absl::StrSplit(chosen, ',');
  if (model.vit->options().registers == 0) return {"cls", "patches"};
  return {"cls", "registers", "patches"};
}

absl::StatusOr<EmbedFolderOptions> ChosenOptions(absl::string_view program) {
  EmbedFolderOptions options = {.batch_images = absl::GetFlag(FLAGS_batch),
                                .threads = absl::GetFlag(FLAGS_threads),
                                .device = absl::GetFlag(FLAGS_device)};
  CXR_ASSIGN_OR_RETURN(options.images,
                       NeededPath("images", absl::GetFlag(FLAGS_images)));
  CXR_ASSIGN_OR_RETURN(options.out,
                       NeededPath("out", absl::GetFlag(FLAGS_out)));
  CXR_RETURN_IF_ERROR(
      CheckRange("batch", options.batch_images, 0, kMostBatchImages));
  CXR_RETURN_IF_ERROR(CheckRange("threads", options.threads, 0, 1024));
  if (options.threads == 0) options.threads = AvailableThreads();
  const std::string precision = absl::GetFlag(FLAGS_precision);
  if (precision != "float32" && precision != "bfloat16") {
    return absl::InvalidArgumentError(absl::StrCat(
        "--precision: found '", precision, "', expected float32 or bfloat16"));
  }
  options.bfloat16 = precision == "bfloat16";
  CXR_ASSIGN_OR_RETURN(const std::string root, FindRoot(program));
  options.dicom_worker = DataRootsBelow(root, program).dicom_worker;
  return options;
}

std::string UnusedText(const std::vector<std::string>& unused) {
  constexpr size_t kShown = 3;
  if (unused.empty()) return "every tensor is used";
  const size_t shown = std::min(unused.size(), kShown);
  return absl::StrCat(
      unused.size(), " tensors beside the backbone: ",
      absl::StrJoin(unused.begin(), unused.begin() + shown, ", "),
      shown < unused.size() ? ", ..." : "");
}

absl::Status RunEmbed(absl::string_view program) {
  CXR_ASSIGN_OR_RETURN(EmbedFolderOptions options, ChosenOptions(program));
  EmbedModelOptions of_model = {.arch = absl::GetFlag(FLAGS_arch),
                                .heads = absl::GetFlag(FLAGS_heads)};
  CXR_RETURN_IF_ERROR(CheckRange("heads", absl::GetFlag(FLAGS_heads), 0, 256));
  CXR_ASSIGN_OR_RETURN(of_model.weights,
                       NeededPath("weights", absl::GetFlag(FLAGS_weights)));
  CXR_ASSIGN_OR_RETURN(EmbedModel model, OpenEmbedModel(of_model));
  options.tokens = ChosenTokens(model);
  CXR_RETURN_IF_ERROR(ChangePreprocess(model.preprocess));
  const spec::PreprocessSpec& images = model.preprocess;
  absl::PrintF(
      "%s: %s, %s; %s\n%d-pixel images, %s, %s\n", of_model.weights, model.arch,
      model.format, UnusedText(model.unused), images.input_size_pixels(),
      absl::AsciiStrToLower(spec::Equalization_Name(images.equalization())),
      absl::AsciiStrToLower(spec::Normalization_Name(images.normalization())));
  std::fflush(stdout);
  CXR_ASSIGN_OR_RETURN(const EmbedFolderResult result,
                       EmbedFolder(model, options));
  absl::PrintF("%s: %s of %s images in %.1f s (%.2f a second) on %s\n",
               options.out, absl::StrJoin(options.tokens, ", "),
               WithCommas(result.images), result.seconds,
               static_cast<double>(result.images) / result.seconds,
               result.device);
  return absl::OkStatus();
}

}  // namespace

ExitCode EmbedVerb(absl::string_view program,
                   const std::vector<std::string>& words) {
  if (!words.empty()) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("embed: found '", absl::StrJoin(words, " "),
                     "', expected flags only")));
  }
  // A device that is not here stops before anything is read.
  const absl::Status device = OpenDevice(absl::GetFlag(FLAGS_device)).status();
  if (absl::IsFailedPrecondition(device)) {
    return Fail(ExitCode::kSkipped, device);
  }
  return CodeOf(RunEmbed(program));
}

}  // namespace cxr
