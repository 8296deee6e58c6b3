// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/text/clean_report.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "cxr/text/white_space.h"

namespace cxr {
namespace {

constexpr std::pair<absl::string_view, absl::string_view> kShortForms[] = {
    {"and/or", "or"},        {"w/o", "without"},         {"s/p", "status post"},
    {"r/o", "rule out"},     {"c/w", "consistent with"}, {"can't", "cannot"},
    {"isn't", "is not"},     {"aren't", "are not"},      {"wasn't", "was not"},
    {"doesn't", "does not"},
};

constexpr absl::string_view kAbbreviations[] = {
    "vs", "dr", "mr", "mrs", "ms", "st", "cf", "approx", "resp", "incl", "ca"};

bool IsWordByte(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// Whether a line that begins with `line` is an item of a list: "2. ", "- ".
bool BeginsItem(absl::string_view line) {
  size_t digits = 0;
  while (digits < line.size() && absl::ascii_isdigit(line[digits])) {
    ++digits;
  }
  if (digits == 0) {
    return absl::StartsWith(line, "- ") || absl::StartsWith(line, "* ");
  }
  const absl::string_view rest = line.substr(digits);
  return (absl::StartsWith(rest, ".") || absl::StartsWith(rest, ")")) &&
         LeadingSpace(rest.substr(1)) > 0;
}

class Cleaner {
 public:
  explicit Cleaner(absl::string_view report) : report_(report) {
    clean_.reserve(report.size() + report.size() / 8);
  }

  std::string Clean() && {
    while (at_ < report_.size()) {
      if (!PassSpace() && !PassShortForm()) {
        Append(absl::ascii_tolower(report_[at_++]));
      }
    }
    if (absl::EndsWith(clean_, " ")) {
      clean_.pop_back();
    }
    return std::move(clean_);
  }

 private:
  bool PassSpace() {
    int lines = 0;
    const size_t begin = at_;
    while (const size_t size = LeadingSpace(report_.substr(at_))) {
      lines += report_[at_] == '\n' ? 1 : 0;
      at_ += size;
    }
    if (at_ == begin) {
      return false;
    }
    if (lines > 1 || (lines == 1 && BeginsItem(report_.substr(at_)))) {
      EndSentence();
    }
    AppendSpace();
    return true;
  }

  void EndSentence() {
    const absl::string_view written = StripSpace(clean_);
    if (!written.empty() && at_ < report_.size() &&
        !absl::StrContains(".:;,?!", written.substr(written.size() - 1))) {
      Append('.');
    }
  }

  bool PassShortForm() {
    const absl::string_view rest = report_.substr(at_);
    const char before = at_ > 0 ? report_[at_ - 1] : ' ';
    if (rest[0] == '/') {
      if (rest.size() < 2 || !absl::ascii_isalpha(before) ||
          !absl::ascii_isalpha(rest[1])) {
        return false;
      }
      clean_ += " or ";
      ++at_;
      return true;
    }
    if (IsWordByte(before) ||
        rest.substr(0, 6).find_first_of("/'") == absl::string_view::npos) {
      return false;
    }
    for (const auto& [form, words] : kShortForms) {
      if (absl::StartsWithIgnoreCase(rest, form) &&
          (rest.size() == form.size() || !IsWordByte(rest[form.size()]))) {
        clean_.append(words.data(), words.size());
        at_ += form.size();
        return true;
      }
    }
    return false;
  }

  void AppendSpace() {
    if (!clean_.empty() && clean_.back() != ' ') {
      clean_ += ' ';
    }
  }

  void Append(char c) {
    // ". ." and ".." are one.
    if (c == '.' && absl::EndsWith(clean_, ". ")) {
      return;
    }
    clean_ += c;
    if (c == '.' || c == ',') {
      clean_ += ' ';
    }
  }

  const absl::string_view report_;
  std::string clean_;
  size_t at_ = 0;
};

// Whether the sentence that begins at `begin` goes on behind the period at
// `period`.
bool GoesOn(absl::string_view clean, size_t begin, size_t period) {
  size_t word = period;
  while (word > begin && IsWordByte(clean[word - 1])) {
    --word;
  }
  const absl::string_view last = clean.substr(word, period - word);
  const bool number =
      std::all_of(last.begin(), last.end(), absl::ascii_isdigit);
  if (number && !last.empty()) {
    return word > begin && period + 2 < clean.size() &&
           absl::ascii_isdigit(clean[period + 2]);
  }
  if (last.size() == 1 && absl::ascii_isalpha(last[0])) {
    return true;
  }
  return std::find(std::begin(kAbbreviations), std::end(kAbbreviations),
                   last) != std::end(kAbbreviations);
}

}  // namespace

std::string CleanReport(absl::string_view report) {
  return Cleaner(report).Clean();
}

std::vector<TextSpan> Sentences(absl::string_view clean) {
  std::vector<TextSpan> sentences;
  size_t begin = 0;
  for (size_t i = 0; i < clean.size(); ++i) {
    const bool last = i + 1 == clean.size();
    const bool may_end = clean[i] == '.' || clean[i] == '!' || clean[i] == '?';
    // A question mark before a word doubts it: "?pneumonia".
    if (!last && (!may_end || clean[i + 1] != ' ' ||
                  (clean[i] == '.' && GoesOn(clean, begin, i)) ||
                  (clean[i] == '?' && (i == 0 || clean[i - 1] == ' ')))) {
      continue;
    }
    sentences.push_back({begin, i + 1});
    begin = last ? i + 1 : i + 2;
    ++i;
  }
  return sentences;
}

}  // namespace cxr
