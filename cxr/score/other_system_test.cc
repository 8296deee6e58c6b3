// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/other_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OtherSystemTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) const {
    const std::string path = dir_.File(name);
    EXPECT_THAT(WriteFileAtomically(path, text), IsOk());
    return path;
  }

  PredictionTable Scores(const std::string& text) const {
    return ReadPredictions(Write("s.csv", text), ScoreType::kFloat).value();
  }

  const TempDir dir_;
  const Predictions truth_ = {.targets = {"Mass", "Edema"},
                              .ids = {"b.png", "a.png"},
                              .patients = {"p2", "p1"},
                              .labels = {1, 0, 0, 1},
                              .logits = {5, 6, 7, 8}};
};

TEST_F(OtherSystemTest, ScoresTakeThePlaceOfLogits) {
  ASSERT_OK_AND_ASSIGN(
      const Predictions predictions,
      WithScoresOf(Scores("id,Edema,Hernia,Mass\na.png,0.25,0,-3\n"
                          "b.png,0.5,0,2\n"),
                   truth_, "truth"));
  EXPECT_THAT(predictions.logits, ElementsAre(2, 0.5, -3, 0.25));
  EXPECT_EQ(predictions.ids, truth_.ids);
  EXPECT_EQ(predictions.patients, truth_.patients);
  EXPECT_EQ(predictions.labels, truth_.labels);
}

TEST_F(OtherSystemTest, ATargetWithoutAColumnIsAnError) {
  EXPECT_THAT(
      WithScoresOf(Scores("id,mass,Edema\na.png,0,0\nb.png,0,0\n"), truth_,
                   "truth"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("s.csv:1: found no column 'Mass', expected one "
                               "of each target: Mass, Edema"),
                     HasSubstr("columns: mass, Edema"))));
}

TEST_F(OtherSystemTest, NoImageIsLeftOut) {
  EXPECT_THAT(
      WithScoresOf(Scores("id,Mass,Edema\nb.png,0,0\n"), truth_, "truth"),
      StatusIs(absl::StatusCode::kDataLoss,
               AllOf(HasSubstr("truth:3: id: found 'a.png'"),
                     HasSubstr("1 of 2 are not"))));
  EXPECT_THAT(
      WithScoresOf(Scores("id,Mass,Edema\na.png,0,0\nc.png,0,0\nd.png,0,0\n"
                          "b.png,0,0\n"),
                   truth_, "truth"),
      StatusIs(absl::StatusCode::kDataLoss,
               AllOf(HasSubstr("s.csv:3: id: found 'c.png'"),
                     HasSubstr("2 of 4 are not"))));
}

TEST_F(OtherSystemTest, TruthIsReadFromATable) {
  const std::string path = Write(
      "l.csv", "id,Edema,Mass,who,age\na.png,0,1,p1,40\nb.png,1,0,p1,41\n");
  ASSERT_OK_AND_ASSIGN(const Predictions truth,
                       ReadTruthOf(path, {"Mass", "Edema"}, "who"));
  EXPECT_THAT(truth.ids, ElementsAre("a.png", "b.png"));
  EXPECT_THAT(truth.patients, ElementsAre("p1", "p1"));
  EXPECT_THAT(truth.labels, ElementsAre(1, 0, 0, 1));
}

TEST_F(OtherSystemTest, APatientHasAName) {
  const std::string path = Write("l.csv", "id,Mass,who\na,0,p1\nb,1,\n");
  EXPECT_THAT(ReadTruthOf(path, {"Mass"}, "who"),
              StatusIs(absl::StatusCode::kDataLoss,
                       HasSubstr("l.csv:3: who: found ''")));
}

TEST_F(OtherSystemTest, UnusedClassesAreTold) {
  EXPECT_THAT(UnusedClasses(Scores("id,x,Mass,y\na,0,0,0\n"), {"Mass"}),
              ElementsAre("x", "y"));
  EXPECT_THAT(UnusedClasses(Scores("id,Mass\na,0\n"), {"Mass"}), IsEmpty());
}

}  // namespace
}  // namespace cxr
