// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/message_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "cxr/base/testing.h"
#include "cxr/spec/plan.pb.h"
#include "tools/command_line.h"

namespace cxr {
namespace {

class MessageOutputTest : public ::testing::Test {
 protected:
  // What is printed of a plan.
  static std::string Printed() {
    spec::PlanRecord plan;
    plan.set_target("a \"b\"");
    plan.add_device_hours()->set_deployment("h100");
    ::testing::internal::CaptureStdout();
    EXPECT_OK(Print(plan, "the text\n"));
    std::fflush(stdout);
    return ::testing::internal::GetCapturedStdout();
  }

 private:
  absl::FlagSaver saver_;
};

TEST_F(MessageOutputTest, TextIsPrintedAsItIs) {
  EXPECT_OK(CheckFormat());
  EXPECT_EQ(Printed(), "the text\n");
}

TEST_F(MessageOutputTest, JsonHasTheNamesOfTheMessage) {
  absl::SetFlag(&FLAGS_format, "json");
  EXPECT_OK(CheckFormat());
  EXPECT_EQ(Printed(),
            "{\n"
            " \"target\": \"a \\\"b\\\"\",\n"
            " \"device_hours\": [\n"
            "  {\n"
            "   \"deployment\": \"h100\"\n"
            "  }\n"
            " ]\n"
            "}\n");
}

TEST_F(MessageOutputTest, AnotherFormatIsAnError) {
  absl::SetFlag(&FLAGS_format, "xml");
  EXPECT_THAT(CheckFormat(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "--format: found 'xml', expected text or json"));
}

}  // namespace
}  // namespace cxr
