// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/table_testing.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "cxr/base/check.h"

namespace cxr {
namespace {

// Knuth's linear congruential generator (MMIX).
class Numbers {
 public:
  uint32_t Next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(state_ >> 32);
  }
  int Below(int end) {
    return static_cast<int>(uint64_t{Next()} * static_cast<uint32_t>(end) >>
                            32);
  }

 private:
  uint64_t state_ = 1;
};

std::string ImageId(Numbers& numbers) {
  std::array<uint32_t, 5> parts;
  std::generate(parts.begin(), parts.end(), [&] { return numbers.Next(); });
  return absl::StrFormat("%08x-%08x-%08x-%08x-%08x", parts[0], parts[1],
                         parts[2], parts[3], parts[4]);
}

// Landmarks as numpy prints them.
void AppendPoints(int count, Numbers& numbers, std::string* row) {
  row->append("\"[");
  for (int i = 0; i < count; ++i) {
    absl::StrAppendFormat(row, "%s[%5d%5d]", i == 0 ? "" : "\n ",
                          numbers.Below(2544), numbers.Below(3056));
  }
  row->append("]\"");
}

void AppendRuns(int count, Numbers& numbers, std::string* row) {
  int64_t start = 1000000;
  for (int i = 0; i < count; ++i) {
    start += 2544 + numbers.Below(5) - 2;
    absl::StrAppend(row, i == 0 ? "" : " ", start, " ",
                    500 + numbers.Below(100));
  }
}

}  // namespace

std::string MetadataTable(int rows) {
  struct View {
    absl::string_view procedure, position, code, patient;
  };
  constexpr std::array<View, 4> kViews = {{
      {"CHEST (PA AND LAT)", "PA", "postero-anterior", "Erect"},
      {"CHEST (PA AND LAT)", "LATERAL", "lateral", "Erect"},
      {"CHEST (PORTABLE AP)", "AP", "antero-posterior", ""},
      {"\"CHEST (PRE-OP, AP)\"", "AP", "antero-posterior", "Recumbent"},
  }};
  std::string table =
      "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,"
      "ViewPosition,Rows,Columns,StudyDate,StudyTime,"
      "ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,"
      "PatientOrientationCodeSequence_CodeMeaning\n";
  Numbers numbers;
  for (int i = 0; i < rows; ++i) {
    const View& view = kViews[numbers.Below(4)];
    absl::StrAppend(&table, ImageId(numbers), ",", 10000032 + i / 6, ",",
                    50000000 + numbers.Below(10000000), ",", view.procedure,
                    ",", view.position, ",", 2544 + numbers.Below(2) * 512, ",",
                    2544 + numbers.Below(2) * 512, ",",
                    21100101 + numbers.Below(1000000), ",");
    absl::StrAppendFormat(&table, "%d.%03d,%s,%s,%s\n",
                          80000 + numbers.Below(150000), numbers.Below(1000),
                          view.procedure, view.code, view.patient);
  }
  return table;
}

int64_t WriteMaskTable(const std::string& path, int64_t bytes) {
  std::ofstream file(path, std::ios::binary);
  file << "dicom_id,Dice RCA (Mean),Dice RCA (Max),Landmarks,Left Lung,"
          "Right Lung,Heart,Height,Width\n";
  Numbers numbers;
  int64_t rows = 0;
  std::string row;
  for (int64_t written = 0; written < bytes;
       written += static_cast<int64_t>(row.size()), ++rows) {
    row = absl::StrCat(ImageId(numbers), ",0.9", numbers.Below(1000), ",0.9",
                       numbers.Below(1000), ",");
    AppendPoints(120, numbers, &row);
    for (const int runs : {270, 260, 130}) {
      row.push_back(',');
      AppendRuns(runs, numbers, &row);
    }
    row.append(",3056,2544\n");
    file << row;
  }
  file.close();
  CXR_CHECK(file.good()) << "cannot write " << path;
  return rows;
}

int64_t PeakMemory() {
  std::ifstream file("/proc/self/status");
  std::string word;
  int64_t kilobytes = 0;
  while (file >> word && word != "VmHWM:") {
  }
  file >> kilobytes;
  CXR_CHECK(kilobytes > 0);
  return kilobytes * 1024;
}

void ForgetPeakMemory() {
  std::ofstream file("/proc/self/clear_refs");
  file << "5";  // proc(5): resets VmHWM
}

}  // namespace cxr
