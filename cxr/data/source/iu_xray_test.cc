// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_xray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

using Tree = std::map<std::string, std::string>;

std::string Xml(const std::string& id, const std::string& findings,
                const std::vector<std::string>& images) {
  std::string parents;
  for (const std::string& image : images) {
    absl::StrAppend(&parents, "<parentImage id='", image, "'/>\n");
  }
  return absl::StrCat("<eCitation><uId id='", id,
                      "'/><MedlineCitation><Article><Abstract>"
                      "<AbstractText Label='FINDINGS'>",
                      findings,
                      "</AbstractText></Abstract></Article></MedlineCitation>"
                      "\n",
                      parents, "</eCitation>");
}

Tree OpenI() {
  return {
      {"ecgen-radiology/1.xml",
       Xml("CXR1", "One.", {"CXR1_1_IM-0001-3001", "CXR1_1_IM-0001-4001"})},
      {"ecgen-radiology/10.xml", Xml("CXR10", "Ten.", {"CXR10_IM-0002-1001"})},
      {"ecgen-radiology/2.xml", Xml("CXR2", "Two.", {})},
      // What some systems leave beside files, and an image's place.
      {"ecgen-radiology/._2.xml", "no XML"},
      {"ecgen-radiology/README", "no XML"},
  };
}

Tree Kaggle() {
  return {
      {"indiana_reports.csv",
       "uid,MeSH,Problems,image,indication,comparison,findings,impression\n"
       "1,normal,normal,Xray Chest PA and Lateral,Positive TB test,None.,"
       "\"Lungs clear, heart\nnormal.\",Normal chest.\n"
       "2,normal,normal,Chest,,,,No finding.\n"
       "3,normal,normal,Chest,,,Three.,\n"},
      {"indiana_projections.csv",
       "uid,filename,projection\n"
       "1,1_IM-0001-4001.dcm.png,Frontal\n"
       "1,1_IM-0001-3001.dcm.png,Lateral\n"
       "3,3_IM-1384-1001.dcm.png,Frontal\n"
       "4,4_IM-2050-1001.dcm.png,Frontal\n"},
  };
}

Tree R2Gen() {
  return {{"iu_xray/annotation.json",
           R"({"train": [{"id": "CXR1_IM-1", "report": "One.", "image_path":)"
           R"( ["CXR1_IM-1/0.png", "CXR1_IM-1/1.png"]}],)"
           R"( "val": [{"id": "CXR2_IM-2", "report": "Two.", "image_path":)"
           R"( ["CXR2_IM-2/0.png"]}],)"
           R"( "test": [{"id": "CXR3_IM-3", "report": "Three.", "image_path":)"
           R"( []}]})"}};
}

absl::StatusOr<IuXray> Load(const Tree& tree) {
  const TempDir dir;
  WriteTree(dir.path(), tree);
  return LoadIuXray(dir.path());
}

absl::Status StatusAfter(Tree tree, const std::string& file,
                         const std::string& from, const std::string& to) {
  EXPECT_THAT(tree[file], HasSubstr(from));
  tree[file] = absl::StrReplaceAll(tree[file], {{from, to}});
  return Load(tree).status();
}

std::vector<std::string> Paths(const ImageIndex& index) {
  std::vector<std::string> paths;
  for (const Example& example : index.examples) {
    paths.push_back(example.path);
  }
  return paths;
}

TEST(IuXrayTest, OpenIFormHasAnImageARow) {
  ASSERT_OK_AND_ASSIGN(const IuXray iu, Load(OpenI()));
  EXPECT_EQ(iu.index.source, "iu_xray");
  EXPECT_TRUE(iu.index.label_names.empty());
  EXPECT_TRUE(iu.index.labels.empty());
  EXPECT_THAT(Paths(iu.index),
              ElementsAre("NLMCXR_png/CXR1_1_IM-0001-3001.png",
                          "NLMCXR_png/CXR1_1_IM-0001-4001.png",
                          "NLMCXR_png/CXR10_IM-0002-1001.png"));
  const Example& second = iu.index.examples[1];
  EXPECT_EQ(second.id, "CXR1_1_IM-0001-4001");
  EXPECT_EQ(second.study_id, "CXR1");
  EXPECT_EQ(second.patient_id, "CXR1");
  EXPECT_EQ(second.view, View::kUnknown);
  EXPECT_EQ(second.part, Part::kNone);
  EXPECT_EQ(iu.Report(0).findings, "One.");
  EXPECT_EQ(iu.Report(1).findings, "One.");
  EXPECT_EQ(iu.Report(2).findings, "Ten.");
  EXPECT_THAT(RemarksOf(iu.index),
              ElementsAre(Pair("reports without an image", "1, 2.xml")));
}

