// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/synth_pictures.h"

#include <memory>
#include <numeric>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/inspect/contact_sheet.h"
#include "cxr/data/inspect/pictures.h"
#include "cxr/synth/emit/plan_source.h"
#include "cxr/synth/patient/finding.h"
#include "cxr/synth/pictures/finding_sheet.h"
#include "tools/data_choice.h"

namespace cxr {
namespace {

// A page that grows by pictures.
class Page {
 public:
  explicit Page(std::string folder) : folder_(std::move(folder)) {}

  void Begin(absl::string_view title, absl::string_view text) {
    absl::StrAppend(&body_, "<h2>", title, "</h2>\n<p>", text, "</p>\n");
  }

  absl::Status Add(absl::string_view name, const RgbImage& sheet) {
    CXR_ASSIGN_OR_RETURN(const std::string png, EncodePngRgb(sheet));
    const std::string file = absl::StrCat(name, ".png");
    CXR_RETURN_IF_ERROR(WriteFileAtomically(JoinPath(folder_, file), png));
    absl::StrAppend(&body_, "<h3>", name, "</h3>\n<img src=\"", file,
                    "\" alt=\"", name, "\">\n");
    return absl::OkStatus();
  }

  absl::Status Finish() const {
    return WriteFileAtomically(
        JoinPath(folder_, "index.html"),
        absl::StrCat("<!DOCTYPE html>\n<html lang=\"en\">\n<meta "
                     "charset=\"utf-8\">\n<title>cxr synth</title>\n"
                     "<style>body{background:#111;color:#ddd;font-family:"
                     "sans-serif}img{max-width:100%}</style>\n<h1>SYNTHETIC: "
                     "what cxr synth draws</h1>\n",
                     body_, "</html>\n"));
  }

 private:
  std::string folder_;
  std::string body_;
};

absl::Status AddSource(spec::Source source, const PicturesOptions& options,
                       Page& page) {
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset,
                       MakeDataset(WholeSource(source), options.roots));
  std::vector<int> rows(dataset->index().examples.size());
  if (rows.empty()) {
    return absl::OkStatus();
  }
  std::iota(rows.begin(), rows.end(), 0);
  return page.Add(
      SourceName(source),
      MakeContactSheet(
          ImageCells(*dataset, SomeOf(rows, options.images, options.seed)),
          SheetOptions()));
}

}  // namespace

absl::Status WriteSynthPictures(const PicturesOptions& options) {
  CXR_RETURN_IF_ERROR(CreateDirectories(options.folder));
  Page page(options.folder);
  const synth::FindingSheetOptions sheet{.seed = options.seed,
                                         .difficulty = options.difficulty,
                                         .threads = options.threads};
  page.Begin("Findings",
             "A row a person; without the finding, then severity 0.3, 0.6 and "
             "1, and that with its boxes.");
  CXR_RETURN_IF_ERROR(page.Add("Normal", synth::NormalSheet(sheet)));
  for (int i = 0; i < synth::kFindings; ++i) {
    const synth::Finding finding = synth::FindingAt(i);
    CXR_RETURN_IF_ERROR(page.Add(synth::FindingName(finding),
                                 synth::FindingSheet(finding, sheet)));
  }
  page.Begin("Sources", "As their readers give them, with masks and boxes.");
  for (const spec::Source source : synth::DrawnSources()) {
    if (SourceFolder(source, options.roots).ok()) {
      CXR_RETURN_IF_ERROR(AddSource(source, options, page));
    }
  }
  page.Begin("Real", "Radiographs of patients, to compare with.");
  for (const spec::Source source : {spec::HANNOVER, spec::NIH64}) {
    CXR_RETURN_IF_ERROR(AddSource(source, options, page));
  }
  return page.Finish();
}

}  // namespace cxr
