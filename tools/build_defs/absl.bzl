# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Debian's Abseil under the names of Abseil's own Bazel targets."""

_LIB = "/usr/lib/x86_64-linux-gnu"

# Folder under absl/ -> target -> name of the pkg-config file, less "absl_".
_TARGETS = {
    "algorithm": {"algorithm": "algorithm", "container": "algorithm_container"},
    "base": {
        "base": "base",
        "config": "config",
        "core_headers": "core_headers",
        "endian": "endian",
        "log_severity": "log_severity",
    },
    "cleanup": {"cleanup": "cleanup"},
    "container": {
        "btree": "btree",
        "fixed_array": "fixed_array",
        "flat_hash_map": "flat_hash_map",
        "flat_hash_set": "flat_hash_set",
        "inlined_vector": "inlined_vector",
        "node_hash_map": "node_hash_map",
        "node_hash_set": "node_hash_set",
    },
    "debugging": {
        "failure_signal_handler": "failure_signal_handler",
        "leak_check": "leak_check",
        "stacktrace": "stacktrace",
        "symbolize": "symbolize",
    },
    "flags": {
        "commandlineflag": "flags_commandlineflag",
        "config": "flags_config",
        "flag": "flags",
        "marshalling": "flags_marshalling",
        "parse": "flags_parse",
        "reflection": "flags_reflection",
        "usage": "flags_usage",
    },
    "functional": {
        "any_invocable": "any_invocable",
        "bind_front": "bind_front",
        "function_ref": "function_ref",
    },
    "hash": {"hash": "hash"},
    "memory": {"memory": "memory"},
    "meta": {"type_traits": "type_traits"},
    "numeric": {"bits": "bits", "int128": "int128"},
    "random": {
        "bit_gen_ref": "random_bit_gen_ref",
        "distributions": "random_distributions",
        "random": "random_random",
        "seed_sequences": "random_seed_sequences",
    },
    "status": {"status": "status", "statusor": "statusor"},
    "strings": {
        "cord": "cord",
        "str_format": "str_format",
        "strings": "strings",
    },
    "synchronization": {"synchronization": "synchronization"},
    "time": {"time": "time"},
    "types": {
        "any": "any",
        "compare": "compare",
        "optional": "optional",
        "span": "span",
        "variant": "variant",
    },
    "utility": {"utility": "utility"},
}

def _requires(text):
    """Returns the names on the Requires line of a pkg-config file."""
    for line in text.split("\n"):
        if line.startswith("Requires:"):
            items = line[len("Requires:"):].split(",")
            return [i.split("=")[0].strip() for i in items if i.strip()]
    return []

def _library(ctx, pc):
    """Returns the cc_library of one pkg-config file."""
    name = pc.basename[:-len(".pc")]
    archive = "lib%s.a" % name
    srcs = []
    if ctx.path("%s/%s" % (_LIB, archive)).exists:
        ctx.symlink("%s/%s" % (_LIB, archive), archive)
        srcs = [archive]
    deps = [":" + n for n in _requires(ctx.read(pc))]
    return "cc_library(name = %r, srcs = %r, deps = %r)" % (name, srcs, deps)

def _debian_absl_impl(ctx):
    header = "package(default_visibility = [\"//visibility:public\"])"
    build = [header]
    for pc in ctx.path(_LIB + "/pkgconfig").readdir():
        if pc.basename.startswith("absl_"):
            build.append(_library(ctx, pc))
    ctx.file("BUILD", "\n".join(build) + "\n")
    for folder, targets in _TARGETS.items():
        build = [header] + [
            "alias(name = %r, actual = %r)" % (name, "//:absl_" + pc)
            for name, pc in targets.items()
        ]
        ctx.file("absl/%s/BUILD" % folder, "\n".join(build) + "\n")

debian_absl = repository_rule(
    doc = """Wraps libabsl-dev.

One cc_library for each pkg-config file, with the dependencies written there,
and aliases under the upstream names. Headers are in the compiler's own search
path.""",
    implementation = _debian_absl_impl,
)
