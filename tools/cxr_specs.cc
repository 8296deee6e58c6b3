// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

// The verbs of the program that only read declarations, without LibTorch,
// whose libraries take half a second to load: for the lint tests, of which
// there is one a file.
#include "tools/process.h"

int main(int argc, char** argv) {
  return cxr::RunProgram(argc, argv, cxr::RunSpecVerb);
}
