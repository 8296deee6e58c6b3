// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/regex.h"
#include "cxr/spec/check_claims.h"
#include "cxr/spec/check_table.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/references.h"
#include "cxr/spec/resolve.h"
#include "cxr/spec/table.pb.h"

namespace cxr {
namespace {

using RuleList = google::protobuf::RepeatedPtrField<spec::OverlayRule>;

// Order of the output; equal keys are one problem.
auto KeyOf(const SpecIssue& issue) {
  return std::tie(issue.file, issue.line, issue.column, issue.field,
                  issue.message);
}

struct ByPlace {
  bool operator()(const SpecIssue& a, const SpecIssue& b) const {
    return KeyOf(a) < KeyOf(b);
  }
};

class Linter {
 public:
  explicit Linter(const SpecCatalog& catalog)
      : catalog_(catalog), resolver_(catalog) {}

  std::vector<SpecIssue> Lint() {
    issues_.insert(catalog_.issues().begin(), catalog_.issues().end());
    for (const auto& file : catalog_.files()) {
      LintReferences(*file);
    }
    if (HasRules()) {
      LintExperiments();
      LintRules();
    }
    for (const auto& file : catalog_.files()) {
      if (file->kind == SpecKind::kTable && !file->broken) {
        LintLayout(*file);
      } else if (file->kind == SpecKind::kClaims && !file->broken) {
        LintClaims(*file);
      }
    }
    return {issues_.begin(), issues_.end()};
  }

  std::vector<SpecIssue> LintOneTable(const SpecFile& file) {
    LintReferences(file);
    LintLayout(file);
    return {issues_.begin(), issues_.end()};
  }

 private:
  void Add(SpecIssue issue) { issues_.insert(std::move(issue)); }

  void LintReferences(const SpecFile& file) {
    for (const SpecReference& reference : ReferencesOf(*file.message)) {
      if (!catalog_.Has(reference.kind, reference.name)) {
        Add(Locate({.field = reference.field,
                    .message = catalog_.ExplainMissing(reference.kind,
                                                       reference.name)},
                   file));
      }
    }
  }

  bool HasRules() {
    bool all = true;
    for (const SpecKind kind :
         {SpecKind::kRungs, SpecKind::kProtocols, SpecKind::kFamilies}) {
      const SpecFile* file = catalog_.FindOnly(kind);
      if (file == nullptr) {
        Add({.file = absl::StrCat("experiments/", KindFolder(kind)),
             .message = "is missing"});
      }
      all = all && file != nullptr && !file->broken;
    }
    return all;
  }

  // All pairs of a rung and a protocol.
  std::vector<Setting> Settings() const {
    std::vector<Setting> settings;
    for (const auto& rung :
         catalog_.FindOnly(SpecKind::kRungs)->As<spec::RungSet>().rungs()) {
      for (const auto& protocol : catalog_.FindOnly(SpecKind::kProtocols)
                                      ->As<spec::ProtocolSet>()
                                      .protocols()) {
        settings.push_back({.rung = rung.name(), .protocol = protocol.name()});
      }
    }
    return settings;
  }

  void LintExperiments() {
    const std::vector<Setting> settings = Settings();
    for (const std::string& name : catalog_.ExperimentNames()) {
      LintExperiment(name, settings);
    }
    // Fragments that others include count too, whoever those are.
    for (const auto& file : catalog_.files()) {
      for (std::string& name : NamesIn(*file->message, spec::FRAGMENT)) {
        included_.insert(std::move(name));
      }
    }
    for (const std::string& name : catalog_.Names(SpecKind::kFragment)) {
      if (!included_.contains(name)) {
        Add({.file = catalog_.Find(SpecKind::kFragment, name)->path,
             .message = absl::StrCat("nothing includes the fragment '", name,
                                     "'; include it or remove it")});
      }
    }
  }

  void LintExperiment(const std::string& name,
                      const std::vector<Setting>& settings) {
    const std::set<std::string> fragments = resolver_.FragmentsOf(name);
    fragments_.insert(fragments.begin(), fragments.end());
    // Settings with the same rules give the same result.
    std::map<std::string, std::vector<Setting>> groups;
    for (const Setting& setting : settings) {
      groups[resolver_.RulesFor(fragments, setting)].push_back(setting);
    }
    std::map<SpecIssue, std::vector<Setting>, ByPlace> found;
    for (const auto& [rules, members] : groups) {
      for (SpecIssue& issue : resolver_.Resolve(name, members[0]).issues) {
        std::vector<Setting>& where = found[std::move(issue)];
        where.insert(where.end(), members.begin(), members.end());
      }
    }
    for (const auto& [issue, where] : found) {
      if (issues_.contains(issue)) {
        continue;  // Said of the file, whatever the setting.
      }
      SpecIssue with_setting = issue;
      if (where.size() < settings.size()) {
        absl::StrAppend(&with_setting.message, " (", TextOf(where, settings),
                        ")");
      }
      Add(std::move(with_setting));
    }
  }

