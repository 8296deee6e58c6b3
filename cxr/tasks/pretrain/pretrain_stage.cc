// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/tasks/pretrain/pretrain_stage.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ATen/Parallel.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/status_macros.h"
#include "cxr/base/torch_device.h"
#include "cxr/base/torch_status.h"
#include "cxr/base/with_commas.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/load/loader.h"
#include "cxr/data/load/multi_crop.h"
#include "cxr/data/load/order.h"
#include "cxr/data/load/preprocess.h"
#include "cxr/model/distillation/block_masks.h"
#include "cxr/tasks/common/backbone_weights.h"
#include "cxr/tasks/common/stage_dataset.h"
#include "cxr/tasks/pretrain/evaluation_log.h"
#include "cxr/tasks/pretrain/initial_student.h"
#include "cxr/tasks/pretrain/pretrain_checkpoint.h"
#include "cxr/tasks/pretrain/pretrain_images.h"
#include "cxr/tasks/pretrain/pretrain_log.h"
#include "cxr/tasks/pretrain/pretrain_options.h"
#include "cxr/tasks/pretrain/pretrain_processes.h"
#include "cxr/tasks/pretrain/pretrain_speed.h"
#include "cxr/tasks/pretrain/run_position.h"
#include "cxr/tasks/pretrain/teacher_probe.h"
#include "cxr/train/pretrain/drop_path.h"
#include "cxr/train/pretrain/pretrain_batch.h"
#include "cxr/train/pretrain/pretrainer.h"

namespace cxr {
namespace {

constexpr absl::string_view kStateFile = "state.safetensors";

// Images that cannot be read and are replaced by others, as a part of all; more
// is taken for a broken copy of the data.
constexpr double kMostBroken = 0.01;

using Views = std::vector<GrayImage>;

// This process' part of the batches of a run: which images, their crops and
// masks. All are functions of the seed and of the number of the batch.
class BatchSource {
 public:
  BatchSource(const spec::ExperimentSpec& experiment,
              const PretrainImages& images, MultiCrop crops,
              const PretrainProcesses& processes, const TaskOptions& options,
              int64_t first_batch, int64_t end_batch)
      : spec_(experiment.pretrain()),
        images_(images),
        processes_(processes),
        crops_(std::move(crops)),
        format_(BatchFormatOf(spec_, processes.device())),
        masks_(MaskOptionsOf(spec_, experiment.backbone().patch_size_pixels())),
        drop_path_(DropPathOptionsOf(experiment)),
        stream_(spec_.data_seed(), images.size()),
        next_(first_batch),
        loader_(
            {.threads = options.threads,
             .first_step = first_batch,
             .end_step = end_batch,
             .max_failures = static_cast<int64_t>(
                 kMostBroken * static_cast<double>(images.size())),
             .seed = spec_.data_seed(),
             .images = images.size()},
            [this](int64_t batch) { return stream_.Slots(Share(batch)); },
            [this](const Slot& slot) { return MakeViews(slot); }) {}

  absl::StatusOr<PretrainBatch> Next() {
    CXR_ASSIGN_OR_RETURN(const std::vector<Views> views, loader_.Next());
    const int64_t group_images = spec_.batch().group_images();
    const int64_t first_group =
        Share(next_).begin % spec_.batch().global_images() / group_images;
    std::vector<std::vector<BlockMask>> masks;
    for (int64_t q = 0; q < std::ssize(views) / group_images; ++q) {
      masks.push_back(DrawBlockMasks(masks_, static_cast<int>(2 * group_images),
                                     spec_.data_seed(), next_,
                                     first_group + q));
    }
    const GroupRange groups = {.batch = next_++,
                               .first = first_group,
                               .last = first_group + std::ssize(masks)};
    return CatchTorch("making a batch", [&] {
      PretrainBatch batch = MakePretrainBatch(views, masks, format_);
      batch.drops = DrawDropPath(drop_path_, groups, format_.device);
      batch.first_group = groups.first;
      return batch;
    });
  }

