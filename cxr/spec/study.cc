// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/spec/study.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/did_you_mean.h"
#include "cxr/base/regex.h"

namespace cxr {
namespace {

// A study with more is a mistake of an axis, not a plan.
constexpr int64_t kMostCells = 100000;

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

bool IsName(absl::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
         });
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
    if (problems_.empty() && CellsOf(study_, "").empty()) {
      Add("exclude", "leaves no cell");
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
    return std::max(1, PointCount(*axes[0].axis));
  }

  void CheckAxis(const spec::Axis& axis, const std::string& field) {
    if (!IsName(axis.name())) {
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
    std::set<std::string> names;
    for (int i = 0; i < PointCount(axis); ++i) {
      const std::string name = PointName(axis, i);
      const std::string point = PointField(field, axis, i);
      const std::string at =
          axis.has_seeds() ? point : JoinField(point, "name");
      if (!IsName(name)) {
        Add(at, NoName(name));
      } else if (!names.insert(name).second) {
        Add(at, absl::StrCat("'", name, "' stands there twice"));
      }
    }
  }

  static std::string NoName(const std::string& found) {
    return absl::StrCat("found '", found,
                        "', expected a name of letters, digits, '_', '-' and "
                        "'.'");
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
    std::vector<std::string> points;
    bool matches = false;
    absl::Status pattern = absl::OkStatus();
    for (int i = 0; i < study_.axes_size(); ++i) {
      for (const PlacedAxis& placed : AxesOf(study_.axes(i), i)) {
        axes.push_back(placed.axis->name());
        if (placed.axis->name() != where.axis()) {
          continue;
        }
        for (int p = 0; p < PointCount(*placed.axis); ++p) {
          points.push_back(PointName(*placed.axis, p));
          const absl::StatusOr<bool> match =
              FullMatch(PointName(*placed.axis, p), where.point());
          pattern.Update(match.status());
          matches = matches || (match.ok() && *match);
        }
      }
    }
    if (points.empty()) {
      Add(JoinField(field, "axis"), NotThere("axis", where.axis(), axes));
    } else if (!pattern.ok()) {
      Add(JoinField(field, "point"), std::string(pattern.message()));
    } else if (!matches) {
      Add(JoinField(field, "point"),
          absl::StrCat("'", where.point(), "' is no point of the axis '",
                       where.axis(), "'; ", Hint(where.point(), points)));
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

// For each exclusion and each of its conditions the names of the points.
using Excluded = std::vector<std::vector<std::set<std::string>>>;

Excluded ExcludedPoints(const spec::StudySpec& study) {
  Excluded excluded;
  for (const spec::Exclusion& exclusion : study.exclude()) {
    std::vector<std::set<std::string>>& conditions = excluded.emplace_back();
    for (const spec::AxisIs& where : exclusion.where()) {
      std::set<std::string>& names = conditions.emplace_back();
      for (int i = 0; i < study.axes_size(); ++i) {
        for (const PlacedAxis& placed : AxesOf(study.axes(i), i)) {
          for (int p = 0; p < PointCount(*placed.axis); ++p) {
            const std::string name = PointName(*placed.axis, p);
            const absl::StatusOr<bool> match = FullMatch(name, where.point());
            if (placed.axis->name() == where.axis() && match.ok() && *match) {
              names.insert(name);
            }
          }
        }
      }
    }
  }
  return excluded;
}

bool IsExcluded(const StudyCell& cell, const spec::StudySpec& study,
                const Excluded& excluded) {
  const auto holds = [&](const spec::AxisIs& where,
                         const std::set<std::string>& names) {
    return std::any_of(
        cell.points.begin(), cell.points.end(), [&](const CellPoint& point) {
          return point.axis->name() == where.axis() &&
                 names.contains(PointName(*point.axis, point.index));
        });
  };
  for (int i = 0; i < study.exclude_size(); ++i) {
    bool all = true;
    for (int k = 0; k < study.exclude(i).where_size(); ++k) {
      all = all && holds(study.exclude(i).where(k), excluded[i][k]);
    }
    if (all) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<FieldProblem> CheckStudy(const spec::StudySpec& study) {
  return Checker(study).Check();
}

std::vector<StudyCell> CellsOf(const spec::StudySpec& study,
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
  const Excluded excluded = ExcludedPoints(study);
  std::erase_if(cells, [&](const StudyCell& cell) {
    return IsExcluded(cell, study, excluded);
  });
  return cells;
}

std::string PointName(const spec::Axis& axis, int index) {
  return axis.has_seeds() ? absl::StrCat(axis.seeds().values(index))
                          : axis.points(index).name();
}

}  // namespace cxr
