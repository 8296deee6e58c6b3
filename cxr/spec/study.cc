// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/study.h"

#include <algorithm>
#include <set>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/regex.h"
#include "cxr/base/status_macros.h"
#include "cxr/spec/spec_name.h"

namespace cxr {
namespace {

// A study with more is a mistake of an axis, not a plan.
constexpr int64_t kMostCells = 20000;

int PointCount(const spec::Axis& axis) {
  return axis.has_seeds() ? axis.seeds().values_size() : axis.points_size();
}

std::string PointField(const std::string& axis_field, const spec::Axis& axis,
                       int index) {
  return ItemField(
      JoinField(axis_field, axis.has_seeds() ? "seeds.values" : "points"),
      index);
}

// An axis with its path in the study.
struct PlacedAxis {
  const spec::Axis* axis = nullptr;
  std::string field = {};
};

// The axes of one factor: several are walked together.
std::vector<PlacedAxis> AxesOf(const spec::Factor& factor, int index) {
  const std::string field = ItemField("axes", index);
  if (!factor.has_zip()) {
    return {{&factor.axis(), JoinField(field, "axis")}};
  }
  std::vector<PlacedAxis> axes;
  for (int i = 0; i < factor.zip().axes_size(); ++i) {
    axes.push_back(
        {&factor.zip().axes(i), ItemField(JoinField(field, "zip.axes"), i)});
  }
  return axes;
}

// The axes in the order of StudyCell::points.
std::vector<const spec::Axis*> AllAxes(const spec::StudySpec& study) {
  std::vector<const spec::Axis*> axes;
  for (int i = 0; i < study.axes_size(); ++i) {
    for (const PlacedAxis& placed : AxesOf(study.axes(i), i)) {
      axes.push_back(placed.axis);
    }
  }
  return axes;
}

std::vector<std::string> PointNames(const spec::Axis& axis) {
  std::vector<std::string> names;
  for (int i = 0; i < PointCount(axis); ++i) {
    names.push_back(PointName(axis, i));
  }
  return names;
}

// Where an AxisIs holds.
struct Condition {
  int axis = -1;                 // Place in AllAxes; -1 if there is none.
  std::vector<bool> holds = {};  // One a point of the axis.
};

// InvalidArgument if the pattern is none.
absl::StatusOr<Condition> MakeCondition(const spec::StudySpec& study,
                                        const spec::AxisIs& where) {
  Condition condition;
  const std::vector<const spec::Axis*> axes = AllAxes(study);
  for (size_t i = 0; i < axes.size(); ++i) {
    if (axes[i]->name() == where.axis()) {
      condition.axis = static_cast<int>(i);
      CXR_ASSIGN_OR_RETURN(condition.holds,
                           FullMatches(PointNames(*axes[i]), where.point()));
    }
  }
  return condition;
}

// All combinations of the points, exclusions left aside.
std::vector<StudyCell> WholeGrid(const spec::StudySpec& study,
                                 absl::string_view study_name) {
  std::vector<StudyCell> cells = {{.name = std::string(study_name)}};
  for (int i = 0; i < study.axes_size(); ++i) {
    const std::vector<PlacedAxis> axes = AxesOf(study.axes(i), i);
    std::vector<StudyCell> longer;
    for (const StudyCell& cell : cells) {
      for (int p = 0; p < PointCount(*axes[0].axis); ++p) {
        StudyCell next = cell;
        for (const PlacedAxis& placed : axes) {
          absl::StrAppend(&next.name, "/", placed.axis->name(), "=",
                          PointName(*placed.axis, p));
          next.points.push_back(
              {placed.axis, p, PointField(placed.field, *placed.axis, p)});
        }
        longer.push_back(std::move(next));
      }
    }
    cells = std::move(longer);
  }
  return cells;
}

// Removes the cells that the exclusions name; returns how many each did, a
// cell counted for all that name it.
std::vector<int> Exclude(const spec::StudySpec& study,
                         std::vector<StudyCell>& cells) {
  std::vector<std::vector<Condition>> exclusions;
  for (const spec::Exclusion& exclusion : study.exclude()) {
    std::vector<Condition>& conditions = exclusions.emplace_back();
    for (const spec::AxisIs& where : exclusion.where()) {
      conditions.push_back(MakeCondition(study, where).value_or(Condition()));
    }
  }
  std::vector<int> counts(exclusions.size(), 0);
  std::erase_if(cells, [&](const StudyCell& cell) {
    bool excluded = false;
    for (size_t i = 0; i < exclusions.size(); ++i) {
      const bool all = std::all_of(
          exclusions[i].begin(), exclusions[i].end(),
          [&](const Condition& condition) {
            return condition.axis >= 0 &&
                   condition.holds[static_cast<size_t>(
                       cell.points[static_cast<size_t>(condition.axis)].index)];
          });
      counts[i] += all ? 1 : 0;
      excluded = excluded || all;
    }
    return excluded;
  });
  return counts;
}

class Checker {
 public:
  explicit Checker(const spec::StudySpec& study) : study_(study) {}

