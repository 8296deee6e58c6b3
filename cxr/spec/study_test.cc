// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSize[] =
    "axes { axis { name: 'size' points { name: 's' } points { name: 'b' } } }";
constexpr char kSeed[] =
    "axes { axis { name: 'seed' seeds { of: HEAD_INIT values: [7, 3] } } }";

std::vector<std::string> Names(absl::string_view text) {
  const auto study = ParseSpec<spec::StudySpec>(text);
  EXPECT_THAT(TextsOf(CheckStudy(study)), IsEmpty());
  std::vector<std::string> names;
  for (const StudyCell& cell : CellsOf(study, "st")) {
    names.push_back(cell.name);
  }
  return names;
}

std::vector<std::string> Problems(absl::string_view text) {
  return TextsOf(CheckStudy(ParseSpec<spec::StudySpec>(text)));
}

// The problems of one axis, without the path of the axis.
std::vector<std::string> AxisProblems(absl::string_view axis) {
  std::vector<std::string> texts;
  for (const FieldProblem& problem : CheckStudy(ParseSpec<spec::StudySpec>(
           absl::StrCat("axes { axis { ", axis, " } }")))) {
    EXPECT_EQ(problem.field.rfind("axes[0].axis", 0), 0u);
    texts.push_back(
        absl::StrCat(problem.field.substr(12), ": ", problem.message));
  }
  return texts;
}

TEST(StudyTest, CellsAreTheProductWithTheLastAxisFastest) {
  EXPECT_THAT(Names(absl::StrCat(kSize, kSeed)),
              ElementsAre("st/size=s/seed=7", "st/size=s/seed=3",
                          "st/size=b/seed=7", "st/size=b/seed=3"));
}

TEST(StudyTest, ZippedAxesAreWalkedTogether) {
  EXPECT_THAT(
      Names(absl::StrCat(
          "axes { zip { axes { name: 'data' points { name: '1' } points { "
          "name: '2' } } axes { name: 'steps' points { name: 'x' } points { "
          "name: 'y' } } } }",
          kSize)),
      ElementsAre("st/data=1/steps=x/size=s", "st/data=1/steps=x/size=b",
                  "st/data=2/steps=y/size=s", "st/data=2/steps=y/size=b"));
}

TEST(StudyTest, OfZippedAxesTheNamesTogetherStandOnce) {
  constexpr char kSizes[] =
      "axes { zip { axes { name: 'size' points { name: 's' } points { name: "
      "'s' } } axes { name: 'weights' points { name: '%s' } points { name: 'b' "
      "} } } }";
  EXPECT_THAT(Names(absl::StrFormat(kSizes, "a")),
              ElementsAre("st/size=s/weights=a", "st/size=s/weights=b"));
  EXPECT_THAT(Problems(absl::StrFormat(kSizes, "b")),
              ElementsAre("axes[0].zip.axes[0].points[1].name: 's, b' stands "
                          "there twice"));
}

TEST(StudyTest, ExcludedCellsAreLeftOut) {
  EXPECT_THAT(
      Names(absl::StrCat(kSize, kSeed,
                         "exclude { where { axis: 'size' point: 'b' }"
                         "          where { axis: 'seed' point: '[37]' } }")),
      ElementsAre("st/size=s/seed=7", "st/size=s/seed=3"));
  EXPECT_THAT(
      Names(absl::StrCat(kSize, kSeed,
                         "exclude { where { axis: 'size' point: 'b' }"
                         "          where { axis: 'seed' point: '7' } }"
                         "exclude { where { axis: 'size' point: 's' }"
                         "          where { axis: 'seed' point: '3' } }")),
      ElementsAre("st/size=s/seed=7", "st/size=b/seed=3"));
}

TEST(StudyTest, PatternsMatchWholeNames) {
  EXPECT_THAT(Names("axes { axis { name: 'n' points { name: 'a' }"
                    "  points { name: 'ab' } } }"
                    "exclude { where { axis: 'n' point: 'a' } }"),
              ElementsAre("st/n=ab"));
}

TEST(StudyTest, NamesStayWhenAPointIsAdded) {
  const std::vector<std::string> before = Names(absl::StrCat(kSize, kSeed));
  const std::vector<std::string> after = Names(absl::StrCat(
      "axes { axis { name: 'size' points { name: 'xs' } points { name: 's' }"
      "  points { name: 'b' } } }",
      kSeed));
  EXPECT_EQ(after.size(), before.size() + 2);
  EXPECT_THAT(after, ::testing::IsSupersetOf(before));
}

TEST(StudyTest, CellsKnowWhereTheirPointsStand) {
  const auto study = ParseSpec<spec::StudySpec>(
      absl::StrCat("axes { zip { axes { name: 'a' points { name: 'p' } }"
                   "  axes { name: 'b' points { name: 'q' } } } }",
                   kSeed));
  const std::vector<StudyCell> cells = CellsOf(study, "st");
  ASSERT_EQ(cells.size(), 2u);
  std::vector<std::string> fields;
  for (const CellPoint& point : cells[1].points) {
    fields.push_back(
        absl::StrCat(point.axis->name(), " ", point.index, " ", point.field));
  }
  EXPECT_THAT(fields, ElementsAre("a 0 axes[0].zip.axes[0].points[0]",
                                  "b 0 axes[0].zip.axes[1].points[0]",
                                  "seed 1 axes[1].axis.seeds.values[1]"));
}

