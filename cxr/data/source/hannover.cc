// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/hannover.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/file_dataset.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr char kTable[] = "data_subset.csv";
constexpr size_t kIdDigits = 8;
constexpr uint8_t kWhite = 255;

// Relative to the folder.
std::string ImageFile(absl::string_view id) {
  return absl::StrCat("images/", id, ".png");
}
std::string MaskFile(absl::string_view id) {
  return absl::StrCat("lung_masks/", id, ".png");
}

absl::StatusOr<ImageIndex> ReadIndex(absl::string_view folder) {
  const std::string path = JoinPath(folder, kTable);
  ImageIndex index{.source = "hannover"};
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const int patient, table.Column("patient_id"));
  CXR_ASSIGN_OR_RETURN(const int image, table.Column("image_id"));
  CXR_ASSIGN_OR_RETURN(const int sex, table.Column("sex"));
  CXR_ASSIGN_OR_RETURN(const int view, table.Column("projection"));
  ExampleIds ids(&index.examples);
  ids.StartTable(path);
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return index;
    }
    const std::string id(table.cells()[image]);
    if (id.size() != kIdDigits ||
        !std::all_of(id.begin(), id.end(), absl::ascii_isxdigit)) {
      return table.Unexpected(image, "8 hexadecimal digits");
    }
    Example example{.id = id,
                    .patient_id = std::string(table.cells()[patient]),
                    .path = ImageFile(id),
                    .view = ParseView(table.cells()[view])};
    if (example.view != View::kPa && example.view != View::kAp) {
      return table.Unexpected(view, "pa or ap");
    }
    CXR_ASSIGN_OR_RETURN(example.sex, SexCell(table, sex, &index.remarks));
    index.examples.push_back(std::move(example));
    CXR_RETURN_IF_ERROR(ids.AddLast(table.line()));
  }
}

// 1 where the file is white, 0 where it is black.
absl::StatusOr<GrayImage> ReadMask(absl::string_view path, int width,
                                   int height) {
  CXR_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  CXR_ASSIGN_OR_RETURN(GrayImage mask, DecodePngGray(bytes, path));
  if (mask.width != width || mask.height != height) {
    return absl::DataLossError(
        absl::StrCat(path, ": found a mask of ", mask.width, " x ", mask.height,
                     " pixels, expected its image's ", width, " x ", height));
  }
  for (uint8_t& pixel : mask.pixels) {
    if (pixel != 0 && pixel != kWhite) {
      return absl::DataLossError(absl::StrCat(path, ": found a pixel of ",
                                              pixel, ", expected 0 or 255"));
    }
    pixel = pixel == kWhite ? 1 : 0;
  }
  return mask;
}

class Hannover final : public FileDataset {
 public:
  Hannover(ImageIndex index, absl::string_view folder)
      : FileDataset(std::move(index), {.folder = std::string(folder)}),
        folder_(folder) {}

  std::vector<std::string> mask_classes() const override { return {"Lungs"}; }

  absl::StatusOr<GrayImage> LoadMask(int i,
                                     const GrayImage& image) const override {
    return ReadMask(JoinPath(folder_, MaskFile(index().examples[i].id)),
                    image.width, image.height);
  }

 private:
  const std::string folder_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Dataset>> LoadHannover(
    absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(ImageIndex index, ReadIndex(folder));
  return std::make_unique<Hannover>(std::move(index), folder);
}

absl::StatusOr<std::vector<std::string>> HannoverFiles(
    absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const ImageIndex index, ReadIndex(folder));
  std::vector<std::string> files = {kTable};
  for (const Example& example : index.examples) {
    files.push_back(ImageFile(example.id));
    files.push_back(MaskFile(example.id));
  }
  return files;
}

}  // namespace cxr
