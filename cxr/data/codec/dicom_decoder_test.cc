// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/codec/dicom_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "cxr/base/csv.h"
#include "cxr/base/digest.h"
#include "cxr/base/file.h"
#include "cxr/base/parallel.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/dicom_memory.h"

namespace cxr {
namespace {

using std::chrono::seconds;
using ::testing::StartsWith;

constexpr char kFolder[] = "cxr/data/codec/testdata/dicom";

std::string ReadTestFile(absl::string_view name) {
  return *ReadFile(TestData(absl::StrCat(kFolder, "/", name)));
}

std::unique_ptr<DicomDecoder> MakeDecoder(absl::string_view worker,
                                          int processes,
                                          seconds timeout = seconds(60)) {
  absl::StatusOr<std::unique_ptr<DicomDecoder>> decoder = DicomDecoder::Create(
      {.worker = TestData(absl::StrCat("cxr/data/codec/", worker)),
       .processes = processes,
       .timeout = timeout});
  EXPECT_OK(decoder);
  return *std::move(decoder);
}

std::string IdOfWorker(const DicomDecoder& decoder, absl::string_view word) {
  const absl::StatusOr<DicomTags> tags = decoder.ReadTags(word, "a.dcm");
  EXPECT_OK(tags);
  return tags.ok() ? tags->patient_id : "";
}

std::string Sha256OfGray(const DecodedImage& decoded) {
  const std::vector<uint8_t>& gray = decoded.image.pixels;
  return Sha256Hex(std::string(gray.begin(), gray.end()));
}

// testdata/dicom/make_dicom.py: all 13 transfer syntaxes, on many threads.
TEST(DicomDecoderTest, DecodesEveryFileAsPydicomDoes) {
  ASSERT_OK_AND_ASSIGN(
      const CsvTable table,
      CsvTable::Load(TestData(absl::StrCat(kFolder, "/dicom.csv"))));
  const auto decoder = MakeDecoder("dicom_worker", 2);
  const auto body = [&](int64_t i) -> absl::Status {
    const std::vector<std::string>& cells = table.rows()[i].cells;
    const absl::StatusOr<DecodedImage> decoded =
        decoder->Decode(ReadTestFile(cells[0]), cells[0]);
    if (!decoded.ok() || Sha256OfGray(*decoded) == cells[2]) {
      return decoded.status();
    }
    return absl::DataLossError(absl::StrCat(cells[0], ": other gray levels"));
  };
  EXPECT_OK(ParallelFor(static_cast<int64_t>(table.rows().size()),
                        /*threads=*/5, body));
}

TEST(DicomDecoderTest, FactsAreThoseOfTheFile) {
  const auto decoder = MakeDecoder("dicom_worker", 1);
  const std::string bytes = ReadTestFile("E_bitsstored_too_small.dcm");
  ASSERT_OK_AND_ASSIGN(const DecodedImage decoded,
                       decoder->Decode(bytes, "e.dcm"));
  const ImageFacts& facts = decoded.facts;
  EXPECT_EQ(facts.format, ImageFormat::kDicom);
  EXPECT_EQ(facts.width, 153);
  EXPECT_EQ(facts.height, 163);
  EXPECT_EQ(facts.bits, 14);
  EXPECT_EQ(facts.channels, 1);
  EXPECT_EQ(facts.photometric, "MONOCHROME2");
  EXPECT_EQ(facts.transfer_syntax, "1.2.840.10008.1.2.1");
  EXPECT_EQ(facts.smallest, 772);
  EXPECT_EQ(facts.largest, 13024);
  EXPECT_EQ(facts.warning, "");
}

TEST(DicomDecoderTest, TagsOfTheHeaderAlone) {
  const auto decoder = MakeDecoder("dicom_worker", 1);
  const std::string bytes = ReadTestFile("orig_cr_jpegbaseline_m2.dcm");
  ASSERT_OK_AND_ASSIGN(const DicomTags tags,
                       decoder->ReadTags(bytes.substr(0, 4096), "a.dcm"));
  EXPECT_EQ(tags.view_position, "PA");
  EXPECT_EQ(tags.patient_sex, "M");
  EXPECT_EQ(tags.patient_age, "62");
}

TEST(DicomDecoderTest, WhatTheCodecSaysNamesTheFile) {
  const auto decoder = MakeDecoder("dicom_worker", 1);
  EXPECT_THAT(decoder->Decode(ReadTestFile("X_truncated.dcm"), "b/x.dcm"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "b/x.dcm: DICOM: Incomplete Pixel Data found, use file "
                       "at own risk"));
  EXPECT_THAT(
      decoder->Decode("", "b/x.dcm"),
      StatusIs(absl::StatusCode::kDataLoss, StartsWith("b/x.dcm: DICOM: ")));
}

// GDCM 3.0.21 fails an assertion where a header ends inside a number, and
// takes memory for many seconds over the end of a deflated file.
TEST(DicomDecoderTest, RealDeathAndHangAreErrorsOfTheirFiles) {
  const auto decoder = MakeDecoder("dicom_worker", 1, seconds(2));
  const std::string good = ReadTestFile("C_rescale_multiwindow_sigmoid.dcm");
  EXPECT_THAT(decoder->Decode(good.substr(0, 358), "cut.dcm"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "cut.dcm: the DICOM codec was killed by signal 6"));
  EXPECT_OK(decoder->Decode(good, "good.dcm"));
  const std::string deflated = ReadTestFile("A_8bit_m2_deflated.dcm");
  EXPECT_THAT(decoder->Decode(deflated.substr(0, 5000), "cut.dcm"),
              StatusIs(absl::StatusCode::kDeadlineExceeded,
                       "cut.dcm: the DICOM codec did not answer within 2 s"));
  EXPECT_OK(decoder->Decode(good, "good.dcm"));
}

// Pixels of 4 GiB less 2 bytes. How the worker fails depends on its allocator.
TEST(DicomDecoderTest, FileThatAsksForAllMemoryIsAnError) {
  const auto decoder = MakeDecoder("dicom_worker", 1);
  const std::string good = ReadTestFile("E_bitsstored_too_small.dcm");
  std::string bytes = good;
  const size_t pixels = bytes.find("\xe0\x7f\x10", 0, 3);
  bytes.replace(pixels + 8, 4, "\xfe\xff\xff\xff");
  const absl::Status status = decoder->Decode(bytes, "a.dcm").status();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), StartsWith("a.dcm: "));
  EXPECT_OK(decoder->Decode(good, "a.dcm"));
}

