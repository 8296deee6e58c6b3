// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/make_dataset.h"

#include <functional>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/brax.h"
#include "cxr/data/source/chexmask.h"
#include "cxr/data/source/chexmask_landmarks.h"
#include "cxr/data/source/chexpert.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/data/source/hannover.h"
#include "cxr/data/source/iu_xray.h"
#include "cxr/data/source/mimic_cxr.h"
#include "cxr/data/source/nih64.h"
#include "cxr/data/source/nih_cxr8.h"
#include "cxr/data/source/padchest.h"
#include "cxr/data/source/rsna.h"
#include "cxr/data/source/vindr.h"

namespace cxr {
namespace {

struct Reader {
  // As its maker writes it.
  absl::string_view title;
  std::function<absl::StatusOr<std::vector<std::string>>(absl::string_view)>
      files;
  std::function<absl::StatusOr<ImageIndex>(absl::string_view)> read;
};

Reader ReaderOf(spec::Source source) {
  switch (source) {
    case spec::CHEXPERT:
      return {"CheXpert", ChexpertFiles, ReadChexpert};
    case spec::MIMIC_CXR:
      return {"MIMIC-CXR", MimicCxrFiles, ReadMimicCxr};
    case spec::PADCHEST:
      return {"PadChest", PadchestFiles, ReadPadchest};
    case spec::NIH_CXR8:
      return {"NIH-CXR8", NihCxr8Files, ReadNihCxr8};
    case spec::BRAX:
      return {"BRAX", BraxFiles, ReadBrax};
    case spec::RSNA:
      return {"RSNA", RsnaFiles, ReadRsna};
    case spec::VINDR:
      return {"VinDr-CXR", VindrFiles, ReadVindr};
    case spec::CHEXMASK:
      return {"CheXmask", ChexmaskFiles, nullptr};
    case spec::IU_XRAY:
      return {"IU-Xray", IuXrayFiles, ReadIuXray};
    case spec::NIH64:
      return {"nih64", [](absl::string_view) { return Nih64Files(); }, nullptr};
    case spec::HANNOVER:
      return {"hannover", HannoverFiles, nullptr};
    default:
      break;
  }
  CXR_CHECK(false) << "unresolved spec: source " << source;
  return {};
}

SixteenBitRule RuleOf(spec::SixteenBit rule) {
  switch (rule) {
    case spec::RESCALED:
      return SixteenBitRule::kMinMax;
    case spec::CLIPPED_AS_RELEASED:
      return SixteenBitRule::kPillowClip;
    case spec::SHIFTED:
      return SixteenBitRule::kShift8;
    default:
      return SixteenBitRule::kRefuse;
  }
}

bool IsDicom(spec::Source source) {
  return source == spec::RSNA || source == spec::VINDR;
}

absl::StatusOr<FileDatasetOptions> OptionsFor(const spec::DataSpec& spec,
                                              std::string folder,
                                              const DataRoots& roots) {
  if (roots.dicom_worker.empty() && IsDicom(spec.source())) {
    return absl::NotFoundError(
        "dicom_worker: this program, which decodes DICOM files, is not beside "
        "the one that runs");
  }
  FileDatasetOptions options{.folder = std::move(folder),
                             .sixteen_bit = RuleOf(spec.sixteen_bit())};
  if (!roots.dicom_worker.empty()) {
    CXR_ASSIGN_OR_RETURN(
        options.dicom, DicomDecoder::Create({.worker = roots.dicom_worker,
                                             .processes = AvailableThreads()}));
  }
  return options;
}

// Images of MIMIC-CXR with the masks of CheXmask.
class ChexmaskDataset final : public FileDataset {
 public:
  ChexmaskDataset(ImageIndex index, FileDatasetOptions options,
                  ChexmaskMasks masks)
      : FileDataset(std::move(index), std::move(options)),
        masks_(std::move(masks)) {}

  std::vector<std::string> mask_classes() const override {
    return {kChexmaskOrgans.begin(), kChexmaskOrgans.end()};
  }

  absl::StatusOr<GrayImage> LoadMask(int i,
                                     const GrayImage& image) const override {
    const std::optional<int> row = masks_.Find(index().examples[i].id);
    CXR_CHECK(row.has_value()) << "the index holds images with masks alone";
    return masks_.Mask(*row, image.width, image.height);
  }

