// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_MODEL_WEIGHTS_PICKLE_STACK_H_
#define CXR_MODEL_WEIGHTS_PICKLE_STACK_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cxr/model/weights/pickle_value.h"

// The memory of the machine that reads a pickle: its values, the stack of them,
// marks on the stack and values remembered by number. What a pickle cannot ask
// for is DataLoss.

namespace cxr {

class PickleStack {
 public:
  // A new value on the stack; no more than 2^20 of them.
  absl::StatusOr<PickleValue*> Push(PickleKind kind);
  absl::Status PushTuple(std::vector<const PickleValue*> items);

  void Mark();

  // Nothing below the last mark is taken from the stack.
  absl::StatusOr<PickleValue*> Pop();
  absl::StatusOr<std::vector<const PickleValue*>> PopMany(size_t count);
  absl::StatusOr<std::vector<const PickleValue*>> PopToMark();

  // Of the value on top of the stack, by number.
  absl::Status Remember(uint64_t number);
  absl::Status Recall(uint64_t number);

  // Into the list, the dictionary (a key, its value, a key ...) or the result
  // of a call on top of the stack.
  absl::Status Append(const std::vector<const PickleValue*>& items);
  absl::Status SetItems(const std::vector<const PickleValue*>& items);

  // Calls the name below the top of the stack with the tuple there.
  absl::Status Call();

  // The top of the stack as attributes of the result of a call below it.
  absl::Status SetState();

  // The only value on the stack.
  absl::StatusOr<const PickleValue*> Last() const;

  // All of them; the stack is not used afterwards.
  std::deque<PickleValue> TakeValues();

 private:
  size_t AboveMark() const;
  absl::StatusOr<PickleValue*> Top(PickleKind kind);

  std::deque<PickleValue> values_;  // which stay where they are
  std::vector<PickleValue*> stack_;
  std::vector<size_t> marks_;  // heights of the stack
  absl::flat_hash_map<uint64_t, PickleValue*> memo_;
};

}  // namespace cxr

#endif  // CXR_MODEL_WEIGHTS_PICKLE_STACK_H_
