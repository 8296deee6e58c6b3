// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/score/mask_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kMasks = {"a.png", "s/b.PNG", "s/c.d.png"};

class MaskTableTest : public ::testing::Test {
 protected:
  absl::StatusOr<MaskTable> Read(
      const std::string& text, const std::string& patients,
      const std::vector<std::string>& groups,
      const std::vector<std::string>& masks = kMasks) {
    EXPECT_OK(ReplaceFile(path(), text));
    return ReadMaskTable(
        {.path = path(), .patient_column = patients, .groups = groups}, "truth",
        masks);
  }

  std::string ErrorOf(const std::string& text) {
    const absl::Status status = Read(text, "patient", {"sex"}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
    return absl::StrReplaceAll(status.message(), {{path(), "t.csv"}});
  }

  std::string path() const { return dir_.File("t.csv"); }

 private:
  TempDir dir_;
};

TEST_F(MaskTableTest, RowsFollowTheMasks) {
  ASSERT_OK_AND_ASSIGN(
      const MaskTable table,
      Read("sex,id,age,patient\nF,s/c.d,1,p\n,a,0,q\nM,s/b,1,p\n", "patient",
           {"sex"}));
  EXPECT_EQ(table.file, path());
  EXPECT_THAT(table.patients, ElementsAre("q", "p", "p"));
  ASSERT_EQ(table.groups.size(), 1);
  EXPECT_EQ(table.groups[0].name, "sex");
  EXPECT_THAT(table.groups[0].cells, ElementsAre("", "M", "F"));
  EXPECT_THAT(table.unused, ElementsAre("age"));
}

TEST_F(MaskTableTest, PatientsAndGroupsStandAlone) {
  const std::string text = "id,who\na,1\ns/b,2\ns/c.d,3\n";
  ASSERT_OK_AND_ASSIGN(const MaskTable patients, Read(text, "who", {}));
  EXPECT_THAT(patients.patients, ElementsAre("1", "2", "3"));
  EXPECT_THAT(patients.groups, IsEmpty());
  ASSERT_OK_AND_ASSIGN(const MaskTable groups, Read(text, "", {"who"}));
  EXPECT_THAT(groups.patients, IsEmpty());
  EXPECT_THAT(groups.groups[0].cells, ElementsAre("1", "2", "3"));
}

TEST_F(MaskTableTest, WrongRowsAreNamed) {
  const std::string head = "id,patient,sex\na,p,F\ns/b,q,F\n";
  EXPECT_EQ(ErrorOf(head),
            "truth/s/c.d.png: found no row of it in t.csv, where 1 of 3 files "
            "have none, expected id 's/c.d'");
  EXPECT_EQ(ErrorOf(head + "\ns/c.d.png,q,M\n"),
            "t.csv:5: id: found 's/c.d.png', expected the name of a file in "
            "truth, without its extension");
  EXPECT_EQ(ErrorOf(head + "a,q,M\n"),
            "t.csv:4: id: found 'a', expected another than on line 2");
  EXPECT_EQ(ErrorOf(head + "s/c.d,,M\n"),
            "t.csv:4: patient: found '', expected the name of a patient");
  EXPECT_EQ(ErrorOf(head + ",q,M\n"),
            "t.csv:4: id: found '', expected a name of the image");
}

TEST_F(MaskTableTest, GroupsMustTellImagesApart) {
  EXPECT_THAT(Read("id,sex\na,\ns/b,\ns/c.d,\n", "", {"sex"}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       absl::StrCat(path(),
                                    ": sex: found 0 different values, "
                                    "expected 1 to 64 groups")));
}

TEST_F(MaskTableTest, MasksOfOneNameHaveNoRow) {
  EXPECT_THAT(
      Read("id,patient\na,p\n", "patient", {}, {"a.PNG", "a.png"}),
      StatusIs(absl::StatusCode::kInvalidArgument,
               "truth/a.png: found a.PNG, too, expected names that differ in "
               "more than the extension, as a table tells images apart by the "
               "rest"));
}

}  // namespace
}  // namespace cxr
