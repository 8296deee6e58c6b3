// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/classify/round_keeper.h"

#include "absl/strings/str_cat.h"
#include "cxr/base/csv.h"
#include "cxr/base/status_macros.h"
#include "cxr/tasks/common/artifacts.h"

namespace cxr {
namespace {

constexpr char kStateFile[] = "state.safetensors";
// Of the finished rounds: round,kind,text with a line a file, a choice, a note.
constexpr char kRoundsFile[] = "rounds.csv";
constexpr char kHeader[] = "round,kind,text\n";
constexpr char kFile[] = "file";
constexpr char kChoice[] = "choice";
constexpr char kNote[] = "note";

void AddLine(size_t round, absl::string_view kind, const std::string& text,
             std::string* csv) {
  absl::StrAppend(csv, round, ",", kind, ",", CsvCell(text), "\n");
}

std::string RoundsCsv(const std::vector<RoundResult>& rounds) {
  std::string csv = kHeader;
  for (size_t i = 0; i < rounds.size(); ++i) {
    AddLine(i, kChoice, rounds[i].choice, &csv);
    for (const ArtifactBytes& file : rounds[i].files) {
      AddLine(i, kFile, file.name, &csv);
    }
    for (const std::string& note : rounds[i].notes) {
      AddLine(i, kNote, note, &csv);
    }
  }
  return csv;
}

absl::StatusOr<std::vector<RoundResult>> ReadRounds(
    const StageRequest& request) {
  CXR_ASSIGN_OR_RETURN(const std::string text,
                       request.read_checkpoint(kRoundsFile));
  CXR_ASSIGN_OR_RETURN(const CsvTable table,
                       CsvTable::Parse(text, kRoundsFile));
  std::vector<RoundResult> rounds;
  for (const CsvTable::Row& row : table.rows()) {
    if (row.cells.size() != 3) {
      return absl::DataLossError(
          absl::StrCat(kRoundsFile, ":", row.line, ": expected three cells"));
    }
    const std::string& kind = row.cells[1];
    if (kind == kChoice) rounds.push_back({.choice = row.cells[2]});
    if (rounds.empty()) continue;
    if (kind == kNote) rounds.back().notes.push_back(row.cells[2]);
    if (kind == kFile) {
      CXR_ASSIGN_OR_RETURN(std::string bytes,
                           request.read_checkpoint(row.cells[2]));
      rounds.back().files.push_back({row.cells[2], std::move(bytes)});
    }
  }
  return rounds;
}

}  // namespace

absl::StatusOr<RoundKeeper> RoundKeeper::Create(const StageRequest& request,
                                                int64_t rounds) {
  RoundKeeper keeper(request, rounds);
  if (!request.checkpoint_progress.has_value()) return keeper;
  CXR_ASSIGN_OR_RETURN(keeper.finished_, ReadRounds(request));
  CXR_ASSIGN_OR_RETURN(keeper.state_, request.read_checkpoint(kStateFile));
  CXR_ASSIGN_OR_RETURN(const std::string log,
                       request.read_checkpoint(kEpochsFile));
  CXR_ASSIGN_OR_RETURN(const std::vector<EpochLine> lines,
                       EpochLinesFromCsv(log, kEpochsFile));
  for (const EpochLine& line : lines) {
    if (line.round < 0 || line.round >= std::ssize(keeper.finished_)) {
      return absl::DataLossError(absl::StrCat(kEpochsFile, ": found round ",
                                              line.round, " of ",
                                              keeper.finished_.size()));
    }
    keeper.finished_[static_cast<size_t>(line.round)].log.push_back(line);
  }
  return keeper;
}

absl::Status RoundKeeper::Keep(double part, const std::string& state) const {
  std::vector<ArtifactBytes> files = {{kStateFile, state},
                                      {kRoundsFile, RoundsCsv(finished_)}};
  std::vector<EpochLine> log;
  for (const RoundResult& round : finished_) {
    files.insert(files.end(), round.files.begin(), round.files.end());
    log.insert(log.end(), round.log.begin(), round.log.end());
  }
  files.push_back({std::string(kEpochsFile), ToCsv(log)});
  return request_->save_checkpoint(
      (static_cast<double>(finished_.size()) + part) /
          static_cast<double>(rounds_),
      files, /*kept=*/2);
}

}  // namespace cxr
