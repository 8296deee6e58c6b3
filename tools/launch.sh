#!/bin/bash
# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# Starts the program from the folder of data in which Bazel runs targets and
# tests; the one without LibTorch where only that is there.

program=tools/cxr
[[ -x "${program}" ]] || program=tools/cxr_specs
exec "${program}" "$@"
