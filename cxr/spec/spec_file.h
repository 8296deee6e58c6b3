// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_SPEC_FILE_H_
#define CXR_SPEC_SPEC_FILE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/spec/issue.h"
#include "cxr/spec/places.h"
#include "cxr/textproto/textproto.h"

// One file of experiments/, read and checked by itself.

namespace cxr {

// The version of the language that this program reads. Raised when a field
// moves or changes its meaning, with a step in upgrade.cc.
inline constexpr int kSpecVersion = 2;

// What a file declares.
enum class SpecKind {
  kExperiment,
  kFragment,
  kStudy,
  kTable,
  kPublished,
  kClaims,
  kDeployment,
  kRungs,
  kProtocols,
  kFamilies,
};

// Decided by the place of the file below experiments/: the first folder, or
// for rungs.textproto, protocols.textproto and families.textproto the name.
SpecKind KindOf(absl::string_view relative_path);

// "an experiment", "a study", ... for messages.
absl::string_view KindName(SpecKind kind);

// Where files of this kind lie: "experiments/common/".
absl::string_view KindFolder(SpecKind kind);

// An empty message of the kind's type.
std::unique_ptr<google::protobuf::Message> NewSpec(SpecKind kind);

struct SpecFile {
  int id = 0;             // FieldPlace::file of its places.
  std::string path = {};  // As it was named to the program.
  std::string name = {};  // Without folder and extension.
  SpecKind kind = SpecKind::kExperiment;
  std::string text = {};
  std::unique_ptr<google::protobuf::Message> message = {};  // Never null.
  FieldPlace places = {};
  // Nothing of it can be trusted, so whatever needs it is not judged.
  bool broken = false;

  // The message as what it is; `Message` must be the kind's type.
  template <typename Message>
  const Message& As() const {
    CXR_CHECK(message->GetDescriptor() == Message::descriptor()) << path;
    return *google::protobuf::DynamicCastToGenerated<Message>(message.get());
  }
};

// Where a file lies and what is in it.
struct SpecText {
  int id = 0;
  std::string path = {};
  SpecKind kind = SpecKind::kExperiment;
  std::string text = {};
  std::string unreadable = {};  // Why there is no text, if there is none.
};

// Reads a file and adds what is wrong with it to `issues`: its syntax, unknown
// fields, wrong types, values out of range, its version, and for kinds that
// are complete by themselves what is not set; or why it cannot be read.
std::unique_ptr<SpecFile> ReadSpec(SpecText input,
                                   std::vector<SpecIssue>& issues);

// `problem` at its place in `file`, of which `places` are places.
SpecIssue Locate(const FieldProblem& problem, const SpecFile& file,
                 const FieldPlace& place);

// `problem` of the file's own message, at its place.
SpecIssue Locate(const FieldProblem& problem, const SpecFile& file);

}  // namespace cxr

#endif  // CXR_SPEC_SPEC_FILE_H_
