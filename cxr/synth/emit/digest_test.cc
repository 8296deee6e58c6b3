// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// What every compiler and machine must write, as digests: tables and reports
// of each source, before they are packed. Films have theirs in film_test.
#include "cxr/base/digest.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/make_dataset.h"
#include "cxr/data/table/table_text.h"
#include "cxr/synth/emit/plan_source.h"

namespace cxr::synth {
namespace {

bool IsImage(absl::string_view path) {
  return absl::EndsWith(path, ".jpg") || absl::EndsWith(path, ".png") ||
         absl::EndsWith(path, ".dcm") || absl::EndsWith(path, ".dicom");
}

// What a gzip file holds: how it is packed is a matter of the library.
std::string Unpacked(const std::string& packed) {
  const TempDir folder;
  EXPECT_OK(WriteNewFile(folder.File("a.gz"), packed));
  const absl::StatusOr<TableText> text = TableText::Open(folder.File("a.gz"));
  EXPECT_OK(text.status());
  EXPECT_TRUE(text->complete());
  return {text->data(), text->size()};
}

std::string DigestOf(const SourcePlan& plan) {
  std::string all;
  for (const PlannedFile& file : plan.files) {
    if (IsImage(file.path)) {
      absl::StrAppend(&all, file.path, "\n");
      continue;
    }
    absl::StatusOr<std::string> text = file.make();
    EXPECT_OK(text.status());
    absl::StrAppend(&all, file.path, "\n",
                    absl::EndsWith(file.path, ".gz") ? Unpacked(*text) : *text,
                    "\n");
  }
  return Sha256Hex(all);
}

// Whoever changes one of these on purpose raises kGeneratorVersion, so that
// folders drawn before are drawn again.
TEST(DigestTest, TablesAndReportsAreTheSameEverywhere) {
  const std::map<std::string, std::string> expected = {
      {"chexpert",
       "6c885caa6b9baabebbc4e8d1761fb79c58857c0d0a3990c2bf84f6e0c9417d31"},
      {"mimic_cxr",
       "669d2b62a15db1d3a33a9e06d6b346db2321cb7f9ddfab5294357653b74dc14c"},
      {"padchest",
       "ec0ca0ecb3f0c95a9e82dcc9c94e3591b5415bde4d60dd5cff806cb1029b012a"},
      {"nih_cxr8",
       "07a808ca71f8dcb0da568d0912f04e44c1e44c3a8c2777ef1cecda18b54c6991"},
      {"brax",
       "cb7816cb2c05062592c0f3e92c4baa74a25d480d262fae984fad4a713f7659de"},
      {"rsna",
       "c113afd1a52de9c9c558baadb18a1f5af49ff3629f21d28b2b9e72387b3278cb"},
      {"vindr",
       "47c9948b2ebd43805ec4acce80499014171f80953f73e5c2344e0e9ee8b71ff2"},
      {"chexmask",
       "e91a13b8594fe0013baee386ca28afca6ccc900ae3d5b75fcf8bb72dad59a67e"},
      {"iu_xray",
       "cd0e836f4136d88b9288032ba5a7899ec8afaba64ae99aa6a38ced15aa37774d"}};
  for (const spec::Source source : DrawnSources()) {
    const std::string name = SourceName(source);
    const std::optional<SourcePlan> plan = PlanSource(
        source, {.seed = 1, .patients = 12, .scale = 0.03, .defects = true});
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->truth.generator_version(), 1);
    EXPECT_EQ(DigestOf(*plan), expected.at(name)) << name;
  }
}

}  // namespace
}  // namespace cxr::synth
