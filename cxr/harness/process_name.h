// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_HARNESS_PROCESS_NAME_H_
#define CXR_HARNESS_PROCESS_NAME_H_

#include <string>

#include "cxr/spec/journal.pb.h"

// Who a process is, told so that another process, later and perhaps elsewhere,
// can say whether it still lives.

namespace cxr {

// This process.
spec::ProcessName ThisProcess();

enum class Life {
  kAlive,
  kDead,
  kUnknown,  // It is on another machine, or another container of this one.
};

Life LifeOf(const spec::ProcessName& process);

// "process 123", with the machine's name if it is another one.
std::string ToString(const spec::ProcessName& process);

}  // namespace cxr

#endif  // CXR_HARNESS_PROCESS_NAME_H_
