// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/inspect/report_text.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "cxr/base/with_commas.h"

namespace cxr {
namespace {

using Counts = google::protobuf::RepeatedPtrField<spec::FoundCount>;

// A Markdown table whose columns are as wide as their widest cell; numbers, all
// columns but the first, stand to the right.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) {
    rows_.push_back(std::move(header));
  }

  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  std::string ToText() const {
    std::vector<size_t> widths(rows_[0].size(), 3);
    for (const auto& row : rows_) {
      for (size_t i = 0; i < row.size(); ++i) {
        widths[i] = std::max(widths[i], row[i].size());
      }
    }
    std::string text;
    for (size_t r = 0; r < rows_.size(); ++r) {
      absl::StrAppend(&text, Line(rows_[r], widths));
      if (r == 0) {
        absl::StrAppend(&text, Rule(widths));
      }
    }
    return text;
  }

 private:
  static std::string Line(const std::vector<std::string>& row,
                          const std::vector<size_t>& widths) {
    std::string line(1, '|');
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string blanks(widths[i] - row[i].size(), ' ');
      absl::StrAppend(&line, " ", i == 0 ? row[i] : blanks,
                      i == 0 ? blanks : row[i], " |");
    }
    absl::StrAppend(&line, "\n");
    return line;
  }

  static std::string Rule(const std::vector<size_t>& widths) {
    std::string rule(1, '|');
    for (size_t i = 0; i < widths.size(); ++i) {
      absl::StrAppend(&rule, std::string(widths[i] + 1, '-'),
                      i == 0 ? "-|" : ":|");
    }
    absl::StrAppend(&rule, "\n");
    return rule;
  }

  std::vector<std::vector<std::string>> rows_;
};

std::string CountsLine(absl::string_view what, const Counts& counts) {
  if (counts.empty()) {
    return "";
  }
  std::vector<std::string> items;
  for (const spec::FoundCount& item : counts) {
    items.push_back(absl::StrCat(item.name(), " ", WithCommas(item.count())));
  }
  return absl::StrCat(what, ": ", absl::StrJoin(items, ", "), "\n");
}

std::string RangeText(const spec::FoundRange& range) {
  return absl::StrCat(range.smallest(), " to ", range.largest(), ", median ",
                      range.median());
}

std::string PartsTable(const spec::DataReport& report) {
  TextTable table({"Part", "Images", "Patients", "Studies"});
  for (const spec::FoundPart& part : report.parts()) {
    table.Add({part.part(), WithCommas(part.images()),
               WithCommas(part.patients()),
               part.studies() == 0 ? "-" : WithCommas(part.studies())});
  }
  if (report.parts_size() > 1) {
    table.Add({"all", WithCommas(report.images()),
               WithCommas(report.patients()),
               report.studies() == 0 ? "-" : WithCommas(report.studies())});
  }
  return table.ToText();
}

std::string LabelsTable(const spec::DataReport& report) {
  if (report.labels().empty()) {
    return "";
  }
  TextTable table(
      {"Label", "Positive", "Negative", "Uncertain", "Missing", "Divided"});
  for (const spec::FoundLabel& label : report.labels()) {
    table.Add({label.name(), WithCommas(label.positive()),
               WithCommas(label.negative()), WithCommas(label.uncertain()),
               WithCommas(label.missing()), WithCommas(label.divided())});
  }
  return absl::StrCat("\n", table.ToText());
}

// A column a policy that reads a label of the source.
std::string PoliciesTable(const spec::DataReport& report) {
  std::vector<std::string> policies;
  for (const spec::FoundLabel& label : report.labels()) {
    for (const spec::FoundPolicy& policy : label.policies()) {
      if (std::find(policies.begin(), policies.end(), policy.policy()) ==
          policies.end()) {
        policies.push_back(policy.policy());
      }
    }
  }
  if (policies.empty()) {
    return "";
  }
  std::vector<std::string> header = {"Positive, by label policy"};
  header.insert(header.end(), policies.begin(), policies.end());
  TextTable table(header);
  for (const spec::FoundLabel& label : report.labels()) {
    std::vector<std::string> row(policies.size() + 1, "-");
    row[0] = label.name();
    for (const spec::FoundPolicy& policy : label.policies()) {
      const auto column =
          std::find(policies.begin(), policies.end(), policy.policy());
      const int64_t known = policy.positive() + policy.negative();
      row[column - policies.begin() + 1] = absl::StrFormat(
          "%s (%.3f)", WithCommas(policy.positive()),
          known > 0 ? static_cast<double>(policy.positive()) / known : 0.0);
    }
    table.Add(std::move(row));
  }
  return absl::StrCat("\n", table.ToText());
}

