# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Digests of the sources that libraries are built from."""

_Sources = provider(fields = ["files"])

def _sources_impl(_target, ctx):
    files = [
        file
        for name in ["srcs", "hdrs"]
        for file in getattr(ctx.rule.files, name, [])
        if file.is_source and not file.owner.workspace_name
    ]
    deps = getattr(ctx.rule.attr, "deps", [])
    below = [dep[_Sources].files for dep in deps if _Sources in dep]
    return [_Sources(files = depset(files, transitive = below))]

_sources = aspect(attr_aspects = ["deps"], implementation = _sources_impl)

# $1 is the list to write, $2 a file that names the sources, one a line.
_LIST = "xargs -d '\\n' sha256sum -- < \"$2\" > \"$1\""

# $1 is the C++ file to write, $2 its header; the others are lists.
_TABULATE = """set -euo pipefail
{
  printf '#include "%s"\\n\\nnamespace cxr {\\n\\n' "$2"
  printf 'absl::Span<const SourceDigest> SourceDigests() {\\n'
  printf '  static constexpr SourceDigest kDigests[] = {\\n'
  sha256sum -- "${@:3}" |
    sed -E 's|^([0-9a-f]+) .*/(.*)[.]sha256$|      {"\\2", "\\1"},|'
  printf '  };\\n  return kDigests;\\n}\\n\\n}  // namespace cxr\\n'
} > "$1"
"""

def _source_digests_impl(ctx):
    lists = []
    for library, stages in ctx.attr.stages.items():
        files = library[_Sources].files
        paths = ctx.actions.args()
        paths.add_all(sorted([file.path for file in files.to_list()]))
        paths.set_param_file_format("multiline")
        paths.use_param_file("%s", use_always = True)
        for stage in stages.split(" "):
            name = "%s/%s.sha256" % (ctx.label.name, stage)
            list_file = ctx.actions.declare_file(name)
            lists.append(list_file)
            ctx.actions.run_shell(
                outputs = [list_file],
                inputs = files,
                command = _LIST,
                arguments = [list_file.path, paths],
            )
    table = ctx.actions.declare_file(ctx.label.name + ".cc")
    ctx.actions.run_shell(
        outputs = [table],
        inputs = lists,
        command = _TABULATE,
        arguments = [table.path, ctx.attr.header] + [l.path for l in lists],
    )
    return [
        DefaultInfo(files = depset([table])),
        OutputGroupInfo(lists = depset(lists)),
    ]

source_digests = rule(
    doc = """Writes NAME.cc: SourceDigests(), a table of a digest for each stage.

`stages` has the names of a library's stages, with spaces between, by library;
`header` declares SourceDigest and SourceDigests().

A digest is SHA-256 over the list NAME/STAGE.sha256 (output group `lists`): what
sha256sum prints, in the order of the paths, for the srcs and hdrs of the
library and of all that it depends on in this workspace. `sha256sum -c LIST` in
the workspace's root tells which of them have changed since.""",
    implementation = _source_digests_impl,
    attrs = {
        "header": attr.string(mandatory = True),
        "stages": attr.label_keyed_string_dict(
            aspects = [_sources],
            mandatory = True,
        ),
    },
)
