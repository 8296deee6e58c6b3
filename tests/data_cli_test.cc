// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// Sources of images as a person meets them: cxr data.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/png.h"
#include "tests/program.h"
#include "tests/source_trees.h"

namespace cxr::tests {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// A folder with all sources, and the program's words for it. What the program
// remembers of files lies there, too.
class DataCliTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    trees_ = std::make_unique<TempDir>();
    WriteSourceTrees(trees_->path());
  }
  static void TearDownTestSuite() { trees_.reset(); }

  static ProgramResult Data(const std::string& words) {
    return RunApart(absl::StrCat("CXR_DATA_CACHE=", trees_->File("cache"),
                                 " XDG_CONFIG_HOME=", trees_->File("config"),
                                 " tools/cxr data ", words,
                                 " --data_root=", trees_->path()));
  }

  static std::string Check(const std::string& words) {
    const ProgramResult result = Data("check --dataset=" + words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return result.out;
  }

  static std::unique_ptr<TempDir> trees_;
};

std::unique_ptr<TempDir> DataCliTest::trees_;

TEST_F(DataCliTest, ChexpertInItsOwnLayout) {
  const std::string text = Check("chexpert");
  EXPECT_THAT(text, HasSubstr("| training   |     18 |       12 |      12 |"));
  EXPECT_THAT(text, HasSubstr("| validation |      4 |        4 |       4 |"));
  EXPECT_THAT(text, HasSubstr("| test       |      4 |        4 |       4 |"));
  EXPECT_THAT(text, HasSubstr("lateral 6"));
  EXPECT_THAT(text, HasSubstr("files read: 26, failed: 0\nformats: JPEG 26\n"));
  EXPECT_THAT(text, HasSubstr("leaks: 0\n"));
}

// The released reading of the labels stands beside the others.
TEST_F(DataCliTest, ExperimentsSeeTheirOwnPart) {
  const std::string text = Check(
      "chexpert --experiment=classify_chexpert_s --rung=paper --index_only");
  EXPECT_THAT(text, StartsWith("# chexpert as classify_chexpert_s sees it"));
  EXPECT_THAT(text, HasSubstr("| training   |     12 |"));
  EXPECT_THAT(text, HasSubstr("| Positive, by label policy | NAN_TO_ONE |"));
  // Of 20 images: 9 of the training list whose cell is not 0 and that have a
  // finding, and those of validation and test that are positive.
  EXPECT_THAT(text, HasSubstr("| Edema                     | 10 (0.500) |"));
  EXPECT_THAT(text, Not(HasSubstr("files read")));
}

TEST_F(DataCliTest, MimicCxrIsJoinedFromThreeTables) {
  const std::string text = Check("mimic_cxr");
  EXPECT_THAT(text, HasSubstr("AP 2, PA 2, lateral 1, unknown 1"));
  EXPECT_THAT(text, HasSubstr("| training   |      4 |"));
  EXPECT_THAT(text, ContainsRegex("remark: .*label.*: 1 "));
  EXPECT_THAT(text, HasSubstr("reports read: 6, missing: 0\n"));
}

TEST_F(DataCliTest, ChexmaskLaysMasksOverImagesOfMimicCxr) {
  const std::string text = Check("chexmask");
  EXPECT_THAT(text, HasSubstr("masks read: 3\n"));
  EXPECT_THAT(text, HasSubstr("files read: 3, failed: 0"));
}

TEST_F(DataCliTest, PadchestLeavesOutWhatTheReleasedCodeLeavesOut) {
  const std::string text = Check("padchest");
  EXPECT_THAT(text, HasSubstr("| no list |      4 |"));
  EXPECT_THAT(text, HasSubstr("AP 1, AP supine 1, PA 1, lateral 1"));
  EXPECT_THAT(text, HasSubstr("bits: 8 3, 16 1\n"));
  EXPECT_THAT(text, HasSubstr("| loc cardiac"));
}

