// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/make_dataset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

DataRoots Samples() { return {.samples = TestData("cxr/data/samples")}; }

spec::DataSpec Spec(spec::Source source) {
  spec::DataSpec spec;
  spec.set_source(source);
  return spec;
}

std::vector<spec::Source> LicensedSources() {
  std::vector<spec::Source> sources;
  for (int i = spec::Source_MIN; i <= spec::Source_MAX; ++i) {
    if (spec::Source_IsValid(i) && i != spec::SOURCE_UNSPECIFIED &&
        i != spec::NIH64 && i != spec::HANNOVER) {
      sources.push_back(static_cast<spec::Source>(i));
    }
  }
  return sources;
}

TEST(MakeDatasetTest, TheSamplesAreThere) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> nih64,
                       MakeDataset(Spec(spec::NIH64), Samples()));
  EXPECT_EQ(nih64->index().examples.size(), 1000u);
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> hannover,
                       MakeDataset(Spec(spec::HANNOVER), Samples()));
  EXPECT_EQ(hannover->mask_classes().size(), 1u);
  EXPECT_EQ(ReadIndex(spec::NIH64, Samples())->examples.size(), 1000u);
}

TEST(MakeDatasetTest, ASourceThatIsNotHereSaysHowToGiveIt) {
  const TempDir empty;
  DataRoots roots = Samples();
  for (const spec::Source source : LicensedSources()) {
    const std::string name = SourceName(source);
    roots.data_root = "";
    EXPECT_THAT(MakeDataset(Spec(source), roots),
                StatusIs(absl::StatusCode::kUnimplemented,
                         HasSubstr(absl::StrCat("give the folder that holds ",
                                                name, "/ with --data_root"))));
    roots.data_root = empty.path();
    EXPECT_THAT(
        MakeDataset(Spec(source), roots),
        StatusIs(absl::StatusCode::kUnimplemented,
                 HasSubstr(absl::StrCat("looked for ", empty.File(name)))));
    EXPECT_THAT(
        IndexFiles(source, roots),
        StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("data: no ")));
  }
}

TEST(MakeDatasetTest, AFolderWithoutTablesNamesWhatIsMissing) {
  const TempDir dir;
  DataRoots roots = Samples();
  roots.data_root = dir.path();
  for (const spec::Source source : LicensedSources()) {
    ASSERT_OK(CreateDirectories(dir.File(SourceName(source))));
  }
  for (const spec::Source source : LicensedSources()) {
    EXPECT_THAT(IndexFiles(source, roots),
                StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.path())))
        << SourceName(source);
    EXPECT_THAT(MakeDataset(Spec(source), roots),
                StatusIs(absl::StatusCode::kNotFound, HasSubstr(dir.path())))
        << SourceName(source);
  }
}

// MIMIC-CXR's marker is that of CheXmask's images, too.
TEST(MakeDatasetTest, AMarkedFolderIsSynthetic) {
  const TempDir dir;
  const DataRoots roots{.data_root = dir.path()};
  WriteTree(dir.path(), {{"brax/master_spreadsheet_update.csv", "none"},
                         {"mimic_cxr/SYNTHETIC", "drawn"},
                         {"chexmask/x", ""},
                         {"nih_cxr8/SYNTHETIC", "drawn"},
                         {"nih_cxr8/Data_Entry_2017_v2020.csv",
                          "Image Index,Finding Labels,Follow-up #,Patient ID,"
                          "Patient Age,Patient Gender,View Position\n"
                          "00000001_000.png,Mass,0,1,57,M,PA\n"}});
  EXPECT_FALSE(IsSynthetic(spec::BRAX, roots));
  EXPECT_FALSE(IsSynthetic(spec::PADCHEST, roots));
  EXPECT_TRUE(IsSynthetic(spec::CHEXMASK, roots));
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> nih,
                       MakeDataset(Spec(spec::NIH_CXR8), roots));
  EXPECT_TRUE(nih->index().synthetic);
  EXPECT_TRUE(ReadIndex(spec::NIH_CXR8, roots)->synthetic);
  ASSERT_OK_AND_ASSIGN(const std::vector<IndexFile> files,
                       IndexFiles(spec::NIH_CXR8, roots));
  EXPECT_EQ(files.back().name, "SYNTHETIC");
  ASSERT_OK(RemoveAll(dir.File("nih_cxr8/SYNTHETIC")));
  EXPECT_FALSE(ReadIndex(spec::NIH_CXR8, roots)->synthetic);
}

// A tree of each kind goes through the program in tests/data_cli_test.
TEST(MakeDatasetTest, ImagesAreDecodedByTheirBytesAndMayHaveBeenPrepared) {
  const TempDir dir;
  const GrayImage image{.width = 2, .height = 1, .pixels = {10, 200}};
  ASSERT_OK_AND_ASSIGN(const std::string png, EncodePngGray(image));
  ASSERT_OK_AND_ASSIGN(const std::string jpeg, EncodeJpegGray(image, 95));
  WriteTree(dir.path(),
            {{"nih_cxr8/Data_Entry_2017_v2020.csv",
              "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,"
              "Patient Gender,View Position,OriginalImage[Width,Height],"
              "OriginalImagePixelSpacing[x,y]\n"
              "00000001_000.png,Mass,0,1,57,M,PA,2,1,0.1,0.1\n"
              "00000001_001.png,No Finding,1,1,58,M,AP,2,1,0.1,0.1\n"},
             {"nih_cxr8/train_val_list.txt", "00000001_000.png\n"},
             {"nih_cxr8/test_list.txt", "00000001_001.png\n"},
             {"nih_cxr8/images/00000001_000.png", png},
             {"nih_cxr8/images/00000001_001.jpg", jpeg}});
  const DataRoots roots{.data_root = dir.path()};
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<Dataset> nih,
                       MakeDataset(Spec(spec::NIH_CXR8), roots));
  ASSERT_OK_AND_ASSIGN(const DecodedImage first, nih->Decode(0));
  EXPECT_EQ(first.image, image);
  EXPECT_EQ(first.facts.format, ImageFormat::kPng);
  ASSERT_OK_AND_ASSIGN(const DecodedImage second, nih->Decode(1));
  EXPECT_EQ(second.facts.format, ImageFormat::kJpeg);
  ASSERT_OK(RemoveAll(dir.File("nih_cxr8/images/00000001_000.png")));
  EXPECT_THAT(nih->Decode(0), StatusIs(absl::StatusCode::kNotFound,
                                       HasSubstr("00000001_000.png")));
  EXPECT_THAT(nih->LoadMask(1, image),
              StatusIs(absl::StatusCode::kUnimplemented,
                       HasSubstr("nih_cxr8 has no masks")));
  EXPECT_THAT(nih->LoadReport(1),
              StatusIs(absl::StatusCode::kUnimplemented, HasSubstr("reports")));
}

}  // namespace
}  // namespace cxr