  // "at rung demo, smoke", with the protocol if not all of them are meant.
  static std::string TextOf(const std::vector<Setting>& some,
                            const std::vector<Setting>& all) {
    std::map<std::string, std::set<std::string>> protocols_of_rung;
    std::set<std::string> protocols;
    for (const Setting& setting : all) {
      protocols.insert(setting.protocol);
    }
    for (const Setting& setting : some) {
      protocols_of_rung[setting.rung].insert(setting.protocol);
    }
    // Rungs with the same protocols are named together.
    std::map<std::set<std::string>, std::set<std::string>> rungs;
    for (const auto& [rung, of_rung] : protocols_of_rung) {
      rungs[of_rung].insert(rung);
    }
    return absl::StrJoin(rungs, "; ", [&](std::string* out, const auto& entry) {
      absl::StrAppend(out, "at rung ", absl::StrJoin(entry.second, ", "),
                      entry.first == protocols
                          ? ""
                          : absl::StrCat(" with protocol ",
                                         absl::StrJoin(entry.first, ", ")));
    });
  }

  void LintRules() {
    const SpecFile& rungs = *catalog_.FindOnly(SpecKind::kRungs);
    const auto& rung_set = rungs.As<spec::RungSet>();
    std::set<std::string> names;
    for (int i = 0; i < rung_set.rungs_size(); ++i) {
      const std::string field = ItemField("rungs", i);
      LintName(rungs, field, rung_set.rungs(i).name(), names);
      LintBase(rungs, rung_set, i);
      LintRuleList(rungs, field, rung_set.rungs(i).rules());
    }
    const SpecFile& protocols = *catalog_.FindOnly(SpecKind::kProtocols);
    const auto& protocol_set = protocols.As<spec::ProtocolSet>();
    names.clear();
    for (int i = 0; i < protocol_set.protocols_size(); ++i) {
      const std::string field = ItemField("protocols", i);
      LintName(protocols, field, protocol_set.protocols(i).name(), names);
      LintRuleList(protocols, field, protocol_set.protocols(i).rules());
    }
  }

  // A rung is based on one before it, so that there is no circle.
  void LintBase(const SpecFile& file, const spec::RungSet& set, int rung) {
    std::vector<std::string> earlier;
    for (int i = 0; i < rung; ++i) {
      earlier.push_back(set.rungs(i).name());
    }
    const std::string& base = set.rungs(rung).based_on();
    if (set.rungs(rung).has_based_on() &&
        std::find(earlier.begin(), earlier.end(), base) == earlier.end()) {
      Add(Locate({.field = JoinField(ItemField("rungs", rung), "based_on"),
                  .message = NotThere("rung above this one", base, earlier)},
                 file));
    }
  }

  void LintName(const SpecFile& file, const std::string& field,
                const std::string& name, std::set<std::string>& names) {
    if (!names.insert(name).second) {
      Add(Locate({.field = JoinField(field, "name"),
                  .message = absl::StrCat("'", name, "' stands there twice")},
                 file));
    }
  }

  void LintRuleList(const SpecFile& file, const std::string& field,
                    const RuleList& rules) {
    for (int i = 0; i < rules.size(); ++i) {
      const std::string& pattern = rules.Get(i).including();
      const absl::StatusOr<bool> valid = FullMatch("", pattern);
      if (valid.ok() && resolver_.Matches(rules.Get(i), fragments_)) {
        continue;
      }
      Add(Locate(
          {.field =
               JoinField(ItemField(JoinField(field, "rules"), i), "including"),
           .message =
               valid.ok()
                   ? absl::StrCat(
                         "'", pattern, "' is a fragment of no experiment; ",
                         Hint(pattern, {fragments_.begin(), fragments_.end()}))
                   : std::string(valid.status().message())},
          file));
    }
  }

  void LintLayout(const SpecFile& file) {
    const auto& table = file.As<spec::TableSpec>();
    const SpecFile* published =
        catalog_.Find(SpecKind::kPublished, table.published());
    if (published == nullptr || published->broken) {
      return;
    }
    for (const FieldProblem& problem :
         CheckTable(table, published->As<spec::PublishedValues>())) {
      Add(Locate(problem, file));
    }
  }

  void LintClaims(const SpecFile& file) {
    const auto find =
        [&](absl::string_view name) -> const spec::PublishedValues* {
      const SpecFile* published = catalog_.Find(SpecKind::kPublished, name);
      return published == nullptr || published->broken
                 ? nullptr
                 : &published->As<spec::PublishedValues>();
    };
    for (const FieldProblem& problem :
         CheckClaims(file.As<spec::ClaimSet>(), find)) {
      Add(Locate(problem, file));
    }
  }

  const SpecCatalog& catalog_;
  const Resolver resolver_;
  std::set<SpecIssue, ByPlace> issues_;
  std::set<std::string> fragments_;  // Of any experiment.
  std::set<std::string> included_;   // By any file.
};

}  // namespace

std::vector<SpecIssue> Lint(const SpecCatalog& catalog) {
  return Linter(catalog).Lint();
}

std::vector<SpecIssue> LintTable(const SpecCatalog& catalog,
                                 const SpecFile& file) {
  return Linter(catalog).LintOneTable(file);
}

}  // namespace cxr
