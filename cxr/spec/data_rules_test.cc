// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/data_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/spec/data.pb.h"
#include "cxr/spec/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Problems(const char* text) {
  return TextsOf(CheckData(ParseSpec<spec::DataSpec>(text), "data"));
}

TEST(DataRulesTest, SixteenBitsAreForPadchestAlone) {
  EXPECT_THAT(Problems("source: PADCHEST sixteen_bit: RESCALED"), IsEmpty());
  EXPECT_THAT(Problems("source: PADCHEST"),
              ElementsAre("data.sixteen_bit: is not set; PADCHEST needs it"));
  EXPECT_THAT(
      Problems("source: RSNA sixteen_bit: RESCALED"),
      ElementsAre("data.sixteen_bit: is set, but only PADCHEST has it"));
}

TEST(DataRulesTest, MasksAreForChexmaskAlone) {
  EXPECT_THAT(Problems("source: CHEXMASK masks { minimum_rca: 0 }"), IsEmpty());
  EXPECT_THAT(Problems("source: CHEXMASK"),
              ElementsAre("data.masks: is not set; CHEXMASK needs it"));
  EXPECT_THAT(Problems("source: MIMIC_CXR masks {}"),
              ElementsAre("data.masks: is set, but only CHEXMASK has it"));
}

TEST(DataRulesTest, RealSamplesAreNotDrawn) {
  EXPECT_THAT(Problems("source: RSNA drawn { patients: 3 }"), IsEmpty());
  for (const char* source : {"NIH64", "HANNOVER"}) {
    EXPECT_THAT(Problems(absl::StrCat("source: ", source, " drawn {}").c_str()),
                ElementsAre(absl::StrCat(
                    "data.drawn: is set, but ", source,
                    " are real images, which come with the program and are not "
                    "drawn")));
  }
}

TEST(DataRulesTest, AnyViewStandsAlone) {
  EXPECT_THAT(Problems("source: RSNA views: ANY_VIEW"), IsEmpty());
  EXPECT_THAT(Problems("source: RSNA views: [PA, AP]"), IsEmpty());
  EXPECT_THAT(
      Problems("source: RSNA views: [PA, ANY_VIEW]"),
      ElementsAre(
          "data.views[1]: found ANY_VIEW beside others, expected it alone"));
}

TEST(DataRulesTest, NoViewStandsTwice) {
  EXPECT_THAT(Problems("source: RSNA views: [PA, AP, PA]"),
              ElementsAre("data.views[2]: 'PA' stands there twice"));
}

TEST(DataRulesTest, AllPatientsAreNoSample) {
  EXPECT_THAT(Problems("source: RSNA sample { fraction: 0.5 seed: 0 }"),
              IsEmpty());
  EXPECT_THAT(Problems("source: RSNA sample { fraction: 1 seed: 0 }"),
              ElementsAre("data.sample.fraction: found 1, which is no sample; "
                          "leave it out"));
}

TEST(DataRulesTest, ProblemsBeginWithTheGivenPath) {
  EXPECT_THAT(TextsOf(CheckData(ParseSpec<spec::DataSpec>("source: PADCHEST"),
                                "pretrain.data[3]")),
              ElementsAre("pretrain.data[3].sixteen_bit: is not set; PADCHEST "
                          "needs it"));
}

}  // namespace
}  // namespace cxr
