// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/mimic_cxr_testing.h"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/data/source/mimic_cxr.h"
#include "cxr/data/source/testing.h"
#include "cxr/data/table/gzip.h"

namespace cxr {
namespace {

// A table that goes to the disk in pieces: a member of the gzip file each.
class GzipTable {
 public:
  GzipTable(absl::string_view folder, absl::string_view name)
      : path_(JoinPath(folder, name)) {}
  ~GzipTable() { Flush(); }
  GzipTable(const GzipTable&) = delete;
  GzipTable& operator=(const GzipTable&) = delete;

  template <typename... Texts>
  void Add(const Texts&... texts) {
    constexpr size_t kPieceBytes = size_t{4} << 20;
    absl::StrAppend(&piece_, texts...);
    if (piece_.size() >= kPieceBytes) {
      Flush();
    }
  }

 private:
  void Flush() {
    CXR_CHECK(AppendToFile(path_, Gzip(piece_)).ok()) << path_;
    piece_.clear();
  }

  std::string path_;
  std::string piece_;
};

constexpr absl::string_view kLabels[] = {
    ",,,,,,,,1.0,,,,,",
    "1.0,,0.0,,,,,,,1.0,,-1.0,0.0,1.0",
    ",,,-1.0,,,,1.0,,,,,,",
};

struct ImageIds {
  int subject = 0;
  int study = 0;
  std::string dicom = {};
};

ImageIds IdsOf(int64_t image) {
  constexpr int64_t kImages = 377'110;
  constexpr int64_t kStudies = 227'835;
  constexpr int64_t kSubjects = 65'379;
  // An odd multiplier permutes 64 bits, so that no image has the name of
  // another, and no order of theirs is left.
  const uint64_t mixed = static_cast<uint64_t>(image + 1) * 0x9e3779b97f4a7c15u;
  const uint32_t high = static_cast<uint32_t>(mixed >> 32);
  const uint32_t low = static_cast<uint32_t>(mixed);
  return {.subject = static_cast<int>(10'000'032 + image * kSubjects / kImages),
          .study = static_cast<int>(50'000'014 + image * kStudies / kImages),
          .dicom = absl::StrFormat("%08x-%08x-%08x-%08x-%08x", high, low, ~high,
                                   ~low, high ^ low)};
}

}  // namespace

void WriteMimicCxrTables(absl::string_view folder, int images) {
  GzipTable metadata(folder, "mimic-cxr-2.0.0-metadata.csv.gz");
  GzipTable split(folder, "mimic-cxr-2.0.0-split.csv.gz");
  GzipTable labels(folder, "mimic-cxr-2.0.0-chexpert.csv.gz");
  metadata.Add(
      "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,"
      "ViewPosition,Rows,Columns,StudyDate,StudyTime,"
      "ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,"
      "PatientOrientationCodeSequence_CodeMeaning\n");
  split.Add("dicom_id,study_id,subject_id,split\n");
  labels.Add(
      "subject_id,study_id,Atelectasis,Cardiomegaly,Consolidation,Edema,"
      "Enlarged Cardiomediastinum,Fracture,Lung Lesion,Lung Opacity,No "
      "Finding,Pleural Effusion,Pleural Other,Pneumonia,Pneumothorax,Support "
      "Devices\n");
  int last_subject = 0;
  int last_study = 0;
  for (int i = 0; i < images; ++i) {
    const ImageIds ids = IdsOf(i);
    metadata.Add(ids.dicom, ",", ids.subject, ",", ids.study,
                 ",\"CHEST (PA AND LAT), 2 VIEWS\",",
                 i % 3 == 0 ? "PA" : (i % 3 == 1 ? "AP" : "LATERAL"),
                 ",3056,2544,21800506,213014.531,CHEST (PA AND LAT),"
                 "postero-anterior,Erect\n");
    split.Add(ids.dicom, ",", ids.study, ",", ids.subject, ",train\n");
    if (ids.study != last_study || ids.subject != last_subject) {
      labels.Add(ids.subject, ",", ids.study, ",", kLabels[ids.study % 3],
                 "\n");
      last_subject = ids.subject;
      last_study = ids.study;
    }
  }
}

ReadingCost CostOfReadingMimicCxr(absl::string_view folder) {
  constexpr int64_t kKilobyte = 1024;  // unit of ru_maxrss: getrusage(2)
  int pipe_ends[2] = {};
  CXR_CHECK(pipe(pipe_ends) == 0) << "pipe";
  malloc_trim(0);  // what is free here would be used there and not be counted
  const pid_t child = fork();
  CXR_CHECK(child >= 0) << "fork";
  if (child == 0) {
    rusage before = {};
    rusage after = {};
    getrusage(RUSAGE_SELF, &before);
    const auto index = ReadMimicCxr(folder);
    CXR_CHECK(index.ok()) << index.status().ToString();
    getrusage(RUSAGE_SELF, &after);
    const ReadingCost cost = {
        .peak_bytes = (after.ru_maxrss - before.ru_maxrss) * kKilobyte,
        .images = static_cast<int64_t>(index->examples.size())};
    _exit(write(pipe_ends[1], &cost, sizeof(cost)) == sizeof(cost) ? 0 : 1);
  }
  close(pipe_ends[1]);
  ReadingCost cost;
  CXR_CHECK(read(pipe_ends[0], &cost, sizeof(cost)) == sizeof(cost))
      << "no cost from the child";
  close(pipe_ends[0]);
  CXR_CHECK(waitpid(child, nullptr, 0) == child) << "waitpid";
  return cost;
}

}  // namespace cxr
