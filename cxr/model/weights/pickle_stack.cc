// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/pickle_stack.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

constexpr size_t kMaxValues = size_t{1} << 20;

}  // namespace

absl::StatusOr<PickleValue*> PickleStack::Push(PickleKind kind) {
  if (values_.size() == kMaxValues) {
    return absl::DataLossError(
        absl::StrCat("found more values, expected up to ", kMaxValues));
  }
  PickleValue* const value = &values_.emplace_back();
  value->kind = kind;
  stack_.push_back(value);
  return value;
}

absl::Status PickleStack::PushTuple(std::vector<const PickleValue*> items) {
  CXR_ASSIGN_OR_RETURN(PickleValue* const value, Push(PickleKind::kTuple));
  value->items = std::move(items);
  return absl::OkStatus();
}

void PickleStack::Mark() { marks_.push_back(stack_.size()); }

size_t PickleStack::AboveMark() const {
  return stack_.size() - (marks_.empty() ? 0 : marks_.back());
}

absl::StatusOr<PickleValue*> PickleStack::Pop() {
  if (AboveMark() == 0) {
    return absl::DataLossError("found no value, expected one");
  }
  PickleValue* const value = stack_.back();
  stack_.pop_back();
  return value;
}

absl::StatusOr<std::vector<const PickleValue*>> PickleStack::PopMany(
    size_t count) {
  if (AboveMark() < count) {
    return absl::DataLossError(
        absl::StrCat("found ", AboveMark(), " values, expected ", count));
  }
  const auto begin = stack_.end() - static_cast<std::ptrdiff_t>(count);
  std::vector<const PickleValue*> values(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  return values;
}

absl::StatusOr<std::vector<const PickleValue*>> PickleStack::PopToMark() {
  if (marks_.empty()) {
    return absl::DataLossError("found no mark, expected one");
  }
  absl::StatusOr<std::vector<const PickleValue*>> values = PopMany(AboveMark());
  marks_.pop_back();
  return values;
}

// The value on top of the stack, which is of this kind or made by a call.
absl::StatusOr<PickleValue*> PickleStack::Top(PickleKind kind) {
  if (AboveMark() == 0 || (stack_.back()->kind != kind &&
                           stack_.back()->kind != PickleKind::kCall)) {
    return absl::DataLossError("found nothing that can be filled");
  }
  return stack_.back();
}

absl::Status PickleStack::Append(const std::vector<const PickleValue*>& items) {
  CXR_ASSIGN_OR_RETURN(PickleValue* const list, Top(PickleKind::kList));
  list->items.insert(list->items.end(), items.begin(), items.end());
  return absl::OkStatus();
}

absl::Status PickleStack::SetItems(
    const std::vector<const PickleValue*>& items) {
  CXR_ASSIGN_OR_RETURN(PickleValue* const dict, Top(PickleKind::kDict));
  if (items.size() % 2 != 0) {
    return absl::DataLossError("found a key without a value");
  }
  for (size_t i = 0; i < items.size(); i += 2) {
    dict->entries.emplace_back(items[i], items[i + 1]);
  }
  return absl::OkStatus();
}

absl::Status PickleStack::Call() {
  CXR_ASSIGN_OR_RETURN(const PickleValue* const arguments, Pop());
  CXR_ASSIGN_OR_RETURN(const PickleValue* const callee, Pop());
  if (callee->kind != PickleKind::kGlobal ||
      arguments->kind != PickleKind::kTuple) {
    return absl::DataLossError(
        "found a call of what is no name with arguments");
  }
  CXR_ASSIGN_OR_RETURN(PickleValue* const value, Push(PickleKind::kCall));
  value->callee = callee;
  value->arguments = arguments;
  return absl::OkStatus();
}

absl::Status PickleStack::SetState() {
  CXR_ASSIGN_OR_RETURN(const PickleValue* const state, Pop());
  CXR_ASSIGN_OR_RETURN(PickleValue* const object, Top(PickleKind::kCall));
  object->state = state;
  return absl::OkStatus();
}

absl::Status PickleStack::Remember(uint64_t number) {
  if (AboveMark() == 0) {
    return absl::DataLossError("found no value to remember");
  }
  memo_[number] = stack_.back();
  return absl::OkStatus();
}

absl::Status PickleStack::Recall(uint64_t number) {
  const auto found = memo_.find(number);
  if (found == memo_.end()) {
    return absl::DataLossError(
        absl::StrCat("found no value remembered as ", number));
  }
  stack_.push_back(found->second);
  return absl::OkStatus();
}

absl::StatusOr<const PickleValue*> PickleStack::Last() const {
  if (stack_.size() != 1 || !marks_.empty()) {
    return absl::DataLossError(absl::StrCat(
        "found ", stack_.size(), " values at its end, expected one"));
  }
  return stack_.back();
}

std::deque<PickleValue> PickleStack::TakeValues() { return std::move(values_); }

}  // namespace cxr
