// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/fingerprint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

constexpr char kHeader[] =
    "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged "
    "Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung "
    "Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural "
    "Effusion,Pleural Other,Fracture,Support Devices\n";

std::string Row(int patient) {
  return absl::StrCat("CheXpert-v1.0/train/patient", 10000 + patient,
                      "/study1/view1_frontal.jpg,Male,50,Frontal,AP",
                      ",,,,,,,,,,,,,,\n");
}

std::string ImagePathOf(int patient) {
  return absl::StrCat("chexpert/train/patient", 10000 + patient,
                      "/study1/view1_frontal.jpg");
}

class FingerprintTest : public ::testing::Test {
 protected:
  FingerprintTest() {
    std::string table = kHeader;
    for (int patient = 0; patient < kPatients; ++patient) {
      table += Row(patient);
      WriteTree(dir_.path(),
                {{ImagePathOf(patient), absl::StrCat("image ", patient)}});
    }
    WriteTree(dir_.path(), {{"chexpert/train.csv", table}});
  }

  std::string Quick() const {
    absl::StatusOr<std::string> digest =
        FingerprintFiles(spec::CHEXPERT, roots_);
    EXPECT_OK(digest);
    return digest.value_or("");
  }

  std::string Content() const {
    absl::StatusOr<spec::DataFingerprint> found =
        Fingerprint(spec::CHEXPERT, roots_,
                    {.content = true, .threads = 2, .key = "0123456789abcdef"});
    EXPECT_OK(found);
    return found.ok() ? found->content() : "";
  }

  void Replace(const std::string& file, const std::string& bytes) {
    ASSERT_OK(ReplaceFile(dir_.File(file), bytes));
  }

  static constexpr int kPatients = 200;
  const TempDir dir_;
  const DataRoots roots_ = {.data_root = dir_.path(),
                            .cache = dir_.File("cache")};
};

TEST_F(FingerprintTest, TheQuickOneFollowsTablesAndSampledImages) {
  const std::string before = Quick();
  EXPECT_EQ(Quick(), before);
  int noticed = 0;
  for (int patient = 0; patient < kPatients; ++patient) {
    Replace(ImagePathOf(patient), "changed");
    noticed += Quick() != before ? 1 : 0;
    Replace(ImagePathOf(patient), absl::StrCat("image ", patient));
  }
  EXPECT_EQ(noticed, kSampledImages);
  ASSERT_OK_AND_ASSIGN(const std::string table,
                       ReadFile(dir_.File("chexpert/train.csv")));
  Replace("chexpert/train.csv", table + Row(kPatients));
  EXPECT_NE(Quick(), before);
}

TEST_F(FingerprintTest, TheWholeOneFollowsEveryImage) {
  const std::string before = Content();
  for (const int patient : {0, 77, 199}) {
    Replace(ImagePathOf(patient), "changed");
    EXPECT_NE(Content(), before) << patient;
    Replace(ImagePathOf(patient), absl::StrCat("image ", patient));
  }
  EXPECT_EQ(Content(), before);
}

TEST_F(FingerprintTest, TheCacheChangesNothing) {
  const DataRoots without{.data_root = dir_.path()};
  const std::string fresh = *FingerprintFiles(spec::CHEXPERT, without);
  EXPECT_EQ(Quick(), fresh);
  EXPECT_EQ(Quick(), fresh);
  EXPECT_TRUE(Exists(dir_.File("cache/samples")));
}

// As ImageDir/ImageID, where nothing is known, or images/ImageID.
TEST_F(FingerprintTest, ImagesThatComeLaterAreLookedForAnew) {
  WriteTree(dir_.path(),
            {{"padchest/PADCHEST_a.csv",
              ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,"
              "PatientBirth,PatientSex_DICOM,Projection,Labels\n"
              "0,1.png,7,20140915,S,P,1930,M,PA,['normal']\n"}});
  const auto quick = [this] {
    return *FingerprintFiles(spec::PADCHEST, roots_);
  };
  const std::string planned = quick();
  WriteTree(dir_.path(), {{"padchest/images/1.png", "image"}});
  const std::string unpacked = quick();
  EXPECT_NE(unpacked, planned);
  EXPECT_EQ(unpacked,
            *FingerprintFiles(spec::PADCHEST, {.data_root = dir_.path()}));
  Replace("padchest/images/1.png", "another");
  EXPECT_NE(quick(), unpacked);
}

TEST_F(FingerprintTest, PlansDoNotReadTheDigestsOfEveryImage) {
  absl::SleepFor(absl::Seconds(3.1));  // Until files are remembered.
  Content();
  ASSERT_OK_AND_ASSIGN(const std::string small,
                       ReadFile(dir_.File("cache/digests.csv")));
  ASSERT_OK_AND_ASSIGN(const std::string large,
                       ReadFile(dir_.File("cache/content-chexpert.csv")));
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  EXPECT_EQ(lines(small), 1 + 1 + kSampledImages);  // header, table
  EXPECT_EQ(lines(large), 1 + kPatients);
}

TEST_F(FingerprintTest, ImagesWithinATableAreContent) {
  ASSERT_OK_AND_ASSIGN(
      const spec::DataFingerprint found,
      Fingerprint(spec::NIH64, {.samples = TestData("cxr/data/samples")},
                  {.content = true}));
  EXPECT_EQ(found.content(), found.tables());
  EXPECT_EQ(found.content_images(), 1000);
  EXPECT_EQ(found.missing_images(), 0);
}

TEST_F(FingerprintTest, MissingImagesAreCounted) {
  ASSERT_OK(RemoveAll(dir_.File(ImagePathOf(3))));
  ASSERT_OK_AND_ASSIGN(
      const spec::DataFingerprint found,
      Fingerprint(spec::CHEXPERT, roots_, {.content = true, .key = "k"}));
  EXPECT_EQ(found.missing_images(), 1);
  EXPECT_EQ(found.content_images(), kPatients - 1);
  ASSERT_EQ(found.parts_size(), 1);
  EXPECT_EQ(found.parts(0).part(), "training");
  EXPECT_EQ(found.parts(0).images(), kPatients);
}

TEST_F(FingerprintTest, DigestsOfASourceUnderTermsNeedTheKey) {
  const auto of_key = [&](const std::string& key) {
    return *Fingerprint(spec::CHEXPERT, roots_, {.key = key});
  };
  const spec::DataFingerprint one = of_key("0123456789abcdef");
  EXPECT_TRUE(one.keyed());
  EXPECT_EQ(of_key("0123456789abcdef").tables(), one.tables());
  const spec::DataFingerprint other = of_key("fedcba9876543210");
  EXPECT_NE(other.tables(), one.tables());
  EXPECT_NE(other.sampled(), one.sampled());
  EXPECT_NE(other.parts(0).ids(), one.parts(0).ids());
  EXPECT_NE(other.files(0).sha256(), one.files(0).sha256());
  const DataRoots samples{.samples = TestData("cxr/data/samples")};
  ASSERT_OK_AND_ASSIGN(const spec::DataFingerprint open,
                       Fingerprint(spec::NIH64, samples, {}));
  EXPECT_FALSE(open.keyed());
  EXPECT_EQ(open.sampled(), *FingerprintFiles(spec::NIH64, samples));
}

TEST_F(FingerprintTest, AMissingTableIsNamed) {
  ASSERT_OK(RemoveAll(dir_.File("chexpert/train.csv")));
  EXPECT_THAT(FingerprintFiles(spec::CHEXPERT, roots_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("train.csv")));
}

}  // namespace
}  // namespace cxr
