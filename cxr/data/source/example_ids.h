// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_DATA_SOURCE_EXAMPLE_IDS_H_
#define CXR_DATA_SOURCE_EXAMPLE_IDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "cxr/data/index/image_index.h"

// The examples of an index by their ids, and the lines on which they stand.
// Costs some 20 bytes an example: the ids themselves are not copied.
//
//   ExampleIds ids(&index.examples);
//   ids.StartTable(path);
//   ... index.examples.push_back(example);
//   CXR_RETURN_IF_ERROR(ids.AddLast(table.line()));

namespace cxr {

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

#endif  // CXR_DATA_SOURCE_EXAMPLE_IDS_H_