TEST_F(DataCliTest, NihHeadersListsAndBoxes) {
  const std::string text = Check("nih_cxr8");
  EXPECT_THAT(text, HasSubstr("| training |      7 |"));
  EXPECT_THAT(text, HasSubstr("| test     |      3 |"));
  EXPECT_THAT(text, HasSubstr("channels: 1 9, 4 with alpha 1\n"));
  EXPECT_THAT(text, HasSubstr("boxes: 1\n"));
  EXPECT_THAT(text, HasSubstr("fingerprint: "));
}

TEST_F(DataCliTest, BraxPathsLoseTheirSuffix) {
  const std::string text = Check("brax");
  EXPECT_THAT(text, HasSubstr("files read: 3, failed: 0"));
  EXPECT_THAT(text, HasSubstr("PA 2, lateral 1"));
}

TEST_F(DataCliTest, RsnaTestPatientsAreDeclared) {
  const std::string text = Check("rsna");
  EXPECT_THAT(text, HasSubstr("formats: DICOM 40\n"));
  EXPECT_THAT(text, HasSubstr("boxes: 20\n"));
  const std::string seen =
      Check("rsna --experiment=classify_rsna_s --rung=paper --index_only");
  EXPECT_THAT(seen, HasSubstr("| test       |      4 |        4 |"));
}

TEST_F(DataCliTest, VindrReadersAreCounted) {
  const std::string text = Check("vindr");
  EXPECT_THAT(text, HasSubstr("| training |      4 |"));
  EXPECT_THAT(text, HasSubstr("MONOCHROME1 "));
  // Of training images, of which none, one, two and three of three readers say
  // so, two by majority and three by any; one test image.
  EXPECT_THAT(text, ContainsRegex("\\| Aortic enlargement +\\| +3 \\(0.375\\) "
                                  "\\| +4 \\(0.500\\) \\|"));
  EXPECT_THAT(text, HasSubstr("boxes: 1\n"));
}

TEST_F(DataCliTest, IuXrayReports) {
  const std::string text = Check("iu_xray");
  EXPECT_THAT(text, HasSubstr("files read: 3, failed: 0"));
  EXPECT_THAT(text, HasSubstr("reports read: 3, missing: 0\n"));
}

TEST_F(DataCliTest, IndexOnlyNeedsNoImage) {
  const TempDir dir;
  WriteSourceTrees(dir.path());
  ASSERT_OK_AND_ASSIGN(const std::vector<std::string> files,
                       ListFiles(dir.path()));
  for (const std::string& file : files) {
    for (const char* ending : {".png", ".jpg", ".dcm", ".dicom"}) {
      if (absl::EndsWith(file, ending)) {
        ASSERT_OK(RemoveAll(dir.File(file)));
      }
    }
  }
  for (const std::string& name : SourceTreeNames()) {
    const std::string words =
        absl::StrCat("CXR_DATA_CACHE= tools/cxr data check --dataset=", name,
                     " --data_root=", dir.path());
    const ProgramResult tables = RunApart(words + " --index_only");
    EXPECT_EQ(tables.exit_code, 0) << name << ": " << tables.err;
    EXPECT_THAT(tables.out, Not(HasSubstr("files read")));
    const ProgramResult images = RunApart(words);
    EXPECT_EQ(images.exit_code, 2) << name;
    EXPECT_THAT(images.err, HasSubstr(" images can be read:\n"));
  }
}

TEST_F(DataCliTest, JsonHasTheSameNumbers) {
  const std::string json = Check("nih_cxr8 --format=json");
  EXPECT_THAT(json, AllOf(StartsWith("{\n"), HasSubstr("\"images\": \"10\"")));
}