 private:
  const ChexmaskMasks masks_;
};

absl::StatusOr<std::unique_ptr<Dataset>> MakeChexmask(
    const spec::DataSpec& spec, const std::string& folder,
    const DataRoots& roots) {
  CXR_ASSIGN_OR_RETURN(const std::string images,
                       ImageFolder(spec::CHEXMASK, roots));
  CXR_ASSIGN_OR_RETURN(ChexmaskMasks masks, OpenChexmask(folder));
  CXR_ASSIGN_OR_RETURN(const ImageIndex all, ReadMimicCxr(images));
  CXR_ASSIGN_OR_RETURN(ImageIndex index,
                       JoinChexmask(all, masks, spec.masks().minimum_rca()));
  index.synthetic = IsSynthetic(spec::CHEXMASK, roots);
  CXR_ASSIGN_OR_RETURN(FileDatasetOptions options,
                       OptionsFor(spec, images, roots));
  return std::make_unique<ChexmaskDataset>(std::move(index), std::move(options),
                                           std::move(masks));
}

absl::StatusOr<std::unique_ptr<Dataset>> MakeIuXray(const spec::DataSpec& spec,
                                                    const std::string& folder,
                                                    const DataRoots& roots) {
  CXR_ASSIGN_OR_RETURN(IuXray loaded, LoadIuXray(folder));
  ImageIndex index = loaded.index;
  index.synthetic = IsSynthetic(spec::IU_XRAY, roots);
  CXR_ASSIGN_OR_RETURN(FileDatasetOptions options,
                       OptionsFor(spec, folder, roots));
  options.report = [iu = std::move(loaded)](
                       int i, const Example&) -> absl::StatusOr<std::string> {
    return IuReportText(iu.Report(i));
  };
  return std::make_unique<FileDataset>(std::move(index), std::move(options));
}

}  // namespace

std::string SourceName(spec::Source source) {
  return absl::AsciiStrToLower(spec::Source_Name(source));
}

bool IsSample(spec::Source source) {
  return source == spec::NIH64 || source == spec::HANNOVER;
}

absl::StatusOr<std::string> SourceFolder(spec::Source source,
                                         const DataRoots& roots) {
  const std::string name = SourceName(source);
  if (IsSample(source)) {
    return JoinPath(roots.samples, name);
  }
  const absl::string_view title = ReaderOf(source).title;
  if (roots.data_root.empty()) {
    return absl::UnimplementedError(absl::StrCat(
        "data: ", title, " is not included; give the folder that holds ", name,
        "/ with --data_root"));
  }
  const std::string folder = JoinPath(roots.data_root, name);
  if (!Exists(folder)) {
    return absl::UnimplementedError(
        absl::StrCat("data: no ", title, " here, looked for ", folder));
  }
  return folder;
}

absl::StatusOr<std::string> ImageFolder(spec::Source source,
                                        const DataRoots& roots) {
  return SourceFolder(source == spec::CHEXMASK ? spec::MIMIC_CXR : source,
                      roots);
}

bool IsSynthetic(spec::Source source, const DataRoots& roots) {
  for (const absl::StatusOr<std::string>& folder :
       {SourceFolder(source, roots), ImageFolder(source, roots)}) {
    if (folder.ok() && Exists(JoinPath(*folder, kSyntheticMarker))) {
      return true;
    }
  }
  return false;
}

absl::StatusOr<std::vector<IndexFile>> IndexFiles(spec::Source source,
                                                  const DataRoots& roots) {
  std::vector<IndexFile> all;
  if (source == spec::CHEXMASK) {
    CXR_ASSIGN_OR_RETURN(all, IndexFiles(spec::MIMIC_CXR, roots));
    for (IndexFile& file : all) {
      file.name = absl::StrCat(SourceName(spec::MIMIC_CXR), "/", file.name);
    }
  }
  CXR_ASSIGN_OR_RETURN(const std::string folder, SourceFolder(source, roots));
  CXR_ASSIGN_OR_RETURN(const std::vector<std::string> files,
                       ReaderOf(source).files(folder));
  for (const std::string& file : files) {
    all.push_back({.name = file, .path = JoinPath(folder, file)});
  }
  const std::string marker = JoinPath(folder, kSyntheticMarker);
  if (Exists(marker)) {
    all.push_back({.name = std::string(kSyntheticMarker), .path = marker});
  }
  return all;
}

absl::StatusOr<ImageIndex> ReadIndex(spec::Source source,
                                     const DataRoots& roots) {
  spec::DataSpec spec;
  spec.set_source(source);
  return ReadIndex(spec, roots);
}

absl::StatusOr<ImageIndex> ReadIndex(const spec::DataSpec& spec,
                                     const DataRoots& roots) {
  CXR_CHECK(!spec.has_drawn()) << "nobody has drawn the source";
  CXR_ASSIGN_OR_RETURN(const std::string folder,
                       SourceFolder(spec.source(), roots));
  const Reader reader = ReaderOf(spec.source());
  if (reader.read != nullptr) {
    CXR_ASSIGN_OR_RETURN(ImageIndex index, reader.read(folder));
    index.synthetic = IsSynthetic(spec.source(), roots);
    return index;
  }
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(spec, roots));
  return dataset->index();
}

absl::StatusOr<std::unique_ptr<Dataset>> MakeDataset(const spec::DataSpec& spec,
                                                     const DataRoots& roots) {
  CXR_CHECK(!spec.has_drawn()) << "nobody has drawn the source";
  CXR_ASSIGN_OR_RETURN(const std::string folder,
                       SourceFolder(spec.source(), roots));
  switch (spec.source()) {
    case spec::NIH64:
      return LoadNih64(folder);
    case spec::HANNOVER:
      return LoadHannover(folder);
    case spec::CHEXMASK:
      return MakeChexmask(spec, folder, roots);
    case spec::IU_XRAY:
      return MakeIuXray(spec, folder, roots);
    default:
      break;
  }
  CXR_ASSIGN_OR_RETURN(ImageIndex index, ReaderOf(spec.source()).read(folder));
  index.synthetic = IsSynthetic(spec.source(), roots);
  CXR_ASSIGN_OR_RETURN(FileDatasetOptions options,
                       OptionsFor(spec, folder, roots));
  if (spec.source() == spec::MIMIC_CXR) {
    options.report = [folder](int, const Example& example) {
      return ReadMimicCxrReport(folder, example);
    };
  }
  return std::make_unique<FileDataset>(std::move(index), std::move(options));
}

}  // namespace cxr
