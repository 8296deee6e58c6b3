// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/dicom_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/status/status.h"
#include "cxr/base/csv.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/source/testing.h"

namespace cxr {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::unique_ptr<DicomDecoder> Decoder() {
  return *DicomDecoder::Create(
      {.worker = TestData("cxr/data/codec/dicom_worker"), .processes = 2});
}

std::string Dicom(const std::string& name) {
  return *ReadFile(TestData("cxr/data/codec/testdata/dicom/" + name));
}

TEST(DicomHeadersTest, ALineAFileWhateverTheThreads) {
  const TempDir dir;
  WriteTree(dir.path(),
            {{"a/one.dcm", Dicom("F_signed_padding.dcm")},
             {"b/two.dicom", Dicom("C_rescale_multiwindow_sigmoid.dcm")},
             {"labels.csv", "not an image"}});
  const std::unique_ptr<DicomDecoder> decoder = Decoder();
  ASSERT_OK_AND_ASSIGN(const DicomHeaders headers,
                       ReadDicomHeaders(dir.path(), *decoder, 1));
  EXPECT_EQ(ReadDicomHeaders(dir.path(), *decoder, 3)->table, headers.table);
  ASSERT_OK_AND_ASSIGN(const CsvTable table,
                       CsvTable::Parse(headers.table, "headers"));
  EXPECT_EQ(table.rows().size(), 2u);
  EXPECT_EQ(table.header()[1], "ViewPosition");
  EXPECT_THAT(headers.failures, IsEmpty());
}

TEST(DicomHeadersTest, AFileThatIsNoneIsLeftOutAndNamed) {
  const TempDir dir;
  const std::unique_ptr<DicomDecoder> decoder = Decoder();
  EXPECT_THAT(
      ReadDicomHeaders(dir.path(), *decoder, 1),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("no file *.dcm")));
  WriteTree(dir.path(), {{"broken.dcm", "nothing"}});
  EXPECT_THAT(
      ReadDicomHeaders(dir.path(), *decoder, 1),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("broken.dcm")));
  WriteTree(dir.path(), {{"a.dcm", Dicom("F_signed_padding.dcm")}});
  ASSERT_OK_AND_ASSIGN(const DicomHeaders headers,
                       ReadDicomHeaders(dir.path(), *decoder, 1));
  EXPECT_THAT(headers.failures, ElementsAre(HasSubstr("broken.dcm")));
}

}  // namespace
}  // namespace cxr
