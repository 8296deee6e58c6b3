# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Targets for spec files: a new file is a new target, without an edit."""

_LAUNCHER = "//tools:launch.sh"
_PROGRAM = "//tools:cxr"

# Lints as the program does, and starts in milliseconds.
_SPEC_PROGRAM = "//tools:cxr_specs"

def _stem(path):
    return path.split("/")[-1].replace(".textproto", "")

def runnable_specs(specs):
    """Declares for each spec a program that runs it.

    `bazel run :STEM -- --flag=value` is `cxr run STEM --flag=value`.

    Args:
      specs: paths of experiment, study and table files.
    """
    for path in specs:
        native.sh_binary(
            name = _stem(path),
            srcs = [_LAUNCHER],
            args = ["run", _stem(path)],
            data = [_PROGRAM],
        )

def linted_specs(specs):
    """Declares for each spec the test STEM_lint_test.

    Args:
      specs: paths of spec files of any kind.
    """
    for path in specs:
        native.sh_test(
            name = _stem(path) + "_lint_test",
            size = "small",
            srcs = [_LAUNCHER],
            args = ["lint", "experiments/" + path],
            data = [_SPEC_PROGRAM],
        )
