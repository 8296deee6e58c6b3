// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kComplete[] = R"(
  data { source: NIH64 views: [PA, AP] max_patients: 0 }
  features {
    preprocess { equalization: OPENCV_HISTOGRAM input_size_pixels: 32 }
    pixels {}
  }
  train {
    patient_folds {}
    linear_probe {
      learning_rate: 1e-3 weight_decay: 0 beta1: 0.9 beta2: 0.999
      epsilon: 1e-8 epochs: 5 batch_images: 64 weight_init_std: 0.01
      scaling: STANDARDIZED seed: 1
    }
  }
  predict { subset: OUT_OF_FOLD }
  score {
    profile: CXFORMER_FINETUNE
    bootstrap { resamples: 100 confidence: 0.95 seed: 1 unit: PATIENT }
  })";

constexpr char kRungs[] = R"(
  rungs {
    name: "paper" description: "all of it" judges_sanity_checks: true
  }
  rungs {
    name: "demo" description: "little" judges_sanity_checks: true
    rules {
      including: "pix.*"
      overlay { train { linear_probe { epochs: 2 } } }
    }
  })";

class LibraryTest : public ::testing::Test {
 protected:
  LibraryTest() {
    Write("rungs.textproto", kRungs);
    Write("families.textproto", "families { id: 'a' display: 'A' link: 'a' }");
    Write("common/pixels.textproto", kComplete);
    Write("classify/classify_a.textproto",
          "include: 'pixels' train { targets: 'x' }");
  }

  void Write(const std::string& file, const std::string& text) {
    const std::string path = dir_.File(file);
    EXPECT_OK(CreateDirectories(path.substr(0, path.rfind('/'))));
    EXPECT_OK(WriteFileAtomically(path, text));
  }

  SpecLibrary Load() const {
    absl::StatusOr<SpecLibrary> library = SpecLibrary::Load(dir_.path());
    EXPECT_OK(library);
    return *std::move(library);
  }

  std::vector<std::string> LintTexts() const {
    std::vector<std::string> texts;
    for (const SpecIssue& issue : Load().Lint()) {
      texts.push_back(ToString(issue));
    }
    return texts;
  }

  TempDir dir_;
};

TEST_F(LibraryTest, CompleteFilesHaveNoIssues) {
  EXPECT_THAT(LintTexts(), IsEmpty());
}

TEST_F(LibraryTest, ResolvingMergesFragmentsFileAndRung) {
  ASSERT_OK_AND_ASSIGN(const ResolvedExperiment paper,
                       Load().Resolve("classify_a", "paper"));
  EXPECT_EQ(paper.spec.train().linear_probe().epochs(), 5);
  EXPECT_THAT(paper.spec.train().targets(), ElementsAre("x"));
  EXPECT_EQ(paper.spec.include_size(), 0);
  ASSERT_OK_AND_ASSIGN(const ResolvedExperiment demo,
                       Load().Resolve("classify_a", "demo"));
  EXPECT_EQ(demo.spec.train().linear_probe().epochs(), 2);
}

TEST_F(LibraryTest, UnknownNamesListTheKnownOnes) {
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(Load().Resolve("classify_b", "demo"),
              StatusIs(kInvalid,
                       "no experiment 'classify_b'; there are: "
                       "classify_a"));
  EXPECT_THAT(Load().Resolve("classify_a", "tiny"),
              StatusIs(kInvalid, "no rung 'tiny'; there are: demo, paper"));
  EXPECT_THAT(Load().Table("t"), StatusIs(kInvalid, HasSubstr("no table")));
}

TEST_F(LibraryTest, EveryBrokenFileIsReportedWithItsPlace) {
  Write("classify/one.textproto", "data { sourc: NIH64 }\n");
  Write("classify/two.textproto", "data {\n  max_patients: 'many'\n}\n");
  Write("classify/three.textproto", "\n\ndata { max_patients: -1 }\n");
  EXPECT_THAT(LintTexts(),
              AllOf(Contains(AllOf(HasSubstr("one.textproto:1:13: error: "),
                                   HasSubstr("sourc"))),
                    Contains(AllOf(HasSubstr("two.textproto:2:17: error: "),
                                   HasSubstr("Expected integer"))),
                    Contains(HasSubstr("three.textproto:3:8: error: "
                                       "data.max_patients: found -1"))));
}