TEST(StudyTest, AStudyHasAxes) {
  EXPECT_THAT(Problems(""),
              ElementsAre("axes: is empty, expected at least one axis"));
  EXPECT_THAT(Problems("axes { zip {} }"),
              ElementsAre("axes[0]: has no axes, expected two or more"));
}

TEST(StudyTest, NamesAreNames) {
  EXPECT_THAT(AxisProblems("points { name: 'a' }"),
              ElementsAre(".name: found '', expected a name of letters, "
                          "digits, '_', '-' and '.'"));
  EXPECT_THAT(AxisProblems("name: 'a/b' points { name: 'x=1' }"),
              ElementsAre(".name: found 'a/b', expected a name of letters, "
                          "digits, '_', '-' and '.'",
                          ".points[0].name: found 'x=1', expected a name of "
                          "letters, digits, '_', '-' and '.'"));
}

TEST(StudyTest, NamesStandOnce) {
  EXPECT_THAT(Problems(absl::StrCat(kSize, kSize)),
              ElementsAre("axes[1].axis.name: 'size' stands there twice"));
  EXPECT_THAT(
      AxisProblems("name: 'n' points { name: 'a' } points { name: 'a' }"),
      ElementsAre(".points[1].name: 'a' stands there twice"));
  EXPECT_THAT(AxisProblems("name: 'n' seeds { of: SPLIT values: [1, 2, 1] }"),
              ElementsAre(".seeds.values[2]: '1' stands there twice"));
}

TEST(StudyTest, AnAxisHasEitherPointsOrSeeds) {
  constexpr char kEither[] = ": expected either points or seeds with values";
  EXPECT_THAT(AxisProblems("name: 'n'"), ElementsAre(kEither));
  EXPECT_THAT(AxisProblems("name: 'n' seeds { of: SPLIT }"),
              ElementsAre(kEither));
  EXPECT_THAT(AxisProblems("name: 'n' points { name: 'a' }"
                           "seeds { of: SPLIT values: 1 }"),
              ElementsAre(kEither));
}

TEST(StudyTest, SeedsAreOfSomething) {
  EXPECT_THAT(AxisProblems("name: 'n' seeds { values: 1 }"),
              ElementsAre(".seeds.of: is not set; expected the random numbers "
                          "that the seeds are for"));
}

TEST(StudyTest, ZippedAxesHaveOneLength) {
  EXPECT_THAT(
      Problems("axes { zip { axes { name: 'a' points { name: 'p' } }"
               "  axes { name: 'b' points { name: 'q' } points { name: 'r' }"
               " } } }"),
      ElementsAre("axes[0].zip.axes[1]: found 2 points, expected 1, as many "
                  "as 'a' has, to be walked together"));
}

TEST(StudyTest, ExclusionsNameWhatIsThere) {
  const auto problems = [](absl::string_view where) {
    return Problems(absl::StrCat(kSize, "exclude { where { ", where, " } }"));
  };
  EXPECT_THAT(problems("axis: 'sizes' point: 's'"),
              ElementsAre("exclude[0].where[0].axis: no axis 'sizes'; did you "
                          "mean 'size'?"));
  EXPECT_THAT(problems("axis: 'size' point: 'm'"),
              ElementsAre("exclude[0].where[0].point: 'm' is no point of the "
                          "axis 'size'; there are: s, b"));
  EXPECT_THAT(problems("axis: 'size' point: '('"),
              ElementsAre("exclude[0].where[0].point: '(' is not a pattern: "
                          "missing ): ("));
  EXPECT_THAT(Problems(absl::StrCat(kSize, "exclude {}")),
              ElementsAre("exclude[0]: has no `where`, so it leaves nothing"));
}

TEST(StudyTest, AnExclusionExcludesSomething) {
  EXPECT_THAT(
      Problems(absl::StrCat(kSize,
                            "exclude { where { axis: 'size' point: 's' }"
                            "  where { axis: 'size' point: 'b' } }")),
      ElementsAre("exclude[0]: excludes no cell"));
}

TEST(StudyTest, SomethingIsLeft) {
  EXPECT_THAT(Problems(absl::StrCat(
                  kSize, "exclude { where { axis: 'size' point: '.*' } }")),
              ElementsAre("exclude: leaves no cell"));
}

TEST(StudyTest, AMillionCellsAreAMistake) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    absl::StrAppend(&text, "axes { axis { name: 'a", i,
                    "' seeds { of: SPLIT values: [0, 1, 2, 3, 4, 5, 6, 7, 8, "
                    "9] } } }");
  }
  EXPECT_THAT(Problems(text),
              ElementsAre("axes: found more than 20000 cells, expected "
                          "fewer"));
}

}  // namespace
}  // namespace cxr