TEST_F(DataCliTest, DamagedImagesAreCountedAndALimitMakesThemAnError) {
  const TempDir dir;
  WriteSourceTrees(dir.path());
  Overwrite(dir.File("nih_cxr8/images/00000003_000.png"), "no image");
  ASSERT_OK(RemoveAll(dir.File("nih_cxr8/images/00000005_000.png")));
  const std::string words = absl::StrCat(
      "CXR_DATA_CACHE= tools/cxr data check --dataset=nih_cxr8 --data_root=",
      dir.path());
  const ProgramResult told = RunApart(words);
  EXPECT_EQ(told.exit_code, 0);
  EXPECT_THAT(told.out, HasSubstr("files read: 8, failed: 2\n"));
  EXPECT_THAT(told.out, HasSubstr("00000003_000.png"));
  const ProgramResult limited = RunApart(words + " --max_failures=1");
  EXPECT_EQ(limited.exit_code, 2);
  EXPECT_THAT(limited.err,
              StartsWith("cxr: error: more than 1 images cannot be read:\n"));
  EXPECT_EQ(limited.out, "");
}

TEST_F(DataCliTest, APictureOfAnotherSourceIsALeak) {
  const std::string text = Check("brax --against=nih_cxr8");
  EXPECT_THAT(text, HasSubstr("leak: the same picture as 00000000_000.png of "
                              "nih_cxr8"));
}

TEST_F(DataCliTest, HeadersOfDicomFilesBecomeATable) {
  const TempDir dir;
  WriteSourceTrees(dir.path());
  const std::string table = dir.File("rsna/dicom_headers.csv");
  ASSERT_OK(RemoveAll(table));
  const std::string words =
      absl::StrCat(" --dataset=rsna --data_root=", dir.path());
  const ProgramResult blind = RunApart(absl::StrCat(
      "tools/cxr data check --index_only --experiment=classify_rsna_s "
      "--rung=paper",
      words));
  EXPECT_EQ(blind.exit_code, 2);
  EXPECT_THAT(blind.err, HasSubstr("no image has a view that is asked for; "));
  const ProgramResult written =
      RunApart(absl::StrCat("tools/cxr data headers", words));
  EXPECT_EQ(written.exit_code, 0) << written.err;
  EXPECT_EQ(written.out, table + "\n");
  EXPECT_THAT(Contents(table),
              StartsWith("PatientID,ViewPosition,PatientSex,PatientAge\n"));
}

TEST_F(DataCliTest, ADrawnSourceOfAnExperimentIsNotTheUsers) {
  const std::string text =
      Check("rsna --experiment=classify_rsna_s --rung=smoke");
  EXPECT_THAT(text, StartsWith("# rsna as classify_rsna_s sees it"));
  EXPECT_THAT(text, HasSubstr("SYNTHETIC"));
  // Of 40 drawn patients one in ten has no label.
  EXPECT_THAT(text, HasSubstr("36"));
}

// A cell of a study that pretrains for itself and then trains a probe.
TEST_F(DataCliTest, AnExperimentHasAPretrainingAndWhatIsTrainedOnIt) {
  const std::string cell =
      "nih_cxr8 --index_only --rung=paper "
      "--experiment=scale_vit/size=s/data=all/seed=0";
  const std::string probe = Check(cell);
  EXPECT_THAT(probe, HasSubstr("| test       |      3 |"));
  EXPECT_THAT(probe, HasSubstr("| Positive, by label policy |"));
  const std::string pretraining = Check(cell + " --pretraining");
  EXPECT_THAT(pretraining, HasSubstr("| training |      7 |"));
  EXPECT_THAT(pretraining, Not(HasSubstr("| test")));
  EXPECT_THAT(Data("check --pretraining --dataset=chexpert "
                   "--experiment=classify_chexpert_s")
                  .err,
              HasSubstr("the experiment has none of its own"));
}

TEST_F(DataCliTest, SheetsAreWritten) {
  const TempDir dir;
  for (const char* words :
       {"show --dataset=rsna --count=4", "show --dataset=chexmask",
        "show --dataset=chexpert --experiment=pretrain_s --rung=paper "
        "--augment --count=2"}) {
    const std::string path = dir.File("sheet.png");
    const ProgramResult result = Data(absl::StrCat(words, " --out=", path));
    ASSERT_EQ(result.exit_code, 0) << words << ": " << result.err;
    EXPECT_EQ(result.out, path + "\n");
    EXPECT_OK(DecodePngGray(Contents(path), path));
  }
}