TEST_F(LibraryTest, UnsetFieldsAreReportedAtTheRung) {
  Write("classify/classify_b.textproto",
        "include: 'pixels' features { vit { last_layers: 4 } }"
        "train { targets: 'x' }");
  EXPECT_THAT(LintTexts(),
              Contains(AllOf(HasSubstr("classify_b.textproto:1:1: error: "
                                       "features.vit.backbone: is not set"),
                             HasSubstr("(at rung paper)"))));
}

TEST_F(LibraryTest, UnknownFragmentIsAnIssue) {
  Write("classify/classify_b.textproto", "include: 'pixel'");
  EXPECT_THAT(LintTexts(),
              Contains(HasSubstr("include: no fragment 'pixel'; there are: "
                                 "pixels")));
  EXPECT_THAT(Load().Resolve("classify_b", "demo"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("no fragment 'pixel'")));
}

TEST_F(LibraryTest, NamesAreUniqueOverAllFolders) {
  Write("tables/classify_a.textproto", "");
  EXPECT_THAT(LintTexts(),
              Contains(AllOf(HasSubstr("tables/classify_a.textproto:1:1"),
                             HasSubstr("the name 'classify_a' is taken by"),
                             HasSubstr("classify/classify_a.textproto"))));
}

TEST_F(LibraryTest, TablesReferToWhatIsThere) {
  Write("tables/table_a.textproto",
        "title: 't' published: 'gone' rows { label: 'S' cells {"
        " column: 'X' experiment: 'classify_z' } }");
  EXPECT_THAT(LintTexts(),
              AllOf(Contains(HasSubstr("no experiment 'classify_z'")),
                    Contains(HasSubstr("no published table 'gone'"))));
  // What lint says, whoever uses the table hears too.
  EXPECT_THAT(Load().Table("table_a"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("no experiment 'classify_z'"),
                             HasSubstr("no published table 'gone'"))));
}

TEST_F(LibraryTest, BrokenPatternOfARungIsAnIssue) {
  Write("rungs.textproto",
        "rungs { name: 'demo' description: 'd' judges_sanity_checks: true "
        "rules { including: '(' overlay {} } }");
  EXPECT_THAT(LintTexts(), ElementsAre(AllOf(HasSubstr("rungs.textproto:1:1"),
                                             HasSubstr("'(' is not a "
                                                       "pattern"))));
}

TEST_F(LibraryTest, ARuleThatMatchesNothingIsBlamedOnTheRungs) {
  Write("rungs.textproto",
        "rungs { name: 'demo' description: 'd' judges_sanity_checks: true "
        "rules { including: 'pixel' overlay { include: 'none' } } }");
  EXPECT_THAT(
      LintTexts(),
      ElementsAre(AllOf(HasSubstr("rungs.textproto"),
                        HasSubstr("'pixel' is a fragment of no experiment")),
                  AllOf(HasSubstr("rungs.textproto"),
                        HasSubstr("no fragment 'none'"))));
}

TEST_F(LibraryTest, LargeFilesAreNoSpecs) {
  Write("classify/large.textproto", std::string((1 << 20) + 1, '#'));
  EXPECT_THAT(LintTexts(),
              ElementsAre(HasSubstr("expected a spec of at most")));
}

TEST_F(LibraryTest, KnowsItsFiles) {
  EXPECT_TRUE(Load().HasFile(dir_.File("./classify/classify_a.textproto")));
  EXPECT_FALSE(Load().HasFile(dir_.File("classify")));
}

TEST(LibraryLoadTest, AFolderWithoutSpecsIsAnError) {
  const TempDir dir;
  EXPECT_THAT(SpecLibrary::Load(dir.path()),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.path())));
}

}  // namespace
}  // namespace cxr
