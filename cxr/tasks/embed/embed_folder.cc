// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/embed/embed_folder.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "ATen/Parallel.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "c10/core/GradMode.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_autocast.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/data/codec/decode_image.h"
#include "cxr/data/codec/dicom_decoder.h"
#include "cxr/data/image.h"
#include "cxr/data/load/normalization.h"
#include "cxr/data/load/order.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/model/weights/safetensors_writer.h"
#include "cxr/tasks/common/image_batch.h"

namespace cxr {
namespace {

// "cls", "registers", "patches" of `features`, in float32 on the CPU.
at::Tensor TokensOf(const VitFeatures& features, absl::string_view name) {
  const at::Tensor& tokens = name == "cls"         ? features.cls
                             : name == "registers" ? features.registers
                                                   : features.patches;
  return tokens.to(at::kCPU, at::kFloat).contiguous();
}

// Of one image, what the model gives for `name`.
std::vector<int64_t> ShapeOf(const EmbedModel& model, absl::string_view name) {
  const VitOptions& vit = model.vit->options();
  const int64_t rows =
      model.preprocess.input_size_pixels() / vit.patch_size_pixels;
  if (name == "cls") return {vit.width};
  return {name == "registers" ? vit.registers : rows * rows, vit.width};
}

absl::Status CheckTokens(const EmbedModel& model,
                         const std::vector<std::string>& tokens) {
  if (tokens.empty()) {
    return absl::InvalidArgumentError(
        "--tokens: expected some of cls, registers and patches");
  }
  for (const std::string& name : tokens) {
    if (name != "cls" && name != "registers" && name != "patches") {
      return absl::InvalidArgumentError(
          absl::StrCat("--tokens: found '", name,
                       "', expected some of cls, registers and patches"));
    }
    if (name == "registers" && model.vit->options().registers == 0) {
      return absl::InvalidArgumentError("--tokens: the model has no registers");
    }
    if (std::count(tokens.begin(), tokens.end(), name) > 1) {
      return absl::InvalidArgumentError(
          absl::StrCat("--tokens: found ", name, " twice"));
    }
  }
  const int64_t patch = model.vit->options().patch_size_pixels;
  const int size = model.preprocess.input_size_pixels();
  return size >= patch && size % patch == 0
             ? absl::OkStatus()
             : absl::InvalidArgumentError(
                   absl::StrCat("--image_size: found ", size,
                                ", expected a multiple of ", patch));
}

bool IsImageName(absl::string_view name) {
  const std::string lower = absl::AsciiStrToLower(name);
  return absl::EndsWith(lower, ".png") || absl::EndsWith(lower, ".jpg") ||
         absl::EndsWith(lower, ".jpeg") || absl::EndsWith(lower, ".dcm") ||
         absl::EndsWith(lower, ".dicom");
}

absl::StatusOr<std::vector<std::string>> ImageNames(const std::string& folder) {
  CXR_ASSIGN_OR_RETURN(std::vector<std::string> names, ListFiles(folder));
  std::erase_if(names,
                [](const std::string& name) { return !IsImageName(name); });
  if (names.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(folder, ": found no .png, .jpg, .jpeg, .dcm or .dicom"));
  }
  return names;
}

// Rows of tokens that keep a device busy: one 518-pixel image for a CPU's
// thread, 47 for a GPU.
constexpr int64_t kCpuRows = 2048;
constexpr int64_t kGpuRows = 65536;

class Embedder {
 public:
  Embedder(const EmbedModel& model, const EmbedFolderOptions& options,
           c10::Device device, std::vector<std::string> names)
      : model_(model),
        options_(options),
        device_(device),
        names_(std::move(names)),
        channels_(StatisticsOf(model.preprocess.normalization())) {}

  absl::Status Run() {
    if (!options_.dicom_worker.empty()) {
      CXR_ASSIGN_OR_RETURN(
          decoder_, DicomDecoder::Create({.worker = options_.dicom_worker,
                                          .processes = options_.threads}));
    }
    CXR_ASSIGN_OR_RETURN(SafetensorsWriter writer, MakeWriter());
    const auto count = std::ssize(names_);
    const int64_t size = BatchImages();
    // A GPU takes one batch after another; its images are made by all threads.
    const int streams = device_.is_cpu() ? options_.threads : 1;
    CXR_RETURN_IF_ERROR(
        ParallelFor(PassSteps(count, size), streams, [&](int64_t batch) {
          return RunBatch(PassBatch(batch, size, count), writer);
        }));
    return writer.Finish();
  }

 private:
  int64_t BatchImages() const {
    if (options_.batch_images > 0) return options_.batch_images;
    const int64_t rows = device_.is_cpu() ? kCpuRows : kGpuRows;
    return std::max<int64_t>(1, rows / ShapeOf(model_, "patches").front());
  }