std::string DigestIn(const std::string& text) {
  const size_t at = text.find("digest of all pixels: ");
  EXPECT_NE(at, std::string::npos) << text;
  return at == std::string::npos ? "" : text.substr(at);
}

TEST_F(DataCliTest, LoadingGivesTheSamePixelsForAnyThreads) {
  const std::string words =
      "load --experiment=classify_nih_cxr8_s --rung=paper --steps=1 --threads=";
  const ProgramResult one = Data(words + "1");
  ASSERT_EQ(one.exit_code, 0) << one.err;
  const ProgramResult three = Data(words + "3");
  EXPECT_EQ(three.exit_code, 0) << three.err;
  EXPECT_EQ(DigestIn(three.out), DigestIn(one.out));
  // From a cache that the first of the two makes.
  const std::string cached =
      absl::StrCat(words, "2 --cache=", trees_->File("decoded"));
  EXPECT_EQ(DigestIn(Data(cached).out), DigestIn(one.out));
  EXPECT_EQ(DigestIn(Data(cached).out), DigestIn(one.out));
  EXPECT_NE(DigestIn(Data(words + "2 --first_step=1").out), DigestIn(one.out));
}

// The small rungs draw their sets, whatever the user has.
TEST_F(DataCliTest, ExperimentsRunOnDrawnSources) {
  const Workplace place;
  std::map<std::string, int> stages = {{"pretrain", 1}, {"data", 1},
                                       {"features", 1}, {"train", 1},
                                       {"predict", 1},  {"score", 1}};
  for (const char* name : {"classify_chexpert_s", "classify_rsna_s"}) {
    const ProgramResult result = place.Run(absl::StrCat(
        "run ", name, " --rung=smoke --data_root=", trees_->path()));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(Executed(result.err), stages) << result.err;
    EXPECT_THAT(result.out, HasSubstr(", SYNTHETIC, drawn: "));
    // Both probe the same pretraining.
    stages.erase("pretrain");
  }
}

TEST_F(DataCliTest, FingerprintsOfSourcesUnderTermsAreKeyed) {
  const ProgramResult first = Data("fingerprint --content --dataset=brax");
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, StartsWith("# brax (digests are keyed by "));
  EXPECT_THAT(first.out, HasSubstr("images: 3, missing: 0"));
  EXPECT_EQ(Data("fingerprint --content --dataset=brax").out, first.out);
  const std::string key = trees_->File("key");
  Overwrite(key, "another key of 32 bytes, as it is");
  EXPECT_NE(Data("fingerprint --content --dataset=brax --key=" + key).out,
            first.out);
}

TEST_F(DataCliTest, WhatIsAskedWronglyIsOneError) {
  const auto error_of = [](const std::string& words) {
    const ProgramResult result = Data(words);
    EXPECT_NE(result.exit_code, 0);
    EXPECT_EQ(result.out, "");
    return result.err;
  };
  EXPECT_THAT(error_of("check --dataset=chexprt"),
              HasSubstr("did you mean 'chexpert'?"));
  EXPECT_THAT(error_of("check"), HasSubstr("--dataset is missing"));
  EXPECT_THAT(error_of("chek --dataset=brax"),
              HasSubstr("found 'chek', expected check, show"));
  EXPECT_THAT(error_of("check --dataset=brax --experiment=classify_rsna_s"),
              HasSubstr("does not read BRAX, it reads"));
  EXPECT_THAT(error_of("show --dataset=brax --content"),
              HasSubstr("--content means nothing to data show"));
  EXPECT_THAT(error_of("check --dataset=brax --against=brax"),
              HasSubstr("expected another source than brax"));
  EXPECT_THAT(error_of("headers --dataset=vindr"),
              HasSubstr("expected --dataset=rsna"));
  EXPECT_THAT(error_of("show --dataset=brax --augment"),
              HasSubstr("--augment needs --experiment"));
  const ProgramResult nowhere =
      RunApart("tools/cxr data check --dataset=brax --data_root=/nowhere");
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_EQ(nowhere.err,
            "cxr: error: data: no BRAX here, looked for /nowhere/brax\n");
}

}  // namespace
}  // namespace cxr::tests