  std::vector<FieldProblem> Check() {
    if (study_.axes().empty()) {
      Add("axes", "is empty, expected at least one axis");
    }
    int64_t cells = 1;
    for (int i = 0; i < study_.axes_size(); ++i) {
      const int length = CheckFactor(study_.axes(i), i);
      cells = std::min(kMostCells + 1, cells * length);
    }
    if (cells > kMostCells) {
      Add("axes", absl::StrCat("found more than ", kMostCells,
                               " cells, expected fewer"));
    }
    if (problems_.empty()) {
      CheckExclusions();
    }
    // Without exclusions the grid cannot be wrong, and it may be large.
    if (problems_.empty() && !study_.exclude().empty()) {
      CheckCells();
    }
    return std::move(problems_);
  }

 private:
  // Returns the number of points of the factor.
  int CheckFactor(const spec::Factor& factor, int index) {
    const std::vector<PlacedAxis> axes = AxesOf(factor, index);
    if (axes.empty()) {
      Add(ItemField("axes", index), "has no axes, expected two or more");
      return 1;
    }
    for (const PlacedAxis& placed : axes) {
      CheckAxis(*placed.axis, placed.field);
      const int length = PointCount(*placed.axis);
      if (length != PointCount(*axes[0].axis)) {
        Add(placed.field,
            absl::StrCat("found ", length, " points, expected ",
                         PointCount(*axes[0].axis), ", as many as '",
                         axes[0].axis->name(), "' has, to be walked together"));
      }
    }
    CheckPointsDiffer(axes);
    return std::max(1, PointCount(*axes[0].axis));
  }

  void CheckAxis(const spec::Axis& axis, const std::string& field) {
    if (!IsSpecName(axis.name())) {
      Add(JoinField(field, "name"), NoName(axis.name()));
    } else if (!axes_.insert(axis.name()).second) {
      Add(JoinField(field, "name"),
          absl::StrCat("'", axis.name(), "' stands there twice"));
    }
    if (axis.has_seeds() == !axis.points().empty() || PointCount(axis) == 0) {
      Add(field, "expected either points or seeds with values");
    }
    if (axis.has_seeds() && !axis.seeds().has_of()) {
      Add(JoinField(field, "seeds.of"),
          "is not set; expected the random numbers that the seeds are for");
    }
    for (int i = 0; i < PointCount(axis); ++i) {
      const std::string name = PointName(axis, i);
      if (!IsSpecName(name)) {
        Add(NameField({.axis = &axis, .field = field}, i), NoName(name));
      }
    }
  }

