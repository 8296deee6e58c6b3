#!/bin/bash
# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# All benchmarks of this folder, one after the other; what it is given goes to
# each: --benchmark_filter=Auroc, --benchmark_min_time=0.1 ...

set -euo pipefail

for program in metrics/*/*_benchmark; do
  "./${program}" "$@"
done
