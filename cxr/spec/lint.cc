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
#include "cxr/spec/check_claims.h"
#include "cxr/spec/check_table.h"
#include "cxr/spec/claim.pb.h"
#include "cxr/spec/identity_parts.h"
#include "cxr/spec/published.pb.h"
#include "cxr/spec/references.h"
#include "cxr/spec/resolve.h"
#include "cxr/spec/study.h"
#include "cxr/spec/study.pb.h"
#include "cxr/spec/table.pb.h"

namespace cxr {
namespace {

// Where nothing is cut down or repaired.
bool IsWholePaper(const Setting& setting) {
  return setting.rung == "paper" && setting.protocol == "as_published";
}

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

// Names in the file of what is not there.
std::vector<SpecIssue> ReferenceIssues(const SpecCatalog& catalog,
                                       const SpecFile& file) {
  std::vector<SpecIssue> issues;
  for (const SpecReference& reference : ReferencesOf(*file.message)) {
    const bool found = reference.is_result
                           ? catalog.HasResult(reference.name)
                           : catalog.Has(reference.kind, reference.name);
    if (!found) {
      issues.push_back(Locate(
          {.field = reference.field,
           .message =
               reference.is_result
                   ? catalog.ExplainMissingResult(reference.name)
                   : catalog.ExplainMissing(reference.kind, reference.name)},
          file));
    }
  }
  return issues;
}

// What does not fit between a table and its published values.
std::vector<SpecIssue> LayoutIssues(const SpecCatalog& catalog,
                                    const SpecFile& file) {
  const auto& table = file.As<spec::TableSpec>();
  const SpecFile* published =
      catalog.Find(SpecKind::kPublished, table.published());
  std::vector<SpecIssue> issues;
  for (const FieldProblem& problem : CheckParts(table)) {
    issues.push_back(Locate(problem, file));
  }
  for (int i = 0; i < table.parts_size(); ++i) {
    const SpecFile* part = catalog.Find(SpecKind::kTable, table.parts(i));
    // One level: so no table can show itself.
    if (part != nullptr && !part->broken &&
        part->As<spec::TableSpec>().parts_size() > 0) {
      issues.push_back(
          Locate({.field = ItemField("parts", i),
                  .message = absl::StrCat("'", table.parts(i),
                                          "' shows other tables itself")},
                 file));
    }
  }
  if (published != nullptr && !published->broken) {
    for (const FieldProblem& problem :
         CheckTable(table, published->As<spec::PublishedValues>())) {
      issues.push_back(Locate(problem, file));
    }
  }
  return issues;
}

class Linter {
 public:
  explicit Linter(const SpecCatalog& catalog)
      : catalog_(catalog), resolver_(catalog) {}

  std::vector<SpecIssue> Lint() {
    issues_.insert(catalog_.issues().begin(), catalog_.issues().end());
    for (const auto& file : catalog_.files()) {
      AddAll(ReferenceIssues(catalog_, *file));
    }
    if (HasRules()) {
      LintExperiments();
      LintRules();
    }
    for (const auto& file : catalog_.files()) {
      if (file->kind == SpecKind::kStudy && !file->broken) {
        LintAxes(*file);
      } else if (file->kind == SpecKind::kTable && !file->broken) {
        AddAll(LayoutIssues(catalog_, *file));
      } else if (file->kind == SpecKind::kClaims && !file->broken) {
        LintClaims(*file);
      }
    }
    return {issues_.begin(), issues_.end()};
  }

