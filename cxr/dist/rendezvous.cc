// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/dist/rendezvous.h"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cxr/base/status_macros.h"
#include "cxr/dist/host_list.h"

namespace cxr {
namespace {

constexpr int kMost = std::numeric_limits<int>::max();
constexpr int kLastPort = 65535;
// As c10d's (torch/csrc/distributed/c10d/TCPStore.hpp, kDefaultPort).
constexpr int kDefaultPort = 29500;
// Ports of Slurm's jobs: below those that Linux gives out by itself.
constexpr int kFirstJobPort = 15000;
constexpr int kJobPorts = 15000;
constexpr absl::string_view kFile = "CXR_RENDEZVOUS";

// Reads variables, and remembers what it found and what it did not.
class Reader {
 public:
  Reader(absl::string_view launcher, const Environment& environment)
      : launcher_(launcher), environment_(environment) {}

  // The text of a variable; nothing if it is not there.
  std::optional<std::string> Find(absl::string_view name) {
    std::optional<std::string> value = environment_(name);
    if (value.has_value()) {
      found_.push_back(absl::StrCat(name, "=", *value));
    }
    return value;
  }

  std::string Need(absl::string_view name) {
    std::optional<std::string> value = Find(name);
    if (!value.has_value()) missing_.emplace_back(name);
    return std::move(value).value_or("");
  }

  // A number from `least` to `most`; `otherwise` if it is not there.
  int FindNumber(absl::string_view name, int least, int most, int otherwise) {
    const std::optional<std::string> value = Find(name);
    return value.has_value() ? Number(name, *value, least, most) : otherwise;
  }

  int NeedNumber(absl::string_view name, int least, int most) {
    const std::string value = Need(name);
    return value.empty() ? least : Number(name, value, least, most);
  }

  void Reject(absl::string_view text) { wrong_.emplace_back(text); }

  absl::Status status() const {
    if (missing_.empty() && wrong_.empty()) return absl::OkStatus();
    std::string text = absl::StrCat(launcher_, ": the environment holds ",
                                    absl::StrJoin(found_, ", "));
    if (!missing_.empty()) {
      absl::StrAppend(&text, "; it lacks ", absl::StrJoin(missing_, ", "));
    }
    for (const std::string& each : wrong_) absl::StrAppend(&text, "; ", each);
    return absl::InvalidArgumentError(text);
  }

 private:
  int Number(absl::string_view name, absl::string_view value, int least,
             int most) {
    int number = 0;
    if (absl::SimpleAtoi(value, &number) && number >= least && number <= most) {
      return number;
    }
    Reject(absl::StrCat(name, ": expected a number from ", least, " on",
                        most == kMost ? "" : absl::StrCat(" to ", most)));
    return least;
  }