  const FailureLog& failures() const { return loader_.failures(); }
  double waiting_seconds() const {
    return loader_.statistics().waiting_seconds;
  }

 private:
  PositionRange Share(int64_t batch) const {
    return processes_.ShareOf(
        StreamBatch(batch, spec_.batch().global_images()));
  }

  absl::StatusOr<Views> MakeViews(const Slot& slot) const {
    CXR_ASSIGN_OR_RETURN(const GrayImage image, images_.Load(slot.image));
    CXR_RETURN_IF_ERROR(
        Annotate(CheckShape(image), images_.ExampleOf(slot.image).id));
    return crops_.Make(
        Equalize(image, spec_.equalization()),
        {.seed = spec_.data_seed(), .epoch = slot.epoch, .sample = slot.image});
  }

  const spec::PretrainSpec& spec_;
  const PretrainImages& images_;
  const PretrainProcesses& processes_;
  const MultiCrop crops_;
  const BatchFormat format_;
  const BlockMaskOptions masks_;
  const DropPathOptions drop_path_;
  const ShuffledStream stream_;
  int64_t next_;
  Loader<Views> loader_;
};

// What the devices of a run sustain together; processes share the CPU.
std::optional<double> SustainedFlops(const TaskOptions& options,
                                     const PretrainProcesses& processes) {
  if (!options.device_flops_per_second.has_value()) return std::nullopt;
  return *options.device_flops_per_second *
         (processes.device().is_cpu() ? 1 : processes.count());
}

class PretrainRun {
 public:
  PretrainRun(const StageRequest& request, const TaskOptions& options,
              PretrainProcesses& processes, const PretrainImages& images,
              std::optional<EvaluationLog> evaluations,
              std::unique_ptr<Pretrainer> pretrainer)
      : request_(request),
        spec_(request.spec.pretrain()),
        options_(options),
        processes_(processes),
        images_(images),
        pretrainer_(std::move(pretrainer)),
        steps_(StepsOf(spec_.schedule())),
        evaluations_(std::move(evaluations)),
        speed_(request.spec, steps_, SustainedFlops(options, processes),
               absl::Now()) {}

  absl::StatusOr<StageOutput> Run() {
    CXR_RETURN_IF_ERROR(Resume());
    CXR_ASSIGN_OR_RETURN(MultiCrop crops, MultiCrop::Create(spec_.crops()));
    const int64_t batches = spec_.batch().accumulated_batches();
    const int64_t ahead = steps_ - position_.schedule_step;
    BatchSource source(request_.spec, images_, std::move(crops), processes_,
                       options_, position_.data_step * batches,
                       (position_.data_step + ahead) * batches);
    if (position_.steps == 0) CXR_RETURN_IF_ERROR(Evaluate());
    std::optional<PendingReport> pending;
    while (position_.schedule_step < steps_) {
      CXR_RETURN_IF_ERROR(
          processes_.AgreeToGoOn(request_.report_progress(Progress())));
      CXR_ASSIGN_OR_RETURN(PendingReport report, Step(source));
      // Of the step before: its numbers are there while this one computes.
      if (pending.has_value()) CXR_RETURN_IF_ERROR(Finish(*pending));
      pending = std::move(report);
      speed_.Add(position_.steps, source.waiting_seconds(), absl::Now());
      position_ = AfterStep(std::move(position_));
      const bool saves = IsSaved();
      if (saves || IsEvaluated()) {
        CXR_RETURN_IF_ERROR(Finish(*std::exchange(pending, std::nullopt)));
      }
      CXR_RETURN_IF_ERROR(Evaluate());
      if (saves) CXR_RETURN_IF_ERROR(Save());
    }
    if (pending.has_value()) CXR_RETURN_IF_ERROR(Finish(*pending));
    return Output(source);
  }

 private:
  double Progress() const {
    return static_cast<double>(position_.schedule_step) /
           static_cast<double>(steps_);
  }

  // What is after the last step needs no checkpoint.
  bool IsSaved() const {
    const int64_t steps = position_.schedule_step;
    return steps % spec_.watch().checkpoint_interval_steps() == 0 &&
           steps < steps_;
  }