 private:
  void Add(SpecIssue issue) { issues_.insert(std::move(issue)); }
  void AddAll(const std::vector<SpecIssue>& issues) {
    issues_.insert(issues.begin(), issues.end());
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
    std::set<std::string> included;
    for (const auto& file : catalog_.files()) {
      if (file->kind != SpecKind::kFragment) {
        catalog_.AddFragmentsOf(*file->message, included);
      }
    }
    for (const std::string& name : catalog_.Names(SpecKind::kFragment)) {
      if (!included.contains(name)) {
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
    const bool is_cell = catalog_.FindCell(name) != nullptr;
    std::map<SpecIssue, std::vector<Setting>, ByPlace> found;
    for (const auto& [rules, members] : groups) {
      PlacedExperiment placed = resolver_.Resolve(name, members[0]);
      if (is_cell && placed.issues.empty() && placed.broken.empty() &&
          std::any_of(members.begin(), members.end(), IsWholePaper)) {
        digests_.emplace(name, SpecDigest(placed.spec));
      }
      for (SpecIssue& issue : placed.issues) {
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
    for (int i = 0; i < rung_set.rungs_size(); ++i) {
      LintRuleList(rungs, ItemField("rungs", i), rung_set.rungs(i).rules());
    }
    const SpecFile& protocols = *catalog_.FindOnly(SpecKind::kProtocols);
    const auto& protocol_set = protocols.As<spec::ProtocolSet>();
    for (int i = 0; i < protocol_set.protocols_size(); ++i) {
      LintRuleList(protocols, ItemField("protocols", i),
                   protocol_set.protocols(i).rules());
    }
  }

  void LintRuleList(const SpecFile& file, const std::string& field,
                    const RuleList& rules) {
    for (int i = 0; i < rules.size(); ++i) {
      if (!resolver_.Matches(rules.Get(i), fragments_)) {
        const std::string& pattern = rules.Get(i).including();
        Add(Locate({.field = JoinField(ItemField(JoinField(field, "rules"), i),
                                       "including"),
                    .message = absl::StrCat(
                        "'", pattern, "' is a fragment of no experiment; ",
                        Hint(pattern, {fragments_.begin(), fragments_.end()}))},
                   file));
      }
    }
  }

  // At the paper's scale, where nothing is cut down, an axis that changes no
  // cell is a mistake: another one sets the same fields after it.
  void LintAxes(const SpecFile& file) {
    const auto& study = file.As<spec::StudySpec>();
    const std::vector<StudyCell> cells = CellsOf(study, file.name);
    std::vector<std::string> digests;
    for (const StudyCell& cell : cells) {
      const auto it = digests_.find(cell.name);
      if (it == digests_.end()) {
        return;  // It does not resolve there, or there is no such rung.
      }
      digests.push_back(it->second);
    }
    for (size_t axis = 0; axis < cells[0].points.size(); ++axis) {
      // Cells by where they stand on the other axes.
      std::map<std::vector<int>, std::set<std::string>> others;
      std::set<int> points;
      for (size_t i = 0; i < cells.size(); ++i) {
        std::vector<int> place;
        for (size_t k = 0; k < cells[i].points.size(); ++k) {
          place.push_back(k == axis ? 0 : cells[i].points[k].index);
        }
        points.insert(cells[i].points[axis].index);
        others[place].insert(digests[i]);
      }
      const bool changes = std::any_of(
          others.begin(), others.end(),
          [](const auto& entry) { return entry.second.size() > 1; });
      // Zipped axes never stand alone.
      if (points.size() > 1 && !changes && others.size() < cells.size()) {
        const std::string& at = cells[0].points[axis].field;
        Add(Locate({.field = JoinField(at.substr(0, AxisLength(at)), "name"),
                    .message = "changes nothing: another axis sets the same "
                               "fields after it, or its points are equal"},
                   file));
      }
    }
  }

  // Of the path of a point, how much is the path of its axis.
  static size_t AxisLength(const std::string& point) {
    return std::min(point.rfind(".points["), point.rfind(".seeds."));
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
  // Of what the cells that resolve compute as the paper declares them.
  std::map<std::string, std::string> digests_;
};

}  // namespace

std::vector<SpecIssue> Lint(const SpecCatalog& catalog) {
  return Linter(catalog).Lint();
}

std::vector<SpecIssue> LintTable(const SpecCatalog& catalog,
                                 const SpecFile& file) {
  std::set<SpecIssue, ByPlace> issues;
  for (const auto& found :
       {ReferenceIssues(catalog, file), LayoutIssues(catalog, file)}) {
    issues.insert(found.begin(), found.end());
  }
  return {issues.begin(), issues.end()};
}

}  // namespace cxr
