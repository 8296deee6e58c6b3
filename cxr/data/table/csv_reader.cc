// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/table/csv_reader.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cxr/base/status_macros.h"
#include "cxr/data/table/special_bytes.h"
#include "cxr/data/table/table_text.h"

namespace cxr {
namespace {

constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr size_t kMaxRowBytes = size_t{256} << 20;
constexpr absl::string_view kTooLong =
    "found a row of more than 256 MB, expected a line end or closing quote";

}  // namespace

class CsvReader::Impl {
 public:
  Impl(TableText text, absl::string_view name)
      : name_(name), text_(std::move(text)), keeps_text_(text_.complete()) {}

  absl::Status ReadHeader();
  absl::StatusOr<bool> Next();

  const std::string& name() const { return name_; }
  const std::vector<std::string>& header() const { return header_; }
  absl::Span<const absl::string_view> cells() const {
    return absl::MakeConstSpan(cells_.data(), cell_count_);
  }
  bool keeps_text() const { return keeps_text_; }
  int64_t line() const { return row_line_; }
  int64_t offset() const { return row_offset_; }
  int64_t length() const { return row_length_; }

  std::optional<int> FindColumn(absl::string_view name) const {
    const auto it = columns_.find(name);
    return it == columns_.end() ? std::nullopt : std::make_optional(it->second);
  }

 private:
  enum class Scan { kCell, kRow, kEmptyLine, kNeedsText, kError };

  Scan ScanRow();
  Scan ScanQuotedCell(size_t begin);
  Scan EndRow(size_t end, size_t stop);
  void UndoubleQuotes();
  void Restart() {
    special_.Start({text_.data(), text_.size()}, at_);
    next_special_ = special_.end();
  }
  absl::Status ReadMore();
  absl::Status CheckCellCount() const;

  bool NeedsText(size_t place) const {
    return place >= text_.size() && !text_.complete();
  }
  size_t NextSpecial() {
    if (next_special_ == special_.end()) {
      next_special_ = special_.FindMore();
    }
    return special_.base() + *next_special_++;
  }
  void AddCell(size_t begin, size_t end) {
    if (cell_count_ == cells_.size()) {
      cells_.resize(2 * cell_count_ + 1);
    }
    cells_[cell_count_++] = {text_.data() + begin, end - begin};
  }
  absl::Status Error(int64_t line, absl::string_view what) const {
    return absl::DataLossError(absl::StrCat(name_, ":", line, ": ", what));
  }

  std::string name_;
  TableText text_;
  bool keeps_text_;
  SpecialBytes special_;
  const uint32_t* next_special_ = special_.begin();
  size_t at_ = 0;     // where in text_ the next row starts
  int64_t line_ = 1;  // the line there

  std::vector<std::string> header_;
  absl::flat_hash_map<std::string, int> columns_;