  bool IsEvaluated() const {
    return evaluations_.has_value() &&
           evaluations_->IsDueAfter(position_.schedule_step);
  }

  absl::Status Resume() {
    if (request_.checkpoint_progress.has_value()) {
      CXR_RETURN_IF_ERROR(ReadCheckpoint());
    }
    return processes_.AgreeOnFirstStep(position_.steps);
  }

  absl::Status ReadCheckpoint() {
    CXR_ASSIGN_OR_RETURN(const std::string state,
                         request_.read_checkpoint(kStateFile));
    CXR_ASSIGN_OR_RETURN(RunPosition stop,
                         CatchTorch("restoring the checkpoint", [&] {
                           return RestoreCheckpoint(state, *pretrainer_);
                         }));
    position_ = Resumed(std::move(stop), spec_.resume());
    CXR_ASSIGN_OR_RETURN(const std::string log,
                         request_.read_checkpoint(kLogFile));
    CXR_ASSIGN_OR_RETURN(std::string evaluations,
                         request_.read_checkpoint(kEvaluationFile));
    if (evaluations_.has_value()) {
      CXR_RETURN_IF_ERROR(evaluations_->Resume(std::move(evaluations)));
    }
    return journal_.Resume(log, position_.steps);
  }

  absl::StatusOr<PendingReport> Step(BatchSource& source) {
    std::vector<PretrainBatch> batches;
    for (int i = 0; i < spec_.batch().accumulated_batches(); ++i) {
      CXR_ASSIGN_OR_RETURN(PretrainBatch batch, source.Next());
      batches.push_back(std::move(batch));
    }
    return CatchTorch(absl::StrCat("step ", position_.steps), [&] {
      return pretrainer_->Step(batches, position_.schedule_step,
                               processes_.sums());
    });
  }

  absl::Status Finish(const PendingReport& pending) {
    CXR_ASSIGN_OR_RETURN(
        StepReport report,
        CatchTorch("reading the losses", [&] { return pending.Read(); }));
    // What a GPU computed without another process means nothing.
    CXR_RETURN_IF_ERROR(processes_.CauseOf(absl::OkStatus()));
    return journal_.Add(std::move(report));
  }

  // Looks at the teacher and writes it, if that is due.
  absl::Status Evaluate() {
    if (!IsEvaluated()) return absl::OkStatus();
    const absl::Time begin = absl::Now();
    CXR_RETURN_IF_ERROR(
        evaluations_->Add(position_.steps, *pretrainer_->teacher().backbone));
    // That of the end is the result, and the first is what all start from.
    if (position_.steps > 0 && position_.schedule_step < steps_) {
      CXR_ASSIGN_OR_RETURN(std::string teacher, Teacher());
      CXR_RETURN_IF_ERROR(request_.write_artifact(
          {TeacherFileAt(position_.steps), std::move(teacher)}));
    }
    speed_.LeaveOut(absl::Now() - begin);
    return absl::OkStatus();
  }

  absl::Status Save() {
    if (!processes_.is_first()) return absl::OkStatus();
    CXR_ASSIGN_OR_RETURN(std::string state,
                         CatchTorch("saving a checkpoint", [&] {
                           return ToCheckpoint(*pretrainer_, position_);
                         }));
    return request_.save_checkpoint(
        Progress(),
        {{std::string(kStateFile), std::move(state)},
         {std::string(kLogFile), journal_.log().csv()},
         {std::string(kEvaluationFile), evaluations_->csv()}},
        spec_.watch().checkpoints_kept());
  }

  absl::StatusOr<std::string> Teacher() {
    return CatchTorch("saving the teacher",
                      [&] { return ToTeacherFile(pretrainer_->teacher()); });
  }