TEST(IuXrayTest, OpenIImagesAreLookedFor) {
  Tree tree = OpenI();
  tree["images/CXR1_1_IM-0001-3001.png"] = "";
  ASSERT_OK_AND_ASSIGN(const IuXray iu, Load(tree));
  EXPECT_EQ(iu.index.examples[2].path, "images/CXR10_IM-0002-1001.png");
  tree = OpenI();
  tree["CXR1_1_IM-0001-3001.png"] = "";
  ASSERT_OK_AND_ASSIGN(const IuXray flat, Load(tree));
  EXPECT_EQ(flat.index.examples[2].path, "CXR10_IM-0002-1001.png");
}

TEST(IuXrayTest, KaggleFormKnowsFrontalAndLateral) {
  ASSERT_OK_AND_ASSIGN(const IuXray iu, Load(Kaggle()));
  EXPECT_THAT(Paths(iu.index),
              ElementsAre("images/images_normalized/1_IM-0001-4001.dcm.png",
                          "images/images_normalized/1_IM-0001-3001.dcm.png",
                          "images/images_normalized/3_IM-1384-1001.dcm.png"));
  EXPECT_EQ(iu.index.examples[0].id, "1_IM-0001-4001.dcm.png");
  EXPECT_EQ(iu.index.examples[0].study_id, "1");
  EXPECT_EQ(iu.index.examples[0].view, View::kFrontal);
  EXPECT_EQ(iu.index.examples[1].view, View::kLateral);
  EXPECT_EQ(iu.Report(1), (IuReport{.indication = "Positive TB test",
                                    .comparison = "None.",
                                    .findings = "Lungs clear, heart\nnormal.",
                                    .impression = "Normal chest."}));
  EXPECT_EQ(iu.Report(2), (IuReport{.findings = "Three."}));
  EXPECT_THAT(
      RemarksOf(iu.index),
      ElementsAre(
          Pair("projections of a study without a report, left out",
               "1, indiana_projections.csv:5"),
          Pair("reports without an image", "1, indiana_reports.csv:4")));
}

TEST(IuXrayTest, R2GenFormHasParts) {
  ASSERT_OK_AND_ASSIGN(const IuXray iu, Load(R2Gen()));
  EXPECT_THAT(Paths(iu.index), ElementsAre("iu_xray/images/CXR1_IM-1/0.png",
                                           "iu_xray/images/CXR1_IM-1/1.png",
                                           "iu_xray/images/CXR2_IM-2/0.png"));
  EXPECT_EQ(iu.index.examples[1].id, "CXR1_IM-1/1.png");
  EXPECT_EQ(iu.index.examples[1].study_id, "CXR1_IM-1");
  EXPECT_EQ(iu.index.examples[1].part, Part::kTraining);
  EXPECT_EQ(iu.index.examples[2].part, Part::kValidation);
  EXPECT_EQ(iu.Report(2), (IuReport{.findings = "Two."}));
  EXPECT_THAT(RemarksOf(iu.index),
              ElementsAre(Pair("reports without an image",
                               "1, annotation.json: study:3")));
}

TEST(IuXrayTest, R2GenFormMayLieInTheFolderItself) {
  ASSERT_OK_AND_ASSIGN(
      const IuXray iu,
      Load({{"annotation.json", R2Gen()["iu_xray/annotation.json"]}}));
  EXPECT_EQ(iu.index.examples[0].path, "images/CXR1_IM-1/0.png");
}

TEST(IuXrayTest, FilesAreThoseOfTheFormThatIsThere) {
  const TempDir dir;
  EXPECT_THAT(
      IuXrayFiles(dir.path()),
      StatusIs(absl::StatusCode::kNotFound,
               AllOf(HasSubstr(dir.path()), HasSubstr("ecgen-radiology"),
                     HasSubstr("indiana_reports.csv"),
                     HasSubstr("iu_xray/annotation.json"))));
  WriteTree(dir.path(), R2Gen());
  ASSERT_OK_AND_ASSIGN(const auto r2gen, IuXrayFiles(dir.path()));
  EXPECT_THAT(r2gen, ElementsAre("iu_xray/annotation.json"));
  WriteTree(dir.path(), Kaggle());
  ASSERT_OK_AND_ASSIGN(const auto kaggle, IuXrayFiles(dir.path()));
  EXPECT_THAT(kaggle,
              ElementsAre("indiana_reports.csv", "indiana_projections.csv"));
  WriteTree(dir.path(), OpenI());
  ASSERT_OK_AND_ASSIGN(const auto open_i, IuXrayFiles(dir.path()));
  EXPECT_THAT(open_i,
              ElementsAre("ecgen-radiology/1.xml", "ecgen-radiology/10.xml",
                          "ecgen-radiology/2.xml"));
}

