// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_xray.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/source/example_ids.h"
#include "cxr/data/source/find_table.h"
#include "cxr/data/source/iu_annotation.h"
#include "cxr/data/source/iu_xml.h"
#include "cxr/data/source/reading.h"
#include "cxr/data/table/csv_reader.h"

namespace cxr {
namespace {

constexpr char kXmlFolder[] = "ecgen-radiology";
constexpr char kReports[] = "indiana_reports.csv";
constexpr char kProjections[] = "indiana_projections.csv";
constexpr char kAnnotation[] = "annotation.json";
constexpr char kR2GenFolder[] = "iu_xray";

// Collects studies and their images from any form.
class Builder {
 public:
  // Image names are relative to the first of `image_folders` that holds the
  // first image, to the first of all if none does.
  Builder(absl::string_view folder,
          absl::Span<const absl::string_view> image_folders)
      : folder_(folder),
        image_folders_(image_folders.begin(), image_folders.end()),
        ids_(&iu_.index.examples) {
    iu_.index.source = "iu_xray";
  }

  // The images added from here on stand in this file.
  void StartTable(absl::string_view path) { ids_.StartTable(path); }

  // Adds a study that stands at `place`.
  absl::Status AddStudy(absl::string_view id, IuReport report,
                        absl::string_view place) {
    const auto [study, is_new] = studies_.emplace(
        id, Study{.report = static_cast<int>(iu_.reports.size()),
                  .place = std::string(place)});
    if (!is_new) {
      return absl::DataLossError(absl::StrCat(
          place, ": found ", id, ", which stands at ", study->second.place,
          " already, expected every study once"));
    }
    iu_.reports.push_back(std::move(report));
    return absl::OkStatus();
  }

  bool HasStudy(absl::string_view id) const { return studies_.contains(id); }

  // Adds an image of a study that is there; `file` names it in its folder.
  absl::Status AddImage(Example example, absl::string_view file, int64_t line) {
    Study& study = studies_.find(example.study_id)->second;
    study.has_image = true;
    example.patient_id = example.study_id;
    example.path = JoinPath(ImageFolder(file), file);
    iu_.index.examples.push_back(std::move(example));
    iu_.report_of.push_back(study.report);
    return ids_.AddLast(line);
  }

  void Note(absl::string_view what, absl::string_view where) {
    AddRemark(what, where, &iu_.index.remarks);
  }

  IuXray Build() && {
    std::vector<const Study*> without_image(iu_.reports.size());
    for (const auto& [id, study] : studies_) {
      without_image[study.report] = study.has_image ? nullptr : &study;
    }
    for (const Study* study : without_image) {
      if (study != nullptr) {
        Note("reports without an image", study->place);
      }
    }
    return std::move(iu_);
  }

 private:
  struct Study {
    int report = 0;
    std::string place = {};
    bool has_image = false;
  };

  const std::string& ImageFolder(absl::string_view file) {
    if (!image_folder_.has_value()) {
      image_folder_ = image_folders_.front();
      for (const std::string& candidate : image_folders_) {
        if (Exists(JoinPath(folder_, JoinPath(candidate, file)))) {
          image_folder_ = candidate;
          break;
        }
      }
    }
    return *image_folder_;
  }

  std::string folder_;
  std::vector<std::string> image_folders_;
  std::optional<std::string> image_folder_;
  IuXray iu_;
  ExampleIds ids_;
  absl::flat_hash_map<std::string, Study> studies_;
};

absl::StatusOr<IuXray> ReadXmlForm(absl::string_view folder,
                                   const std::vector<std::string>& files) {
  Builder builder(folder, {"NLMCXR_png", "images", ""});
  for (const std::string& file : files) {
    const std::string path = JoinPath(folder, file);
    CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    CXR_ASSIGN_OR_RETURN(IuXmlReport xml, ParseIuXml(text, path));
    CXR_RETURN_IF_ERROR(builder.AddStudy(xml.id, std::move(xml.report), path));
    builder.StartTable(path);
    for (const IuXmlImage& image : xml.images) {
      CXR_RETURN_IF_ERROR(builder.AddImage({.id = image.id, .study_id = xml.id},
                                           absl::StrCat(image.id, ".png"),
                                           image.line));
    }
  }
  return std::move(builder).Build();
}

absl::Status AddKaggleReports(const std::string& path, Builder* builder) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const int uid, table.Column("uid"));
  CXR_ASSIGN_OR_RETURN(const int indication, table.Column("indication"));
  CXR_ASSIGN_OR_RETURN(const int comparison, table.Column("comparison"));
  CXR_ASSIGN_OR_RETURN(const int findings, table.Column("findings"));
  CXR_ASSIGN_OR_RETURN(const int impression, table.Column("impression"));
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    const auto section = [&](int column) {
      const absl::string_view cell = table.cells()[column];
      return IsBlank(cell) ? std::string()
                           : std::string(absl::StripAsciiWhitespace(cell));
    };
    if (table.cells()[uid].empty()) {
      return table.Unexpected(uid, "the number of a study");
    }
    CXR_RETURN_IF_ERROR(builder->AddStudy(table.cells()[uid],
                                          {.indication = section(indication),
                                           .comparison = section(comparison),
                                           .findings = section(findings),
                                           .impression = section(impression)},
                                          table.Place()));
  }
}