  absl::StatusOr<StageOutput> Output(const BatchSource& source) {
    CXR_ASSIGN_OR_RETURN(const int64_t unread,
                         processes_.Total(source.failures().images()));
    StageOutput output;
    if (!processes_.is_first()) return output;
    CXR_ASSIGN_OR_RETURN(std::string teacher, Teacher());
    output.artifacts = {{std::string(kTeacherFile), std::move(teacher)},
                        {std::string(kLogFile), journal_.log().csv()},
                        {std::string(kEvaluationFile), evaluations_->csv()},
                        {std::string(kSpeedFile), speed_.csv()}};
    output.notes = images_.Notes();
    output.notes.push_back(absl::StrCat(
        "began with ",
        WeightsText(spec_.initial_weights(), request_.spec.backbone())));
    output.notes.push_back(absl::StrCat(
        WithCommas(position_.steps), " steps of ",
        WithCommas(spec_.batch().global_images() *
                   spec_.batch().accumulated_batches()),
        " images, last loss ", absl::StrFormat("%.4f", journal_.last().total)));
    for (std::string& note : journal_.log().Notes()) {
      output.notes.push_back(std::move(note));
    }
    if (std::string stops = DescribeStops(position_); !stops.empty()) {
      output.notes.push_back(std::move(stops));
    }
    for (std::string& note : evaluations_->Notes()) {
      output.notes.push_back(std::move(note));
    }
    output.notes.push_back(
        speed_.Note(processes_.count(), processes_.summing_seconds()));
    output.notes.push_back(DescribeDevice(processes_.device()));
    if (unread > 0) {
      output.notes.push_back(absl::StrCat(
          unread, " images could not be read",
          source.failures().images() == 0
              ? ""
              : absl::StrCat(", first: ",
                             source.failures().listed()[0].status.message())));
    }
    return output;
  }

  const StageRequest& request_;
  const spec::PretrainSpec& spec_;
  const TaskOptions& options_;
  PretrainProcesses& processes_;
  const PretrainImages& images_;
  std::unique_ptr<Pretrainer> pretrainer_;
  const int64_t steps_;
  RunPosition position_;
  PretrainJournal journal_;
  std::optional<EvaluationLog> evaluations_;  // Of the first process.
  PretrainSpeed speed_;
};

absl::StatusOr<StageOutput> RunWith(PretrainProcesses& processes,
                                    const StageRequest& request,
                                    const TaskOptions& options) {
  const c10::Device device = processes.device();
  const spec::PretrainSpec& spec = request.spec.pretrain();
  CXR_ASSIGN_OR_RETURN(
      const PretrainImages images,
      PretrainImages::Create(spec, [&](const spec::DataSpec& data) {
        return OpenStageDataset(data, request, options);
      }));
  std::optional<EvaluationLog> evaluations;
  if (processes.is_first()) {
    CXR_ASSIGN_OR_RETURN(TeacherProbe probe,
                         TeacherProbe::Create(images, spec, options.threads));
    evaluations.emplace(spec, device, std::move(probe));
  }
  at::set_num_threads(options.threads);
  CXR_ASSIGN_OR_RETURN(std::unique_ptr<Pretrainer> pretrainer,
                       MakeInitialPretrainer(request, options, device));
  CXR_ASSIGN_OR_RETURN(
      StageOutput output,
      PretrainRun(request, options, processes, images, std::move(evaluations),
                  std::move(pretrainer))
          .Run());
  CXR_RETURN_IF_ERROR(processes.Close());
  return output;
}

}  // namespace

absl::StatusOr<StageOutput> RunPretrainStage(const StageRequest& request,
                                             const TaskOptions& options) {
  CXR_ASSIGN_OR_RETURN(const std::unique_ptr<PretrainProcesses> processes,
                       PretrainProcesses::Meet(request, options.device));
  TaskOptions own = options;
  // Those of a launcher have a machine, or a part of one, for themselves.
  if (!request.meeting_file.empty()) {
    own.threads = std::max(1, options.threads / request.processes);
  }
  absl::StatusOr<StageOutput> output = RunWith(*processes, request, own);
  if (!output.ok()) return processes->CauseOf(output.status());
  return output;
}

}  // namespace cxr