std::string FilesText(const spec::FoundFiles& files) {
  std::string text =
      absl::StrCat("\nfiles read: ", WithCommas(files.decoded()),
                   ", failed: ", WithCommas(files.failed()), "\n");
  absl::StrAppend(&text, CountsLine("formats", files.formats()),
                  CountsLine("bits", files.bits()),
                  CountsLine("channels", files.channels()),
                  CountsLine("photometric", files.photometric()),
                  CountsLine("transfer syntaxes", files.transfer_syntaxes()));
  if (files.has_widths()) {
    absl::StrAppend(&text, "widths: ", RangeText(files.widths()), "\n",
                    "heights: ", RangeText(files.heights()), "\n");
  }
  if (files.masks() > 0) {
    absl::StrAppend(&text, "masks read: ", WithCommas(files.masks()), "\n");
  }
  if (files.reports() > 0 || files.missing_reports() > 0) {
    absl::StrAppend(&text, "reports read: ", WithCommas(files.reports()),
                    ", missing: ", WithCommas(files.missing_reports()), "\n");
  }
  for (const spec::FoundFailure& failure : files.failures()) {
    absl::StrAppend(&text, "failed: ", failure.image(), ": ", failure.message(),
                    "\n");
  }
  if (files.failed() > files.failures_size()) {
    absl::StrAppend(&text, "... and ",
                    WithCommas(files.failed() - files.failures_size()),
                    " more\n");
  }
  if (files.warned() > 0) {
    absl::StrAppend(&text, "read with a warning: ", WithCommas(files.warned()),
                    "\n");
  }
  for (const spec::FoundFailure& warning : files.warnings()) {
    absl::StrAppend(&text, "warning: ", warning.image(), ": ",
                    warning.message(), "\n");
  }
  return text;
}

std::string LeaksText(const spec::DataReport& report) {
  std::string text =
      absl::StrCat("\nleaks: ", WithCommas(report.leaks()), "\n");
  for (const spec::FoundLeak& leak : report.first_leaks()) {
    absl::StrAppend(&text, "leak: ", leak.what(), ": ",
                    absl::StrJoin(leak.images(), ", "), "\n");
  }
  return text;
}

}  // namespace

std::string ToText(const spec::DataReport& report) {
  std::string text = absl::StrCat("# ", report.source());
  if (report.has_experiment()) {
    absl::StrAppend(&text, " as ", report.experiment(), " sees it");
  }
  absl::StrAppend(&text, "\n\n");
  if (report.synthetic()) {
    absl::StrAppend(&text,
                    "SYNTHETIC: drawn by a program, nobody's images\n\n");
  }
  if (report.has_terms()) {
    absl::StrAppend(&text, "terms: ", report.terms(), "\n\n");
  }
  absl::StrAppend(&text, PartsTable(report), "\n");
  absl::StrAppend(&text, CountsLine("views", report.views()),
                  CountsLine("sexes", report.sexes()));
  if (report.has_ages()) {
    absl::StrAppend(&text, "ages: ", RangeText(report.ages()), "\n");
  }
  if (report.boxes() > 0) {
    absl::StrAppend(&text, "boxes: ", WithCommas(report.boxes()), "\n");
  }
  absl::StrAppend(&text, LabelsTable(report), PoliciesTable(report));
  if (report.has_files()) {
    absl::StrAppend(&text, FilesText(report.files()));
  }
  absl::StrAppend(&text, LeaksText(report));
  for (const spec::FoundRemark& remark : report.remarks()) {
    absl::StrAppend(
        &text, "remark: ", remark.what(), ": ", WithCommas(remark.count()),
        remark.first().empty() ? ""
                               : absl::StrCat(" (first: ", remark.first(), ")"),
        "\n");
  }
  if (report.has_fingerprint()) {
    absl::StrAppend(&text, "\nfingerprint: ", report.fingerprint(), "\n");
  }
  return text;
}

std::string ToText(const spec::DataFingerprint& fingerprint) {
  std::string text = absl::StrCat(
      "# ", fingerprint.source(),
      fingerprint.keyed() ? " (digests are keyed" : "",
      fingerprint.has_key_id() ? absl::StrCat(" by ", fingerprint.key_id())
                               : "",
      fingerprint.keyed() ? ")" : "", "\n\n");
  TextTable files({"File", "Digest"});
  for (const spec::FileDigestRecord& file : fingerprint.files()) {
    files.Add({file.name(), file.sha256()});
  }
  TextTable parts({"Part", "Images", "Digest of ids"});
  for (const spec::PartDigest& part : fingerprint.parts()) {
    parts.Add({part.part(), WithCommas(part.images()), part.ids()});
  }
  absl::StrAppend(&text, files.ToText(), "\n", parts.ToText(), "\n");
  absl::StrAppend(&text, "tables: ", fingerprint.tables(), "\n",
                  "tables and sampled images: ", fingerprint.sampled(), "\n");
  if (fingerprint.has_content()) {
    absl::StrAppend(&text, "tables and all images: ", fingerprint.content(),
                    "\n", "images: ", WithCommas(fingerprint.content_images()),
                    ", missing: ", WithCommas(fingerprint.missing_images()),
                    "\n");
  }
  return text;
}

}  // namespace cxr