  absl::StatusOr<SafetensorsWriter> MakeWriter() const {
    std::vector<SafetensorsWriter::Tensor> tensors;
    for (const std::string& name : options_.tokens) {
      std::vector<int64_t> shape = ShapeOf(model_, name);
      shape.insert(shape.begin(), std::ssize(names_));
      tensors.push_back({.name = name,
                         .kind = ScalarKind::kFloat32,
                         .shape = std::move(shape)});
    }
    const spec::PreprocessSpec& images = model_.preprocess;
    return SafetensorsWriter::Create(
        options_.out, std::move(tensors),
        {{"files", absl::StrJoin(names_, "\n")},
         {"arch", model_.arch},
         {"weights_sha256", model_.digest},
         {"input_size_pixels", absl::StrCat(images.input_size_pixels())},
         {"equalization", spec::Equalization_Name(images.equalization())},
         {"normalization", spec::Normalization_Name(images.normalization())},
         {"resampling", spec::Resampling_Name(images.resampling())},
         {"precision", options_.bfloat16 ? "bfloat16" : "float32"}});
  }

  absl::StatusOr<GrayImage> Prepared(int64_t i) const {
    const std::string path =
        JoinPath(options_.images, names_[static_cast<size_t>(i)]);
    CXR_ASSIGN_OR_RETURN(
        const DecodedImage decoded,
        ReadImage(path, {.sixteen_bit = SixteenBitRule::kMinMax,
                         .dicom = decoder_.get()}));
    absl::StatusOr<GrayImage> ready =
        Preprocess(decoded.image, model_.preprocess);
    return ready.ok() ? ready : Annotate(ready.status(), path);
  }

  absl::Status RunBatch(PositionRange range, SafetensorsWriter& writer) const {
    std::vector<GrayImage> images(static_cast<size_t>(range.size()));
    CXR_RETURN_IF_ERROR(ParallelFor(
        range.size(), device_.is_cpu() ? 1 : options_.threads, [&](int64_t i) {
          CXR_ASSIGN_OR_RETURN(images[static_cast<size_t>(i)],
                               Prepared(range.begin + i));
          return absl::OkStatus();
        }));
    CXR_ASSIGN_OR_RETURN(
        const std::vector<at::Tensor> tokens,
        CatchTorch("computing features", [&] { return Compute(images); }));
    for (size_t t = 0; t < tokens.size(); ++t) {
      const auto row_bytes =
          static_cast<int64_t>(tokens[t].nbytes()) / range.size();
      const absl::string_view bytes(
          static_cast<const char*>(tokens[t].const_data_ptr()),
          tokens[t].nbytes());
      CXR_RETURN_IF_ERROR(
          writer.Write(options_.tokens[t], range.begin * row_bytes, bytes));
    }
    return absl::OkStatus();
  }

  std::vector<at::Tensor> Compute(const std::vector<GrayImage>& images) const {
    const c10::NoGradGuard no_grad;
    // Threads work on batches of their own.
    at::set_num_threads(1);
    std::optional<Autocast> autocast;
    if (options_.bfloat16) autocast.emplace(device_.type(), at::kBFloat16);
    Vit vit = model_.vit;
    const VitFeatures features = vit(ToImageBatch(images, channels_, device_));
    std::vector<at::Tensor> tokens;
    for (const std::string& name : options_.tokens) {
      tokens.push_back(TokensOf(features, name));
    }
    return tokens;
  }

  const EmbedModel& model_;
  const EmbedFolderOptions& options_;
  const c10::Device device_;
  const std::vector<std::string> names_;
  const ChannelStatistics channels_;
  std::unique_ptr<DicomDecoder> decoder_;
};

}  // namespace

absl::StatusOr<EmbedFolderResult> EmbedFolder(
    const EmbedModel& model, const EmbedFolderOptions& options) {
  CXR_RETURN_IF_ERROR(CheckTokens(model, options.tokens));
  CXR_ASSIGN_OR_RETURN(std::vector<std::string> names,
                       ImageNames(options.images));
  CXR_ASSIGN_OR_RETURN(const c10::Device device, OpenDevice(options.device));
  Vit vit = model.vit;
  CXR_RETURN_IF_ERROR(
      CatchTorch("moving the model to the device", [&] { vit->to(device); }));
  EmbedFolderResult result = {.images = std::ssize(names),
                              .device = DescribeDevice(device)};
  const absl::Time begin = absl::Now();
  CXR_RETURN_IF_ERROR(Embedder(model, options, device, std::move(names)).Run());
  result.seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  return result;
}

}  // namespace cxr