  std::string launcher_;
  const Environment& environment_;
  std::vector<std::string> found_;
  std::vector<std::string> missing_;
  std::vector<std::string> wrong_;
};

struct RankNames {
  absl::string_view rank;
  absl::string_view world;
  absl::string_view local_rank;
};

void ReadRanks(const RankNames& names, Reader& reader, Rendezvous& found) {
  found.rank = reader.NeedNumber(names.rank, 0, kMost);
  found.world = reader.NeedNumber(names.world, 1, kMost);
  found.local_rank = reader.NeedNumber(names.local_rank, 0, kMost);
  if (!reader.status().ok()) return;
  if (found.rank >= found.world) {
    reader.Reject(absl::StrCat(names.rank, ": expected less than ", names.world,
                               "=", found.world));
  }
  if (found.local_rank > found.rank) {
    reader.Reject(absl::StrCat(names.local_rank, ": expected at most ",
                               names.rank, "=", found.rank));
  }
}

// The file, if there is one, for this attempt of the run called `run`.
void ReadFile(absl::string_view run, Reader& reader, Rendezvous& found) {
  const std::optional<std::string> url = reader.Find(kFile);
  if (!url.has_value()) return;
  absl::string_view path = *url;
  if (!absl::ConsumePrefix(&path, "file://") || !absl::StartsWith(path, "/")) {
    reader.Reject(absl::StrCat(kFile, ": expected file:///path"));
    return;
  }
  found.file = std::string(path);
  if (!run.empty()) {
    absl::StrAppend(&found.file, ".", absl::StrReplaceAll(run, {{"/", "_"}}));
  }
  absl::StrAppend(&found.file, ".", found.attempt);
}

void ReadTorchrun(Reader& reader, Rendezvous& found) {
  ReadRanks({"RANK", "WORLD_SIZE", "LOCAL_RANK"}, reader, found);
  found.local_world = reader.FindNumber("LOCAL_WORLD_SIZE", 1, kMost, 1);
  found.attempt = reader.FindNumber("TORCHELASTIC_RESTART_COUNT", 0, kMost, 0);
  ReadFile(reader.Find("TORCHELASTIC_RUN_ID").value_or(""), reader, found);
  if (!found.file.empty()) return;
  found.launcher_keeps_store =
      reader.Find("TORCHELASTIC_USE_AGENT_STORE").value_or("") == "True";
  found.address = reader.Need("MASTER_ADDR");
  found.port = reader.NeedNumber("MASTER_PORT", 1, kLastPort);
}

void ReadOpenMpi(Reader& reader, Rendezvous& found) {
  ReadRanks({"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
             "OMPI_COMM_WORLD_LOCAL_RANK"},
            reader, found);
  found.local_world =
      reader.FindNumber("OMPI_COMM_WORLD_LOCAL_SIZE", 1, kMost, 1);
  ReadFile("", reader, found);
  if (!found.file.empty() || found.world == 1) return;
  found.address = found.local_world == found.world
                      ? reader.Find("MASTER_ADDR").value_or("127.0.0.1")
                      : reader.Need("MASTER_ADDR");
  found.port = reader.FindNumber("MASTER_PORT", 1, kLastPort, kDefaultPort);
}

// The first host of the step's list.
std::string SlurmAddress(Reader& reader) {
  std::optional<std::string> list = reader.Find("SLURM_STEP_NODELIST");
  if (!list.has_value()) list = reader.Need("SLURM_JOB_NODELIST");
  const int node = reader.FindNumber("SLURM_NODEID", 0, kMost, 0);
  if (!reader.status().ok()) return "";
  const absl::StatusOr<std::vector<std::string>> hosts = ExpandHostList(*list);
  if (!hosts.ok()) {
    reader.Reject(hosts.status().message());
    return "";
  }
  if (node >= static_cast<int64_t>(hosts->size())) {
    reader.Reject(absl::StrCat("SLURM_NODEID: expected less than the ",
                               hosts->size(), " hosts of the list"));
  }
  return hosts->front();
}

void ReadSlurm(Reader& reader, Rendezvous& found) {
  ReadRanks({"SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID"}, reader, found);
  found.attempt = reader.FindNumber("SLURM_RESTART_COUNT", 0, kMost, 0);
  const int64_t job = reader.NeedNumber("SLURM_JOB_ID", 0, kMost);
  const int64_t step = reader.NeedNumber("SLURM_STEP_ID", 0, kMost);
  ReadFile(absl::StrCat(job, ".", step), reader, found);
  if (!found.file.empty() || found.world == 1) return;
  const std::optional<std::string> address = reader.Find("MASTER_ADDR");
  found.address = address.has_value() ? *address : SlurmAddress(reader);
  // Different ports for jobs, steps and attempts that may share a machine: the
  // factors are primes.
  const int64_t mixed = job + 1009 * step + 4001 * int64_t{found.attempt};
  found.port =
      reader.FindNumber("MASTER_PORT", 1, kLastPort,
                        kFirstJobPort + static_cast<int>(mixed % kJobPorts));
}

struct Launcher {
  absl::string_view name;
  std::vector<absl::string_view> signs;  // Any of them says that it is there.
  void (*read)(Reader& reader, Rendezvous& found);
};

}  // namespace

std::optional<std::string> ProcessEnvironment(absl::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

absl::StatusOr<Rendezvous> FindRendezvous(const Environment& environment) {
  const Launcher launchers[] = {
      {"torchrun", {"RANK", "WORLD_SIZE", "LOCAL_RANK"}, ReadTorchrun},
      {"Open MPI",
       {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE",
        "OMPI_COMM_WORLD_LOCAL_RANK"},
       ReadOpenMpi},
      // The script of a job has SLURM_PROCID too, but only srun makes a step.
      {"Slurm", {"SLURM_STEP_ID"}, ReadSlurm},
      // These say that there is more than one process, and not which is which.
      {"torchrun", {"MASTER_ADDR", "MASTER_PORT", kFile}, ReadTorchrun}};
  for (const Launcher& launcher : launchers) {
    for (const absl::string_view sign : launcher.signs) {
      if (!environment(sign).has_value()) continue;
      Rendezvous found = {.launcher = std::string(launcher.name)};
      Reader reader(launcher.name, environment);
      launcher.read(reader, found);
      CXR_RETURN_IF_ERROR(reader.status());
      return found;
    }
  }
  return Rendezvous{.launcher = "one process"};
}

}  // namespace cxr
