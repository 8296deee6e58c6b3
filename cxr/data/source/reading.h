// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_READING_H_
#define CXR_DATA_SOURCE_READING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cxr/data/index/image_index.h"
#include "cxr/data/table/csv_reader.h"

// What the readers of sources share: where a table lies, what its cells say,
// and whether an id stands there twice.
//
//   CXR_ASSIGN_OR_RETURN(const std::string file,
//                        FindTable(folder, "train.csv"));
//   CXR_ASSIGN_OR_RETURN(CsvReader table,
//                        CsvReader::Open(JoinPath(folder, file)));
//   ...
//   CXR_ASSIGN_OR_RETURN(example.sex, SexCell(table, sex, &index.remarks));

namespace cxr {

// Ages above are typing errors of the sources: 414 years in NIH, 155 in RSNA.
inline constexpr int kMaxAgeYears = 120;

// The first of `names` (relative to `folder`) that is there, each also with
// ".gz" at its end. NotFound naming the folder and all that was looked for.
absl::StatusOr<std::string> FindFile(absl::string_view folder,
                                     absl::Span<const std::string> names);
// The same; nothing if there is none.
std::optional<std::string> FindOptionalFile(
    absl::string_view folder, absl::Span<const std::string> names);

// Where the one table called `pattern` lies, relative to `folder`: in it or, if
// it is not there, in one of the folders in it, as an archive with a root of
// its own unpacks; the name may have ".gz" at its end. A "*" in the pattern
// stands for any text. NotFound if there is none, DataLoss if there are
// several.
absl::StatusOr<std::string> FindTable(absl::string_view folder,
                                      absl::string_view pattern);

// The part of `file` before its name, without the slash.
std::string FolderOf(absl::string_view file);

// The places of columns; DataLoss for one that is not there.
absl::StatusOr<std::vector<int>> FindColumns(
    const CsvReader& table, absl::Span<const std::string> names);

// Whether a cell says that it says nothing: "", "nan", "NaN".
bool IsBlank(absl::string_view cell);

// A label: 1, 0 or -1, also as "1.0"; NaN if blank. DataLoss for all else.
absl::StatusOr<float> LabelCell(const CsvReader& table, int column);

// Adds the labels in `columns` of this row to `labels`.
absl::Status AppendLabels(const CsvReader& table, absl::Span<const int> columns,
                          std::vector<float>* labels);

// Whole years: "62", "62.0", "060Y", "018M" (also W and D), of groups the
// youngest age ("45-49", "45 to 49", "85 or more", "90+"); kUnknownAge if
// blank; nothing if it is not an age. May be above kMaxAgeYears.
std::optional<int> ParseAge(absl::string_view text);
// The age in a cell; one above kMaxAgeYears is unknown, with a remark. DataLoss
// if it is not an age.
absl::StatusOr<int> AgeCell(const CsvReader& table, int column,
                            std::vector<Remark>* remarks);

// M, F, Male, Female in any case; unknown, with a remark, if the cell is blank,
// U, O, Unknown or Other. DataLoss for all else.
absl::StatusOr<Sex> SexCell(const CsvReader& table, int column,
                            std::vector<Remark>* remarks);

// PA, AP; AP_horizontal and AP Supine; L, LL, RL and Lateral; Frontal, in any
// case. Blank is kUnknown, any other word kOther (oblique, decubitus, ...).
View ParseView(absl::string_view text);
// The same of a cell, with a remark for what becomes kUnknown or kOther.
View ViewCell(const CsvReader& table, int column, std::vector<Remark>* remarks);

// The examples of an index by their ids, and the lines on which they stand.
// Costs some 20 bytes an example: the ids themselves are not copied.
//
//   ExampleIds ids(&index.examples);
//   ids.StartTable(path);
//   ... index.examples.push_back(example);
//   CXR_RETURN_IF_ERROR(ids.AddLast(table.line()));
class ExampleIds {
 public:
  // `examples` must outlive this object; their ids must not change.
  explicit ExampleIds(const std::vector<Example>* examples);

  // The examples added from here on stand in this table.
  void StartTable(absl::string_view path);

  // Adds the last example, which stands on this line. DataLoss if it has no id,
  // or one that was added before: then both lines are named.
  absl::Status AddLast(int64_t line);

  // The place in examples; nothing if the id was not added.
  std::optional<int> Find(absl::string_view id) const;

  // Where an example stands: "train.csv:17".
  std::string Place(int example) const;

 private:
  // An example, or one that is looked for, with the hash of its id: the table
  // grows without a look at the ids, which lie all over the memory.
  struct Entry {
    uint32_t hash = 0;
    int place = 0;
  };
  struct Wanted {
    uint32_t hash = 0;
    absl::string_view id = {};
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(const Entry& entry) const { return Mix(entry.hash); }
    size_t operator()(const Wanted& wanted) const { return Mix(wanted.hash); }
    static size_t Mix(uint32_t hash) { return absl::Hash<uint32_t>()(hash); }
  };
  struct Equal {
    using is_transparent = void;
    const std::vector<Example>* examples;
    absl::string_view Id(const Entry& entry) const {
      return (*examples)[entry.place].id;
    }
    absl::string_view Id(const Wanted& wanted) const { return wanted.id; }
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const {
      return a.hash == b.hash && Id(a) == Id(b);
    }
  };
  struct Table {
    std::string path;
    int first_example;
  };

  const std::vector<Example>* examples_;
  absl::flat_hash_set<Entry, Hash, Equal> entries_;
  std::vector<int64_t> lines_;  // a line an example
  std::vector<Table> tables_;
};

}  // namespace cxr

#endif  // CXR_DATA_SOURCE_READING_H_
