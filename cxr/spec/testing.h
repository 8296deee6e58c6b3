// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SPEC_TESTING_H_
#define CXR_SPEC_TESTING_H_

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cxr/base/testing.h"
#include "cxr/spec/catalog.h"
#include "cxr/spec/experiment.pb.h"
#include "cxr/spec/library.h"
#include "cxr/spec/places.h"
#include "cxr/textproto/textproto.h"

// Small specs for tests, so that each states only what matters to it.
//
//   SpecTree tree;
//   tree.Write("classify/b.textproto", "include: 'pixels'\n");
//   EXPECT_EQ(tree.LintText(), "");

namespace cxr {

// An experiment that is complete and right: a linear probe on pixels.
extern const char kPixelProbe[];

// Laid over kPixelProbe: the same on a small random transformer.
extern const char kVitOverlay[];

// Laid over both: trains the transformer first and probes the result.
extern const char kOwnPretraining[];

// The message of a text without mistakes.
template <typename Message>
Message ParseSpec(absl::string_view text) {
  Message message;
  for (const TextIssue& issue : ParseTextproto(text, message).issues) {
    ADD_FAILURE() << issue.place.line << ": " << issue.field << ": "
                  << issue.message;
  }
  return message;
}

// The texts, each laid over the ones before it.
spec::ExperimentSpec Layered(const std::vector<absl::string_view>& texts);

// Pretraining alone, complete and right, with the backbone of kVitOverlay.
std::string PretrainingText();

// "field: message" of each.
std::vector<std::string> TextsOf(const std::vector<FieldProblem>& problems);

// Adds the type of a message, which may be null, and those of all messages that
// may be in it.
void AddMessages(const google::protobuf::Descriptor* type,
                 std::set<const google::protobuf::Descriptor*>& types);

// A folder of specs, deleted with the object. It begins with what lint has
// nothing against:
//   rungs.textproto          paper and demo, without rules
//   protocols.textproto      as_published, without rules
//   families.textproto       a
//   common/pixels.textproto  kPixelProbe
//   classify/a.textproto     include: 'pixels'
class SpecTree {
 public:
  SpecTree();

  // Writes a file, replacing an older one. Its first line becomes
  // "spec_version: 2", so that `text` begins in the second.
  void Write(absl::string_view file, absl::string_view text);

  // The bytes as they are.
  void WriteRaw(absl::string_view file, absl::string_view bytes);

  void Remove(absl::string_view file);

  const std::string& path() const { return dir_.path(); }
  SpecCatalog Catalog() const;
  SpecLibrary Library() const;

  // All that lint says, one issue after the other, with the names of files as
  // they were given to Write.
  std::string LintText() const;

  // `text` with the names of files as they were given to Write.
  std::string Relative(absl::string_view text) const;

 private:
  TempDir dir_;
};

// For tests of what experiments/ declares, which is their data.
class RealExperimentsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite() { library_.reset(); }

  // Empty, and a failure of the test, if it does not resolve.
  static spec::ExperimentSpec Resolved(absl::string_view name,
                                       absl::string_view rung);

  static std::unique_ptr<SpecLibrary> library_;
};

}  // namespace cxr

#endif  // CXR_SPEC_TESTING_H_