  // Of axes that are walked together the names together, which are those of
  // cells, stand once.
  void CheckPointsDiffer(const std::vector<PlacedAxis>& axes) {
    std::set<std::string> known;
    for (int i = 0; i < PointCount(*axes[0].axis); ++i) {
      std::vector<std::string> names;
      for (const PlacedAxis& placed : axes) {
        if (i < PointCount(*placed.axis)) {
          names.push_back(PointName(*placed.axis, i));
        }
      }
      const std::string together = absl::StrJoin(names, ", ");
      if (!known.insert(together).second) {
        Add(NameField(axes[0], i),
            absl::StrCat("'", together, "' stands there twice"));
      }
    }
  }

  // Where the name of a point is written.
  static std::string NameField(const PlacedAxis& placed, int index) {
    const std::string point = PointField(placed.field, *placed.axis, index);
    return placed.axis->has_seeds() ? point : JoinField(point, "name");
  }

  static std::string NoName(const std::string& found) {
    return absl::StrCat("found '", found, "', expected a name of ",
                        kNameCharacters);
  }

  void CheckCells() {
    std::vector<StudyCell> cells = WholeGrid(study_, "");
    const std::vector<int> counts = Exclude(study_, cells);
    for (size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] == 0) {
        Add(ItemField("exclude", static_cast<int>(i)), "excludes no cell");
      }
    }
    if (cells.empty()) {
      Add("exclude", "leaves no cell");
    }
  }

  void CheckExclusions() {
    for (int i = 0; i < study_.exclude_size(); ++i) {
      for (int k = 0; k < study_.exclude(i).where_size(); ++k) {
        CheckWhere(study_.exclude(i).where(k),
                   ItemField(JoinField(ItemField("exclude", i), "where"), k));
      }
      if (study_.exclude(i).where().empty()) {
        Add(ItemField("exclude", i), "has no `where`, so it leaves nothing");
      }
    }
  }

  void CheckWhere(const spec::AxisIs& where, const std::string& field) {
    std::vector<std::string> axes;
    for (const spec::Axis* axis : AllAxes(study_)) {
      axes.push_back(axis->name());
    }
    const absl::StatusOr<Condition> condition = MakeCondition(study_, where);
    if (!condition.ok()) {
      Add(JoinField(field, "point"), std::string(condition.status().message()));
    } else if (condition->axis < 0) {
      Add(JoinField(field, "axis"), NotThere("axis", where.axis(), axes));
    } else if (std::find(condition->holds.begin(), condition->holds.end(),
                         true) == condition->holds.end()) {
      Add(JoinField(field, "point"),
          absl::StrCat(
              "'", where.point(), "' is no point of the axis '", where.axis(),
              "'; ",
              Hint(where.point(),
                   PointNames(*AllAxes(
                       study_)[static_cast<size_t>(condition->axis)]))));
    }
  }

  void Add(std::string field, std::string message) {
    problems_.push_back(
        {.field = std::move(field), .message = std::move(message)});
  }

  const spec::StudySpec& study_;
  std::set<std::string> axes_;
  std::vector<FieldProblem> problems_;
};

}  // namespace

std::vector<FieldProblem> CheckStudy(const spec::StudySpec& study) {
  return Checker(study).Check();
}

std::vector<StudyCell> CellsOf(const spec::StudySpec& study,
                               absl::string_view study_name) {
  std::vector<StudyCell> cells = WholeGrid(study, study_name);
  Exclude(study, cells);
  return cells;
}

std::string UnseededName(const StudyCell& cell, absl::string_view study_name) {
  std::string name(study_name);
  for (const CellPoint& point : cell.points) {
    if (!point.axis->has_seeds()) {
      absl::StrAppend(&name, "/", point.axis->name(), "=",
                      PointName(*point.axis, point.index));
    }
  }
  return name;
}

std::string PointName(const spec::Axis& axis, int index) {
  return axis.has_seeds() ? absl::StrCat(axis.seeds().values(index))
                          : axis.points(index).name();
}

}  // namespace cxr
