// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/harness/worker.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cxr/base/file.h"
#include "cxr/base/status_macros.h"
#include "cxr/harness/checkpoints.h"
#include "cxr/harness/heartbeat.h"
#include "cxr/harness/lease_watch.h"
#include "cxr/harness/ranks.h"
#include "cxr/harness/signals.h"
#include "cxr/harness/text_format.h"
#include "cxr/textproto/textproto.h"

namespace cxr {
namespace {

constexpr int kNoInput = -1;

// In the folder of an attempt, while several processes execute it.
constexpr absl::string_view kMeetingFile = "meeting";

// From here on what this process prints goes to a file.
void RedirectOutput(const std::string& path) {
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd >= 0) {
    std::fflush(stderr);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    close(fd);
  }
}

class Worker {
 public:
  explicit Worker(const WorkerJob& job)
      : job_(job),
        stage_(job.plan.At(job.stage)),
        name_(StageName(stage_.kind)) {}

  WorkerEnd Run() {
    const absl::StatusOr<Lease> lease =
        job_.store.Acquire(name_, stage_.id, job_.acquire);
    if (absl::IsAlreadyExists(lease.status())) {
      return {};  // Another process has just completed it.
    }
    if (absl::IsUnavailable(lease.status())) {
      return {.status = absl::AlreadyExistsError(lease.status().message())};
    }
    if (!lease.ok()) {
      return {.status = lease.status(), .store_failed = true};
    }
    lease_ = *lease;
    if (job_.logs) {
      RedirectOutput(JoinPath(job_.store.AttemptFolder(lease_), "log"));
    }
    begin_ = SteadyNow();
    absl::StatusOr<StageOutput> output = Execute();
    if (!meeting_.empty()) RemoveAll(meeting_).IgnoreError();
    if (!output.ok()) {
      WorkerEnd end = Abandon(output.status());
      end.store_failed = !save_failure_.ok();
      return end;
    }
    const absl::Status committed =
        job_.store.Commit(lease_, RecordOf(*output), output->artifacts)
            .status();
    if (committed.ok()) {
      DeleteCheckpoints(job_.store, lease_)
          .IgnoreError();  // They only take room.
      return {};
    }
    WorkerEnd end = Abandon(committed);
    end.store_failed = !absl::IsAborted(committed);
    return end;
  }

  // The part of another rank than 0.
  absl::Status RunRank(int rank) {
    const auto report = [](double) {
      return StopRequested() ? absl::CancelledError("stopped")
                             : absl::OkStatus();
    };
    const auto save = [](double, const std::vector<ArtifactBytes>&, int) {
      return absl::OkStatus();
    };
    const auto write = [](const ArtifactBytes&) { return absl::OkStatus(); };
    LookForCheckpoint();
    return Call(rank, report, save, write).status();
  }

 private:
  using ReportFunction = absl::FunctionRef<absl::Status(double)>;
  using SaveFunction = absl::FunctionRef<absl::Status(
      double, const std::vector<ArtifactBytes>&, int kept)>;
  using WriteFunction = absl::FunctionRef<absl::Status(const ArtifactBytes&)>;

  absl::StatusOr<StageOutput> Execute() {
    Ranks ranks;
    if (job_.processes > 1 && !job_.launched) {
      meeting_ = JoinPath(job_.store.AttemptFolder(lease_), kMeetingFile);
      // Before this process has a second thread.
      CXR_RETURN_IF_ERROR(ranks.Start(
          job_.processes, [this](int rank) { return RunRank(rank); }));
    }
    Heartbeat heartbeat(job_.store, lease_);
    LookForCheckpoint();
    if (checkpoint_.ok()) {
      CXR_RETURN_IF_ERROR(TakeOver(*checkpoint_));
      heartbeat.Report(*resumed_at_).IgnoreError();
    }
    const auto report = [&](double part) {
      return StopRequested() ? absl::CancelledError("stopped")
                             : heartbeat.Report(part);
    };
    const auto save = [&](double part, const std::vector<ArtifactBytes>& files,
                          int kept) {
      const absl::Status saved = SaveCheckpoint(
          job_.store, lease_,
          {.manifest = ManifestAt(part), .files = files, .kept = kept});
      save_failure_.Update(saved);
      return saved;
    };
    const auto write = [&](const ArtifactBytes& artifact) {
      absl::StatusOr<spec::Artifact> written =
          job_.store.WriteArtifact(lease_, artifact);
      save_failure_.Update(written.status());
      if (written.ok()) written_.push_back(*std::move(written));
      return written.status();
    };
    absl::StatusOr<StageOutput> output = Call(/*rank=*/0, report, save, write);
    if (!output.ok()) return ranks.CauseOf(output.status());
    return output;
  }

  // All processes find the same: none is saved before they have met.
  void LookForCheckpoint() {
    checkpoint_ = FindCheckpoint(job_.store, name_, stage_.id);
    if (checkpoint_.ok() && job_.strict_code &&
        checkpoint_->manifest.code_digest() != job_.provenance.code_digest()) {
      checkpoint_ = absl::NotFoundError("the checkpoint is of other code");
    }
    if (checkpoint_.ok()) resumed_at_ = checkpoint_->manifest.progress();
  }

