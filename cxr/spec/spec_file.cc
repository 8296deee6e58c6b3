// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/spec_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/deployment.pb.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/protocol.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/rung.pb.h"
#include "cxr/spec/spec_name.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/table.pb.h"
#include "cxr/spec/validate.h"

namespace cxr {
namespace {

using ::google::protobuf::Message;

// No person writes more; a larger file is no spec.
constexpr size_t kMaxBytes = 1 << 20;

// More of one file would only bury the first.
constexpr size_t kMostValueProblems = 100;

struct KindRow {
  SpecKind kind;
  absl::string_view name;
  // Folders and files below experiments/, first the usual one; none for the
  // kind of all other folders.
  std::array<absl::string_view, 3> places;
};

constexpr KindRow kKinds[] = {
    {SpecKind::kExperiment, "an experiment", {"classify/", "", ""}},
    {SpecKind::kFragment, "a fragment", {"common/", "", ""}},
    {SpecKind::kStudy, "a study", {"scale/", "ablate/", "external/"}},
    {SpecKind::kTable, "a table", {"tables/", "", ""}},
    {SpecKind::kPublished, "a published table", {"published/", "", ""}},
    {SpecKind::kClaims, "a set of claims", {"claims/", "", ""}},
    {SpecKind::kDeployment, "a deployment", {"deployments/", "", ""}},
    {SpecKind::kRungs, "the rungs", {"rungs.textproto", "", ""}},
    {SpecKind::kProtocols, "the protocols", {"protocols.textproto", "", ""}},
    {SpecKind::kFamilies, "the families", {"families.textproto", "", ""}},
};

const KindRow& RowOf(SpecKind kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind) {
      return row;
    }
  }
  CXR_CHECK(false) << "kind " << static_cast<int>(kind);
  return kKinds[0];
}

// Why there is nothing to parse, or nothing.
std::string FileProblem(const SpecText& input, const SpecFile& file) {
  if (!input.unreadable.empty()) {
    return absl::StrCat("cannot be read: ", input.unreadable);
  }
  if (!IsSpecName(file.name)) {
    return absl::StrCat("found the name '", file.name, "', expected ",
                        kNameCharacters);
  }
  if (file.text.size() > kMaxBytes) {
    return absl::StrCat("found ", file.text.size(),
                        " bytes, expected a spec of at most ", kMaxBytes);
  }
  return "";
}

bool HasErrors(const std::vector<TextIssue>& issues) {
  return std::any_of(issues.begin(), issues.end(),
                     [](const TextIssue& issue) { return !issue.warning; });
}

// Whether a spec of this kind must be complete without others.
bool IsWhole(SpecKind kind) {
  return kind != SpecKind::kExperiment && kind != SpecKind::kFragment;
}

// The kind as which the file has no mistakes, if it has some as its own: then
// it lies in the wrong folder.
const KindRow* OtherKind(const SpecFile& file) {
  for (const KindRow& row : kKinds) {
    const std::unique_ptr<Message> message = NewSpec(row.kind);
    if (message->GetDescriptor() != file.message->GetDescriptor() &&
        !HasErrors(ParseTextproto(file.text, *message).issues) &&
        message->ByteSizeLong() > 0) {
      return &row;
    }
  }
  return nullptr;
}

SpecIssue ToIssue(const TextIssue& issue, const SpecFile& file) {
  return {.file = file.path,
          .line = issue.place.line,
          .column = issue.place.column,
          .warning = issue.warning,
          .field = issue.field,
          .message = issue.message,
          .excerpt = Excerpt(file.text, issue.place)};
}

// The version that the file says it is written in; 0 if it does not.
int VersionOf(const Message& message) {
  const auto* field = message.GetDescriptor()->FindFieldByName("spec_version");
  CXR_CHECK(field != nullptr) << message.GetTypeName();
  return message.GetReflection()->GetInt32(message, field);
}

std::string VersionProblem(const SpecFile& file) {
  const int version = VersionOf(*file.message);
  if (version == kSpecVersion) {
    return "";
  }
  if (version > kSpecVersion) {
    return absl::StrCat(
        "found ", version, ", expected ", kSpecVersion,
        ": the file was written for a newer program, which can read it");
  }
  return absl::StrCat(
      version == 0 ? "is not set" : absl::StrCat("found ", version),
      ", expected spec_version: ", kSpecVersion,
      "; if the file was written for an older program: cxr upgrade ",
      file.path);
}