TEST(IuXrayTest, MissingFilesAreNotFound) {
  Tree tree = Kaggle();
  tree.erase("indiana_projections.csv");
  EXPECT_THAT(Load(tree).status(),
              StatusIs(absl::StatusCode::kNotFound,
                       HasSubstr("indiana_projections.csv")));
  EXPECT_THAT(
      Load({{"ecgen-radiology/README", ""}}).status(),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("found no *.xml")));
}

TEST(IuXrayTest, IndexAloneIsThatOfAll) {
  const TempDir dir;
  WriteTree(dir.path(), OpenI());
  ASSERT_OK_AND_ASSIGN(const ImageIndex index, ReadIuXray(dir.path()));
  EXPECT_EQ(Paths(index).size(), 3u);
}

TEST(IuXrayTest, WhatStandsThereTwiceIsDataLoss) {
  const auto is_data_loss = [](const std::string& text) {
    return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(text));
  };
  EXPECT_THAT(
      StatusAfter(OpenI(), "ecgen-radiology/10.xml", "'CXR10'", "'CXR1'"),
      is_data_loss("10.xml: found CXR1, which stands at "));
  EXPECT_THAT(StatusAfter(OpenI(), "ecgen-radiology/10.xml",
                          "CXR10_IM-0002-1001", "CXR1_1_IM-0001-4001"),
              is_data_loss("10.xml:2: found CXR1_1_IM-0001-4001, which stands "
                           "at "));
  EXPECT_THAT(StatusAfter(Kaggle(), "indiana_reports.csv", "\n2,", "\n1,"),
              is_data_loss("indiana_reports.csv:4: found 1, which stands at "));
  EXPECT_THAT(StatusAfter(Kaggle(), "indiana_projections.csv", "3001", "4001"),
              is_data_loss("indiana_projections.csv:3: found 1_IM-0001-4001"));
  EXPECT_THAT(StatusAfter(R2Gen(), "iu_xray/annotation.json", "CXR1_IM-1/1",
                          "CXR1_IM-1/0"),
              is_data_loss("annotation.json: study:1: found CXR1_IM-1/0.png"));
  EXPECT_THAT(StatusAfter(R2Gen(), "iu_xray/annotation.json", "\"CXR2_IM-2\"",
                          "\"CXR1_IM-1\""),
              is_data_loss("annotation.json: study:2: found CXR1_IM-1"));
}

TEST(IuXrayTest, BadCellsAreDataLossWithFileAndLine) {
  const auto is_data_loss = [](const std::string& text) {
    return StatusIs(absl::StatusCode::kDataLoss, HasSubstr(text));
  };
  EXPECT_THAT(
      StatusAfter(Kaggle(), "indiana_projections.csv", "Lateral", "Oblique"),
      is_data_loss("indiana_projections.csv:3: projection: found 'Oblique', "
                   "expected Frontal or Lateral"));
  EXPECT_THAT(StatusAfter(Kaggle(), "indiana_projections.csv",
                          "1_IM-0001-4001.dcm.png", "../1.png"),
              is_data_loss("indiana_projections.csv:2: filename: found "
                           "'../1.png', expected a name like"));
  EXPECT_THAT(StatusAfter(Kaggle(), "indiana_reports.csv", "\n2,", "\n,"),
              is_data_loss("indiana_reports.csv:4: uid: found ''"));
  EXPECT_THAT(StatusAfter(Kaggle(), "indiana_reports.csv", "findings", "text"),
              is_data_loss("no column 'findings'"));
  EXPECT_THAT(StatusAfter(OpenI(), "ecgen-radiology/2.xml", "</eCitation>", ""),
              is_data_loss("ecgen-radiology/2.xml:1: found "));
  EXPECT_THAT(StatusAfter(R2Gen(), "iu_xray/annotation.json", "]}]}", ""),
              is_data_loss("iu_xray/annotation.json:1: found what is no JSON"));
}

}  // namespace
}  // namespace cxr
