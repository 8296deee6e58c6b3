# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Pretrains in two processes that share one GPU, beside one process alone.

  gpu_processes.py CXR ROOT OUT.json [--deployment=auto]

CXR is the program, ROOT a copy of the repository that may be changed: its smoke
pretraining gets thirty steps. NCCL refuses two processes on one GPU of one
machine, so each is told by NCCL_HOSTID that it is a machine of its own; their
sums go through sockets of the loopback. That tells whether sums are right and a
dead process is missed, nothing about speed: it takes several GPUs to see sums
beside the backward pass.

  equal     the logs of one and of two processes: the largest relative difference
  killed    rank 1 is killed at several moments after the first checkpoint, also
            while the GPU of rank 0 waits for it: rank 0 has to end with exit
            code 75 and its name
  duplicate two processes on a GPU without that trick: an error, not a hang
"""

import argparse
import csv
import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

STEPS = 30
RETRYABLE = 75
KILL_AFTER = (0, 0.015, 0.04, 0.065, 0.1)  # seconds after the first checkpoint


def environment(rank, port, hosts):
    env = dict(os.environ, RANK=str(rank), LOCAL_RANK=str(rank), WORLD_SIZE="2",
               LOCAL_WORLD_SIZE="2", MASTER_ADDR="127.0.0.1",
               MASTER_PORT=str(port), NCCL_SOCKET_IFNAME="lo")
    if hosts:
        env["NCCL_HOSTID"] = f"host{rank}"
    return env


class Runs:
    def __init__(self, cxr, root, deployment, folder):
        self.cxr, self.root = cxr, root
        self.deployment, self.folder = deployment, folder
        self.port = 29510

    def start(self, store, env=None):
        output = tempfile.TemporaryFile("w+", encoding="utf-8")
        process = subprocess.Popen(
            [self.cxr, "run", "pretrain_s", "--rung=smoke",
             f"--deployment={self.deployment}", f"--root={self.root}",
             f"--store={store}"],
            env=env, stdout=output, stderr=subprocess.STDOUT)
        process.output = output
        return process

    def start_two(self, store, hosts=True):
        self.port += 1
        return [self.start(store, environment(rank, self.port, hosts))
                for rank in range(2)]

    def store(self, name):
        return os.path.join(self.folder, name)


def rows(store):
    found = [path for path in pathlib.Path(store).rglob("log.csv")
             if "checkpoints" not in path.parts]
    assert len(found) == 1, found
    with open(found[0], newline="", encoding="utf-8") as file:
        return [{name: float(text) for name, text in row.items() if text}
                for row in csv.DictReader(file)]


def ended(processes, seconds=180):
    """Exit codes, None for who had to be killed, and what was printed."""
    codes, texts = [], []
    for process in processes:
        try:
            codes.append(process.wait(seconds))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            codes.append(None)
    for process in processes:
        process.output.seek(0)
        texts.append(process.output.read())
        process.output.close()
    return codes, texts


def failure(text):
    lines = [line for line in text.splitlines() if line.startswith("FAILED")]
    return lines[0] if lines else text[-700:]


def equal(runs):
    codes, texts = ended([runs.start(runs.store("one"))])
    two_codes, two_texts = ended(runs.start_two(runs.store("two")))
    if codes != [0] or two_codes != [0, 0]:
        return {"ok": False, "codes": codes + two_codes,
                "texts": [text[-1500:] for text in texts + two_texts]}
    one, two = rows(runs.store("one")), rows(runs.store("two"))
    worst = {}
    for a, b in zip(one, two, strict=True):
        assert a.keys() == b.keys()
        for name in a:
            gap = abs(a[name] - b[name]) / max(0.1, abs(a[name]))
            worst[name] = max(worst.get(name, 0), gap)
    # Rounding of 30 float32 steps.
    return {"ok": len(one) == STEPS and max(worst.values()) < 1e-3,
            "steps": len(one), "largest": max(worst.values()), "by": worst}


def kill_once(runs, wait):
    store = runs.store(f"killed_{wait}")
    first, second = runs.start_two(store)
    begin = time.monotonic()
    while not list(pathlib.Path(store).rglob("state.safetensors")):
        if time.monotonic() - begin > 120 or first.poll() is not None:
            break
        time.sleep(0.01)
    time.sleep(wait)
    second.send_signal(signal.SIGKILL)
    begin = time.monotonic()
    codes, texts = ended([first, second])
    return {"ok": codes[0] == RETRYABLE and "rank 1 does not" in texts[0],
            "codes": codes, "seconds": time.monotonic() - begin,
            "text": failure(texts[0])}


def killed(runs):
    tries = [kill_once(runs, wait) for wait in KILL_AFTER]
    return {"ok": all(one["ok"] for one in tries), "tries": tries}


def duplicate(runs):
    codes, texts = ended(runs.start_two(runs.store("duplicate"), hosts=False))
    return {"ok": all(code is not None and code > 0 for code in codes),
            "codes": codes,
            "text": failure(texts[0])}


def device():
    try:
        return subprocess.run(
            ["nvidia-smi", "--query-gpu=name,driver_version,memory.total",
             "--format=csv,noheader"], capture_output=True, text=True,
            check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "no GPU"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cxr")
    parser.add_argument("root")
    parser.add_argument("out")
    parser.add_argument("--deployment", default="auto")
    args = parser.parse_args()
    spec = pathlib.Path(args.root, "experiments/common/smoke_pretraining.textproto")
    spec.write_text(spec.read_text().replace("epochs: 2\n", "epochs: 15\n", 1))
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(args.cxr, args.root, args.deployment, folder)
        checks = {check.__name__: check(runs)
                  for check in (equal, killed, duplicate)}
    report = {"date": datetime.date.today().isoformat(),
              "deployment": args.deployment, "device": device(),
              "processes": checks}
    with open(args.out, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=2)
        file.write("\n")
    for name, result in checks.items():
        print(name, "ok" if result["ok"] else "NOT OK", file=sys.stderr)
    return 0 if all(result["ok"] for result in checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
