// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_TASKS_PRETRAIN_TEACHER_PROBE_H_
#define CXR_TASKS_PRETRAIN_TEACHER_PROBE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "c10/core/Device.h"
#include "cxr/data/image.h"
#include "cxr/data/load/normalization.h"
#include "cxr/spec/pretrain.pb.h"
#include "cxr/tasks/pretrain/label_probe.h"
#include "cxr/tasks/pretrain/pretrain_images.h"

// A look at how good the teacher of a running pretraining is: what its class
// tokens tell of the labels of some of the images it learns from. Training
// itself sees no label.
//
//   CXR_ASSIGN_OR_RETURN(const TeacherProbe probe,
//                        TeacherProbe::Create(images, spec, threads));
//   CXR_ASSIGN_OR_RETURN(const TeacherScores scores,
//                        probe.Evaluate(*teacher.backbone, device));

namespace cxr {

class VitImpl;

// Means over the classes: the labels of each source.
struct TeacherScores {
  // Of a vote of the nearest images; none if the spec asks for 0 of them.
  std::optional<double> knn_auroc = {};
  // Of least squares, each half of the patients predicted from the other.
  double probe_auroc = 0;
  int64_t images = 0;
  int64_t classes = 0;
};

// The heading of the table of looks, and its line after `step` steps. Numbers
// are written so that they are read back the same.
inline constexpr absl::string_view kTeacherScoresHeading =
    "step,knn_auroc,probe_auroc,images,classes\n";
std::string ToCsvLine(int64_t step, const TeacherScores& scores);

class TeacherProbe {
 public:
  // Chooses the images (labelled_sample.h) and prepares them as the probes of
  // the paper do (section 4.1): a square of a global crop's size from the
  // middle. Images that cannot be read are left out. Results do not depend on
  // `threads`.
  static absl::StatusOr<TeacherProbe> Create(const PretrainImages& images,
                                             const spec::PretrainSpec& spec,
                                             int threads);

  int64_t images() const { return std::ssize(pixels_); }
  int64_t classes() const { return std::ssize(classes_); }

  // The scores of `teacher`, which is on `device`, in the precision of its
  // parameters. There must be a class. OutOfRange if a class token is not
  // finite.
  absl::StatusOr<TeacherScores> Evaluate(VitImpl& teacher,
                                         c10::Device device) const;

  // "evaluation on 1,000 images of 402 patients, 14 labels".
  std::vector<std::string> Notes() const;

 private:
  TeacherProbe() = default;

  // Cosines of the class tokens of all images.
  absl::StatusOr<Similarities> CosinesOf(VitImpl& teacher,
                                         c10::Device device) const;

  std::vector<GrayImage> pixels_;
  std::vector<LabelledImages> classes_;
  ChannelStatistics channels_;
  int patients_ = 0;
  int64_t unreadable_ = 0;
  int neighbors_ = 0;
  int threads_ = 1;
};

}  // namespace cxr

#endif  // CXR_TASKS_PRETRAIN_TEACHER_PROBE_H_