  // Calls the stage's code.
  absl::StatusOr<StageOutput> Call(int rank, ReportFunction report,
                                   SaveFunction save, WriteFunction write) {
    const auto read = [&](StageKind kind, absl::string_view artifact) {
      absl::StatusOr<std::string> bytes =
          job_.store.ReadArtifact(*job_.inputs.at(kind), artifact);
      if (absl::IsDataLoss(bytes.status())) {
        damaged_ = static_cast<int>(kind);
      }
      return bytes;
    };
    const auto read_checkpoint =
        [&](absl::string_view file) -> absl::StatusOr<std::string> {
      return checkpoint_.ok() ? ReadCheckpointFile(*checkpoint_, file)
                              : checkpoint_.status();
    };
    return job_.run({.kind = stage_.kind,
                     .spec = job_.plan.ExperimentOf(stage_).spec,
                     .read = read,
                     .report_progress = report,
                     .checkpoint_progress = resumed_at_,
                     .read_checkpoint = read_checkpoint,
                     .save_checkpoint = save,
                     .write_artifact = write,
                     .rank = rank,
                     .processes = job_.processes,
                     .meeting_file = meeting_});
  }

  // What an earlier attempt had given is this one's too.
  absl::Status TakeOver(const Checkpoint& checkpoint) {
    const absl::Status taken = TakeArtifacts(job_.store, checkpoint, lease_);
    save_failure_.Update(taken);
    const auto& artifacts = checkpoint.manifest.artifacts();
    written_.assign(artifacts.begin(), artifacts.end());
    return taken;
  }

  spec::CheckpointRecord ManifestAt(double part) const {
    spec::CheckpointRecord manifest;
    manifest.set_progress(part);
    manifest.set_code_digest(job_.provenance.code_digest());
    manifest.mutable_artifacts()->Add(written_.begin(), written_.end());
    return manifest;
  }

  spec::RunRecord RecordOf(const StageOutput& output) const {
    spec::RunRecord record = MakeRecord(job_, output);
    record.mutable_artifacts()->Add(written_.begin(), written_.end());
    spec::Provenance& provenance = *record.mutable_provenance();
    provenance.set_wall_seconds(absl::ToDoubleSeconds(SteadyNow() - begin_));
    if (resumed_at_.has_value()) {
      provenance.set_resumed_at(*resumed_at_);
      // Of what this attempt did, by which its time is judged.
      provenance.set_flops(provenance.flops() * (1 - *resumed_at_));
    }
    return record;
  }

  WorkerEnd Abandon(const absl::Status& status) {
    WorkerEnd end{.status = status};
    spec::FailureRecord failure;
    failure.set_code(static_cast<int>(status.code()));
    failure.set_message(Printable(status.message()));
    failure.set_failed_unix_seconds(absl::ToUnixSeconds(absl::Now()));
    failure.set_wall_seconds(absl::ToDoubleSeconds(SteadyNow() - begin_));
    if (damaged_ != kNoInput) {
      end.damaged = static_cast<StageKind>(damaged_.load());
      failure.set_damaged_input(std::string(StageName(*end.damaged)));
    }
    // What it cannot say on the disk it says to its driver.
    job_.store.Abandon(lease_, failure).IgnoreError();
    return end;
  }

  const WorkerJob& job_;
  const PlannedStage& stage_;
  const absl::string_view name_;
  Lease lease_;
  absl::Duration begin_;
  absl::StatusOr<Checkpoint> checkpoint_ = absl::NotFoundError("not looked");
  std::optional<double> resumed_at_;
  std::string meeting_;
  // Artifacts that the stage gave before its end.
  std::vector<spec::Artifact> written_;
  absl::Status save_failure_;
  std::atomic<int> damaged_ = kNoInput;
};

}  // namespace

WorkerEnd RunWorker(const WorkerJob& job) { return Worker(job).Run(); }

absl::Status RunWorkerRank(const WorkerJob& job, int rank) {
  return Worker(job).RunRank(rank);
}

spec::RunRecord MakeRecord(const WorkerJob& job, const StageOutput& output) {
  const PlannedStage& stage = job.plan.At(job.stage);
  const ResolvedExperiment& experiment = job.plan.ExperimentOf(stage);
  spec::RunRecord record;
  record.set_stage(std::string(StageName(stage.kind)));
  record.set_id(stage.id);
  record.set_version(stage.version);
  record.mutable_identity()->Add(job.identity.begin(), job.identity.end());
  record.mutable_inputs()->Add(stage.inputs.begin(), stage.inputs.end());
  record.mutable_metrics()->Add(output.metrics.begin(), output.metrics.end());
  for (const std::string& note : output.notes) {
    record.add_notes(note);
  }
  record.set_resolved_spec(ToTextproto(StageSpec(experiment.spec, stage.kind)));
  spec::Provenance& provenance = *record.mutable_provenance();
  provenance = job.provenance;
  provenance.set_created_unix_seconds(absl::ToUnixSeconds(absl::Now()));
  provenance.set_experiment(experiment.name);
  provenance.set_rung(experiment.rung);
  provenance.set_protocol(experiment.protocol);
  return record;
}

}  // namespace cxr