TEST(DicomDecoderTest, MisbehavingWorkerIsAnErrorOfItsFile) {
  const auto decoder = MakeDecoder("dicom_fake_worker", 1, seconds(1));
  const auto message = [&](absl::string_view word) {
    return std::string(decoder->Decode(word, "b/a.dcm").status().message());
  };
  EXPECT_EQ(message("segv"),
            "b/a.dcm: the DICOM codec was killed by signal 11");
  EXPECT_EQ(message("hang"),
            "b/a.dcm: the DICOM codec did not answer within 1 s");
  EXPECT_EQ(message("exit3"),
            "b/a.dcm: the DICOM codec ended with exit code 3 instead of an "
            "answer");
  EXPECT_THAT(message("garbage"),
              StartsWith("b/a.dcm: the DICOM codec answered garbage: "));
  EXPECT_EQ(message("no"), "b/a.dcm: DICOM: no");
  EXPECT_EQ(message("full"), "b/a.dcm: DICOM: no memory");
  EXPECT_OK(decoder->Decode("pixel", "b/a.dcm"));
}

// Both speak of one image, of which others know nothing.
TEST(DicomDecoderTest, TooLargeAFileOrTooMuchMemoryIsDataLoss) {
  const auto decoder = MakeDecoder("dicom_fake_worker", 1);
  EXPECT_THAT(
      decoder->Decode("full", "b/a.dcm"),
      StatusIs(absl::StatusCode::kDataLoss, "b/a.dcm: DICOM: no memory"));
  EXPECT_THAT(decoder->Decode("invalid", "b/a.dcm"),
              StatusIs(absl::StatusCode::kDataLoss, "b/a.dcm: DICOM: odd"));
  const std::string id = IdOfWorker(*decoder, "whoami");
  // Nobody may look at its bytes.
  const size_t size = DicomMemory::kBytes + 1;
  void* const bytes =
      mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(bytes, MAP_FAILED);
  EXPECT_THAT(decoder->Decode({static_cast<const char*>(bytes), size}, "b.dcm"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "b.dcm: the DICOM codec found 536870913 bytes, expected "
                       "at most 536870912"));
  EXPECT_EQ(munmap(bytes, size), 0);
  EXPECT_EQ(IdOfWorker(*decoder, "whoami"), id);
}

