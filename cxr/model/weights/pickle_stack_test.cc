// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/model/weights/pickle_stack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;

TEST(PickleStackTest, TakesNothingFromBelowAMark) {
  PickleStack stack;
  ASSERT_OK(stack.Push(PickleKind::kNone));
  stack.Mark();
  EXPECT_THAT(stack.Pop(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no value")));
  EXPECT_THAT(stack.PopMany(1),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("0 values")));
  EXPECT_THAT(stack.Last(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("at its end")));
  ASSERT_OK_AND_ASSIGN(const auto items, stack.PopToMark());
  EXPECT_TRUE(items.empty());
  EXPECT_OK(stack.Last());
  EXPECT_THAT(stack.PopToMark(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no mark")));
}

TEST(PickleStackTest, RemembersValuesByNumber) {
  PickleStack stack;
  EXPECT_THAT(stack.Remember(7),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("remember")));
  ASSERT_OK_AND_ASSIGN(PickleValue* const list, stack.Push(PickleKind::kList));
  ASSERT_OK(stack.Remember(7));
  ASSERT_OK(stack.Recall(7));
  ASSERT_OK_AND_ASSIGN(const PickleValue* const again, stack.Pop());
  EXPECT_EQ(again, list);
  EXPECT_THAT(stack.Recall(8),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("as 8")));
}

TEST(PickleStackTest, FillsOnlyWhatCanBeFilled) {
  PickleStack stack;
  ASSERT_OK_AND_ASSIGN(PickleValue* const list, stack.Push(PickleKind::kList));
  ASSERT_OK(stack.Append({list, list}));
  EXPECT_EQ(list->items.size(), 2u);
  EXPECT_THAT(stack.SetItems({list, list}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("filled")));
  ASSERT_OK_AND_ASSIGN(PickleValue* const dict, stack.Push(PickleKind::kDict));
  ASSERT_OK(stack.SetItems({list, dict}));
  EXPECT_EQ(dict->entries.size(), 1u);
  EXPECT_THAT(stack.SetItems({list}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("key")));
  EXPECT_THAT(stack.SetState(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("filled")));
}

TEST(PickleStackTest, CallsOnlyNamesWithArguments) {
  PickleStack stack;
  ASSERT_OK_AND_ASSIGN(const PickleValue* const global,
                       stack.Push(PickleKind::kGlobal));
  ASSERT_OK(stack.PushTuple({global}));
  ASSERT_OK(stack.Call());
  ASSERT_OK_AND_ASSIGN(const PickleValue* const call, stack.Last());
  EXPECT_EQ(call->callee, global);
  EXPECT_EQ(call->arguments->items.size(), 1u);
  ASSERT_OK(stack.PushTuple({}));
  EXPECT_THAT(stack.Call(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("no name")));
}

}  // namespace
}  // namespace cxr