void CheckText(SpecFile& file, std::vector<SpecIssue>& issues) {
  ParsedTextproto parsed = ParseTextproto(file.text, *file.message);
  file.places = std::move(parsed.places);
  SetFile(file.id, file.places);
  file.broken = HasErrors(parsed.issues);
  if (file.broken) {
    const KindRow* other = OtherKind(file);
    if (other != nullptr) {
      issues.push_back({.file = file.path,
                        .message = absl::StrCat("found ", other->name,
                                                ", but files here are read as ",
                                                KindName(file.kind),
                                                "; move it to experiments/",
                                                other->places[0])});
      return;
    }
  }
  for (const TextIssue& issue : parsed.issues) {
    issues.push_back(ToIssue(issue, file));
  }
}

void CheckMessage(SpecFile& file, std::vector<SpecIssue>& issues) {
  std::vector<FieldProblem> values = CheckValues(*file.message);
  if (values.size() > kMostValueProblems) {
    values.resize(kMostValueProblems);
  }
  for (const FieldProblem& problem : values) {
    issues.push_back(Locate(problem, file));
  }
  if (file.broken) {
    return;  // What is missing may be what was not understood.
  }
  const std::string version = VersionProblem(file);
  if (!version.empty()) {
    issues.push_back(
        Locate({.field = "spec_version", .message = version}, file));
  }
  if (IsWhole(file.kind)) {
    for (const FieldProblem& problem : CheckComplete(*file.message)) {
      issues.push_back(Locate(problem, file));
    }
  }
}

}  // namespace

SpecKind KindOf(absl::string_view relative_path) {
  for (const KindRow& row : kKinds) {
    for (const absl::string_view place : row.places) {
      const bool here = absl::EndsWith(place, "/")
                            ? absl::StartsWith(relative_path, place)
                            : relative_path == place;
      if (!place.empty() && here) {
        return row.kind;
      }
    }
  }
  return SpecKind::kExperiment;
}

absl::string_view KindName(SpecKind kind) { return RowOf(kind).name; }

absl::string_view KindFolder(SpecKind kind) { return RowOf(kind).places[0]; }

std::unique_ptr<Message> NewSpec(SpecKind kind) {
  switch (kind) {
    case SpecKind::kExperiment:
    case SpecKind::kFragment:
      return std::make_unique<spec::ExperimentSpec>();
    case SpecKind::kStudy:
      return std::make_unique<spec::StudySpec>();
    case SpecKind::kTable:
      return std::make_unique<spec::TableSpec>();
    case SpecKind::kPublished:
      return std::make_unique<spec::PublishedValues>();
    case SpecKind::kClaims:
      return std::make_unique<spec::ClaimSet>();
    case SpecKind::kDeployment:
      return std::make_unique<spec::DeploymentSpec>();
    case SpecKind::kRungs:
      return std::make_unique<spec::RungSet>();
    case SpecKind::kProtocols:
      return std::make_unique<spec::ProtocolSet>();
    case SpecKind::kFamilies:
      return std::make_unique<spec::FamilySet>();
  }
  CXR_CHECK(false) << "kind " << static_cast<int>(kind);
  return nullptr;
}

std::unique_ptr<SpecFile> ReadSpec(SpecText input,
                                   std::vector<SpecIssue>& issues) {
  auto file = std::make_unique<SpecFile>();
  file->id = input.id;
  file->path = std::move(input.path);
  file->name = Stem(file->path);
  file->kind = input.kind;
  file->text = std::move(input.text);
  file->message = NewSpec(file->kind);
  const std::string problem = FileProblem(input, *file);
  if (!problem.empty()) {
    issues.push_back({.file = file->path, .message = problem});
    file->broken = true;
    return file;
  }
  const size_t before = issues.size();
  CheckText(*file, issues);
  CheckMessage(*file, issues);
  file->broken = std::any_of(
      issues.begin() + static_cast<std::ptrdiff_t>(before), issues.end(),
      [](const SpecIssue& issue) { return !issue.warning; });
  return file;
}

SpecIssue Locate(const FieldProblem& problem, const SpecFile& file,
                 const FieldPlace& place) {
  SpecIssue issue{.file = file.path,
                  .line = place.place.line,
                  .column = place.place.column,
                  .field = problem.field,
                  .message = problem.message};
  // The root's place is the whole file.
  if (place.number != 0) {
    issue.excerpt = Excerpt(file.text, place.place);
  }
  return issue;
}

SpecIssue Locate(const FieldProblem& problem, const SpecFile& file) {
  return Locate(
      problem, file,
      FindPlace(file.places, *file.message->GetDescriptor(), problem.field));
}

}  // namespace cxr
