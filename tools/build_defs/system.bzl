# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Repositories made of what is installed on this machine."""

_RULES_CC = "/usr/share/bazel/rules/cc"

def _debian_rules_cc_impl(ctx):
    for entry in ctx.path(_RULES_CC).readdir():
        command = ["cp", "-r", "--no-preserve=mode", str(entry), "."]
        result = ctx.execute(command)
        if result.return_code:
            fail(result.stderr)

    # The package imports a function that Debian's Bazel does not have yet.
    # What it returns there is this list.
    for path in [
        "cc/private/rules_impl/compiler_flag.bzl",
        "cc/private/rules_impl/cc_flags_supplier.bzl",
    ]:
        text = ctx.read(path)
        text = text.replace(", \"use_cpp_toolchain\"", "")
        text = text.replace("\"use_cpp_toolchain\", ", "")
        text = text.replace(
            "use_cpp_toolchain()",
            "[\"@bazel_tools//tools/cpp:toolchain_type\"]",
        )
        ctx.file(path, text)

debian_rules_cc = repository_rule(
    doc = "Debian's rules_cc, made to load in Debian's Bazel.",
    implementation = _debian_rules_cc_impl,
)

def _coverage_stub_impl(ctx):
    ctx.file("BUILD", "\n".join([
        "filegroup(",
        "    name = \"coverage_report_generator\",",
        "    visibility = [\"//visibility:public\"],",
        ")",
        "",
    ]))

coverage_stub = repository_rule(
    doc = "An empty coverage_report_generator.",
    implementation = _coverage_stub_impl,
)

def _deps_dir(ctx):
    """Returns the folder that tools/bazel fills; the same rule as there."""
    env = ctx.os.environ
    if env.get("CXR_DEPS_DIR"):
        return env["CXR_DEPS_DIR"]
    cache = env.get("XDG_CACHE_HOME") or env.get("HOME", "") + "/.cache"
    return cache + "/cxr/deps"

def _libtorch_impl(ctx):
    # The folder is named after the pins, as in tools/bazel.
    digest = ctx.execute(["sha256sum", str(ctx.path(ctx.attr.wheels))])
    root = "%s/libtorch-%s" % (_deps_dir(ctx), digest.stdout[:12])
    if not ctx.path(root).exists:
        fail("LibTorch is not in %s: run `tools/bazel` instead of " % root +
             "Bazel itself, once; it installs what is missing")
    for folder in ["include", "lib"]:
        ctx.symlink(root + "/" + folder, folder)

    # Bazel looks at each declared header in every build, and there are 9,000.
    # With g++ one is declared, which names the version; the others may be used
    # because they lie in the same package. clang's layering_check needs all.
    headers = ["include/torch/headeronly/version.h"]
    if ctx.os.environ.get("CC") == "clang":
        headers = ["include/**/*.h", "include/**/*.hpp"]
    ctx.file("headers.bzl", "HEADERS = %r\n" % headers)
    ctx.symlink(ctx.attr.build_file, "BUILD")

libtorch = repository_rule(
    doc = "LibTorch as tools/bazel unpacked it.",
    implementation = _libtorch_impl,
    attrs = {
        "build_file": attr.label(mandatory = True),
        "wheels": attr.label(mandatory = True),
    },
    environ = ["CC", "CXR_DEPS_DIR", "HOME", "XDG_CACHE_HOME"],
)