TEST(DicomDecoderTest, OneWorkerServesManyFiles) {
  const auto decoder = MakeDecoder("dicom_fake_worker", 3);
  const std::string id = IdOfWorker(*decoder, "whoami");
  EXPECT_EQ(IdOfWorker(*decoder, "whoami"), id);
  EXPECT_FALSE(decoder->Decode("no", "a.dcm").ok());
  EXPECT_EQ(IdOfWorker(*decoder, "whoami"), id);
}

TEST(DicomDecoderTest, WhatEarlierFilesDidIsNoFaultOfTheNext) {
  const auto decoder = MakeDecoder("dicom_fake_worker", 1);
  const std::string spoilt = IdOfWorker(*decoder, "spoil");
  const std::string fresh = IdOfWorker(*decoder, "whoami");
  EXPECT_NE(fresh, spoilt);
  EXPECT_NE(IdOfWorker(*decoder, "worn"), fresh);
  int pid = 0;
  ASSERT_TRUE(absl::SimpleAtoi(IdOfWorker(*decoder, "whoami"), &pid));
  kill(pid, SIGKILL);
  EXPECT_NE(IdOfWorker(*decoder, "whoami"), absl::StrCat(pid));
}

TEST(DicomDecoderTest, ManyThreadsShareFewWorkersWhateverTheseDo) {
  const auto decoder = MakeDecoder("dicom_fake_worker", 3);
  absl::Mutex mutex;
  std::set<std::string> ids;
  const auto body = [&](int64_t i) -> absl::Status {
    if (i % 10 == 0) {
      const absl::Status status = decoder->Decode("segv", "a.dcm").status();
      return absl::StrContains(status.message(), "signal 11")
                 ? absl::OkStatus()
                 : absl::InternalError(status.ToString());
    }
    const absl::StatusOr<DicomTags> tags = decoder->ReadTags("whoami", "a");
    if (tags.ok()) {
      const absl::MutexLock lock(&mutex);
      ids.insert(tags->patient_id);
    }
    return tags.status();
  };
  EXPECT_OK(ParallelFor(/*count=*/200, /*threads=*/8, body));
  // Three at first, and two more at most after each death.
  EXPECT_LE(ids.size(), 3u + 2 * 20);
}

TEST(DicomDecoderTest, NoProcessIsLeft) {
  MakeDecoder("dicom_fake_worker", 1)->Decode("pixel", "a.dcm").IgnoreError();
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(DicomDecoderTest, WorkerThatCannotBeRunIsAnError) {
  const TempDir dir;
  const std::string path = dir.File("worker");
  EXPECT_THAT(DicomDecoder::Create({.worker = path}),
              StatusIs(absl::StatusCode::kNotFound, StartsWith(path + ": ")));
  ASSERT_OK(WriteNewFile(path, "no program"));
  EXPECT_EQ(chmod(path.c_str(), 0700), 0);
  ASSERT_OK_AND_ASSIGN(const auto decoder,
                       DicomDecoder::Create({.worker = path}));
  EXPECT_THAT(decoder->Decode("pixel", "a.dcm"),
              StatusIs(absl::StatusCode::kUnavailable,
                       StartsWith(absl::StrCat("a.dcm: ", path,
                                               ": cannot "
                                               "start the DICOM codec: "))));
}

TEST(DicomDecoderTest, OptionsWithoutSenseAreRefused) {
  const std::string worker = TestData("cxr/data/codec/dicom_fake_worker");
  EXPECT_THAT(DicomDecoder::Create({.worker = worker, .processes = 0}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       StartsWith("DICOM: found 0 processes")));
  EXPECT_FALSE(
      DicomDecoder::Create({.worker = worker, .timeout = seconds(0)}).ok());
}

}  // namespace
}  // namespace cxr