absl::Status AddKaggleImages(const std::string& path, Builder* builder) {
  CXR_ASSIGN_OR_RETURN(CsvReader table, CsvReader::Open(path));
  CXR_ASSIGN_OR_RETURN(const int uid, table.Column("uid"));
  CXR_ASSIGN_OR_RETURN(const int filename, table.Column("filename"));
  CXR_ASSIGN_OR_RETURN(const int projection, table.Column("projection"));
  builder->StartTable(path);
  while (true) {
    CXR_ASSIGN_OR_RETURN(const bool more, table.Next());
    if (!more) {
      return absl::OkStatus();
    }
    const View view = ParseView(table.cells()[projection]);
    if (view != View::kFrontal && view != View::kLateral) {
      return table.Unexpected(projection, "Frontal or Lateral");
    }
    const std::string file(table.cells()[filename]);
    if (!IsPlainFileName(file)) {
      return table.Unexpected(filename, "a name like 1_IM-0001-4001.dcm.png");
    }
    const std::string study(table.cells()[uid]);
    if (!builder->HasStudy(study)) {
      builder->Note("projections of a study without a report, left out",
                    table.Place());
      continue;
    }
    CXR_RETURN_IF_ERROR(builder->AddImage(
        {.id = file, .study_id = study, .view = view}, file, table.line()));
  }
}

absl::StatusOr<IuXray> ReadKaggleForm(absl::string_view folder,
                                      const std::vector<std::string>& files) {
  Builder builder(folder,
                  {"images/images_normalized", "images_normalized", "images"});
  CXR_RETURN_IF_ERROR(AddKaggleReports(JoinPath(folder, files[0]), &builder));
  CXR_RETURN_IF_ERROR(AddKaggleImages(JoinPath(folder, files[1]), &builder));
  return std::move(builder).Build();
}

absl::StatusOr<IuXray> ReadR2GenForm(absl::string_view folder,
                                     const std::string& file) {
  const std::string images = JoinPath(
      absl::StartsWith(file, kR2GenFolder) ? kR2GenFolder : "", "images");
  Builder builder(folder, {images});
  const std::string path = JoinPath(folder, file);
  CXR_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  CXR_ASSIGN_OR_RETURN(const std::vector<IuStudy> studies,
                       ParseIuAnnotation(text, path));
  builder.StartTable(absl::StrCat(path, ": study"));
  int64_t number = 0;
  for (const IuStudy& study : studies) {
    ++number;  // from 1 over all parts, which stands in for a line
    CXR_RETURN_IF_ERROR(
        builder.AddStudy(study.id, {.findings = study.report},
                         absl::StrCat(path, ": study:", number)));
    for (const std::string& image : study.images) {
      CXR_RETURN_IF_ERROR(builder.AddImage(
          {.id = image, .study_id = study.id, .part = study.part}, image,
          number));
    }
  }
  return std::move(builder).Build();
}

enum class Form { kXml, kKaggle, kR2Gen };

// The form in which the source lies in a folder, and its files.
struct Found {
  Form form = Form::kXml;
  std::vector<std::string> files = {};
};

absl::StatusOr<Found> Find(absl::string_view folder) {
  if (Exists(JoinPath(folder, kXmlFolder))) {
    Found found{.form = Form::kXml};
    CXR_ASSIGN_OR_RETURN(const std::vector<std::string> names,
                         ListFolder(JoinPath(folder, kXmlFolder)));
    for (const std::string& name : names) {
      if (absl::EndsWith(name, ".xml") && IsPlainFileName(name)) {
        found.files.push_back(JoinPath(kXmlFolder, name));
      }
    }
    if (found.files.empty()) {
      return absl::NotFoundError(absl::StrCat(
          JoinPath(folder, kXmlFolder), ": found no *.xml, expected reports"));
    }
    return found;
  }
  if (FindOptionalFile(folder, {kReports, kProjections}).has_value()) {
    Found found{.form = Form::kKaggle};
    CXR_ASSIGN_OR_RETURN(found.files.emplace_back(),
                         FindFile(folder, {kReports}));
    CXR_ASSIGN_OR_RETURN(found.files.emplace_back(),
                         FindFile(folder, {kProjections}));
    return found;
  }
  for (const std::string& file :
       {std::string(kAnnotation), JoinPath(kR2GenFolder, kAnnotation)}) {
    if (Exists(JoinPath(folder, file))) {
      return Found{.form = Form::kR2Gen, .files = {file}};
    }
  }
  return absl::NotFoundError(absl::StrCat(
      folder, ": found none of ", kXmlFolder, ", ", kReports, ", ", kAnnotation,
      ", ", kR2GenFolder, "/", kAnnotation, ", expected one of them"));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> IuXrayFiles(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(Found found, Find(folder));
  return std::move(found.files);
}

absl::StatusOr<IuXray> LoadIuXray(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(const Found found, Find(folder));
  switch (found.form) {
    case Form::kXml:
      return ReadXmlForm(folder, found.files);
    case Form::kKaggle:
      return ReadKaggleForm(folder, found.files);
    case Form::kR2Gen:
      return ReadR2GenForm(folder, found.files[0]);
  }
  CXR_CHECK(false) << "form " << static_cast<int>(found.form);
  return IuXray();
}

absl::StatusOr<ImageIndex> ReadIuXray(absl::string_view folder) {
  CXR_ASSIGN_OR_RETURN(IuXray iu, LoadIuXray(folder));
  return std::move(iu.index);
}

}  // namespace cxr