  // The row; of cells_ the first cell_count_.
  std::vector<absl::string_view> cells_;
  size_t cell_count_ = 0;
  std::vector<size_t> doubled_;  // cells that hold doubled quotes
  size_t next_cell_ = 0;         // where in text_ the next cell starts
  int64_t row_line_ = 0;
  int64_t row_offset_ = 0;
  int64_t row_length_ = 0;
  absl::Status status_;
};

absl::Status CsvReader::Impl::ReadHeader() {
  if (!text_.complete()) {
    CXR_RETURN_IF_ERROR(ReadMore());
  }
  const absl::string_view text(text_.data(), text_.size());
  at_ = absl::StartsWith(text, kByteOrderMark) ? kByteOrderMark.size() : 0;
  Restart();
  CXR_ASSIGN_OR_RETURN(const bool found, Next());
  if (!found) {
    return absl::DataLossError(absl::StrCat(name_, ": no header line"));
  }
  for (const absl::string_view cell : cells()) {
    header_.emplace_back(cell);
  }
  for (size_t i = 0; i < header_.size(); ++i) {
    const bool is_new =
        columns_.emplace(header_[i], static_cast<int>(i)).second;
    if (!is_new && !header_[i].empty()) {
      return Error(row_line_, absl::StrCat("column '", header_[i],
                                           "' stands there twice"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> CsvReader::Impl::Next() {
  cell_count_ = 0;
  while (status_.ok() && (at_ < text_.size() || !text_.complete())) {
    const Scan scan = ScanRow();
    if (scan == Scan::kRow) {
      status_ = CheckCellCount();
      CXR_RETURN_IF_ERROR(status_);
      return true;
    }
    if (scan == Scan::kNeedsText) {
      line_ = row_line_;
      status_ = ReadMore();
    }
  }
  cell_count_ = 0;
  CXR_RETURN_IF_ERROR(status_);
  return false;
}

absl::Status CsvReader::Impl::CheckCellCount() const {
  if (header_.empty() || cell_count_ == header_.size()) {
    return absl::OkStatus();
  }
  return Error(row_line_,
               absl::StrCat("found ", cell_count_, " cells, expected ",
                            header_.size(), " as in the header"));
}

// The row is scanned again from its start: rows are short against what is read
// at a time, and that doubles for those that are not.
absl::Status CsvReader::Impl::ReadMore() {
  if (text_.size() - at_ > kMaxRowBytes) {
    return Error(line_, kTooLong);
  }
  if (const absl::Status read = text_.Advance(at_); !read.ok()) {
    const std::string path = absl::StrCat(name_, ": ");
    return absl::Status(read.code(),
                        absl::StrCat(name_, ":", line_, ": ",
                                     absl::StripPrefix(read.message(), path)));
  }
  at_ = 0;
  Restart();
  return absl::OkStatus();
}

CsvReader::Impl::Scan CsvReader::Impl::ScanRow() {
  cell_count_ = 0;
  doubled_.clear();
  row_line_ = line_;
  const char* const text = text_.data();
  size_t begin = at_;
  while (true) {
    const size_t stop = NextSpecial();
    if (text[stop] == ',') [[likely]] {
      AddCell(begin, stop);
      begin = stop + 1;
    } else if (text[stop] == '\n') {
      if (NeedsText(stop)) {
        return Scan::kNeedsText;
      }
      const size_t end =
          stop > begin && text[stop - 1] == '\r' ? stop - 1 : stop;
      AddCell(begin, end);
      return EndRow(end, stop);
    } else if (stop == begin) {
      if (const Scan scan = ScanQuotedCell(begin); scan != Scan::kCell) {
        return scan;
      }
      begin = next_cell_;
    }  // Else a quote within a cell, which is like any other byte.
  }
}

// From the opening quote on, which is passed.
CsvReader::Impl::Scan CsvReader::Impl::ScanQuotedCell(size_t begin) {
  const char* const text = text_.data();
  const int64_t opened = line_;
  bool doubled = false;
  size_t quote = NextSpecial();
  while (quote < text_.size() &&
         (text[quote] != '"' || text[quote + 1] == '"')) {
    if (text[quote] == '"') {
      doubled = true;
      NextSpecial();
    }
    line_ += text[quote] == '\n' ? 1 : 0;
    quote = NextSpecial();
  }
  if (quote == text_.size() && text_.complete()) {
    status_ = Error(opened, "quote is never closed");
    return Scan::kError;
  }
  const size_t end = quote + 1;
  if (NeedsText(end) || (text[end] == '\r' && NeedsText(end + 1))) {
    return Scan::kNeedsText;
  }
  const size_t stop =
      text[end] == '\r' && text[end + 1] == '\n' ? end + 1 : end;
  if (text[stop] != ',' && text[stop] != '\n') {
    status_ = Error(
        line_, absl::StrCat("found '", absl::CEscape({text + stop, 1}),
                            "' after a closing quote, expected ',' or line "
                            "end"));
    return Scan::kError;
  }
  NextSpecial();  // Is `stop`.
  if (doubled) {
    doubled_.push_back(cell_count_);
  }
  AddCell(begin + 1, quote);
  next_cell_ = stop + 1;
  return text[stop] == ',' ? Scan::kCell : EndRow(end, stop);
}

// The row's last cell ends at `end`, the line at `stop`.
CsvReader::Impl::Scan CsvReader::Impl::EndRow(size_t end, size_t stop) {
  const size_t begin = std::exchange(at_, std::min(stop + 1, text_.size()));
  ++line_;
  if (end == begin) {
    return Scan::kEmptyLine;
  }
  if (end - begin > kMaxRowBytes) {
    status_ = Error(row_line_, kTooLong);
    return Scan::kError;
  }
  row_offset_ = text_.offset() + static_cast<int64_t>(begin);
  row_length_ = static_cast<int64_t>(end - begin);
  UndoubleQuotes();
  return Scan::kRow;
}

// In place, and only once the row is complete: it is not scanned again then.
void CsvReader::Impl::UndoubleQuotes() {
  for (const size_t cell : doubled_) {
    const absl::string_view from = cells_[cell];
    char* const begin = text_.data() + (from.data() - text_.data());
    char* to = begin;
    for (size_t i = 0; i < from.size(); ++i) {
      *to++ = from[i];
      i += from[i] == '"' ? 1 : 0;
    }
    cells_[cell] = absl::string_view(begin, static_cast<size_t>(to - begin));
  }
}

CsvReader::CsvReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CsvReader::CsvReader(CsvReader&&) = default;
CsvReader& CsvReader::operator=(CsvReader&&) = default;
CsvReader::~CsvReader() = default;

absl::StatusOr<CsvReader> CsvReader::Open(absl::string_view path) {
  CXR_ASSIGN_OR_RETURN(TableText text, TableText::Open(path));
  auto impl = std::make_unique<Impl>(std::move(text), path);
  CXR_RETURN_IF_ERROR(impl->ReadHeader());
  return CsvReader(std::move(impl));
}

absl::StatusOr<CsvReader> CsvReader::FromText(std::string text,
                                              absl::string_view name) {
  auto impl = std::make_unique<Impl>(TableText::FromText(text), name);
  CXR_RETURN_IF_ERROR(impl->ReadHeader());
  return CsvReader(std::move(impl));
}

const std::vector<std::string>& CsvReader::header() const {
  return impl_->header();
}

std::optional<int> CsvReader::FindColumn(absl::string_view name) const {
  return impl_->FindColumn(name);
}

absl::StatusOr<int> CsvReader::Column(absl::string_view name) const {
  const std::optional<int> column = FindColumn(name);
  if (!column.has_value()) {
    return absl::DataLossError(absl::StrCat(impl_->name(), ": no column '",
                                            name, "', found ",
                                            absl::StrJoin(header(), ", ")));
  }
  return *column;
}

absl::StatusOr<bool> CsvReader::Next() { return impl_->Next(); }

absl::Span<const absl::string_view> CsvReader::cells() const {
  return impl_->cells();
}

bool CsvReader::keeps_text() const { return impl_->keeps_text(); }
int64_t CsvReader::line() const { return impl_->line(); }
int64_t CsvReader::offset() const { return impl_->offset(); }
int64_t CsvReader::length() const { return impl_->length(); }

std::string CsvReader::Place() const {
  return absl::StrCat(impl_->name(), ":", line());
}

absl::Status CsvReader::Unexpected(int column,
                                   absl::string_view expected) const {
  constexpr size_t kShown = 80;  // bytes
  const absl::string_view cell = cells().at(static_cast<size_t>(column));
  return absl::DataLossError(absl::StrCat(
      Place(), ": ", header().at(static_cast<size_t>(column)), ": found '",
      cell.substr(0, kShown), cell.size() > kShown ? "..." : "", "', expected ",
      expected));
}

}  // namespace cxr
