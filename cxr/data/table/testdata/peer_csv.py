# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
#
# Times csv_reader_benchmark and polars, in turns, over the same tables, which
# the benchmark writes to a temporary folder: best of 5 each, milliseconds of the
# clock and of all processors together. polars reads once with types that it
# guesses, as it does if not told otherwise, and once as text, as we do. Python
# 3.11, polars 2.1:
#
#   python3 peer_csv.py PATH_OF/csv_reader_benchmark

import json
import os
import subprocess
import sys
import tempfile

POLARS = '''
import sys, time, polars
print(polars.thread_pool_size())
for options in ({}, {"infer_schema": False}):
    clock, processor = [], []
    for _ in range(5):
        start, used = time.perf_counter(), time.process_time()
        table = polars.read_csv(sys.argv[1], **options)
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - used))
        assert table.shape == (377110, 12), table.shape
    print(min(clock), min(processor))
'''


def ours(benchmark, pattern, folder):
    out = subprocess.run(
        [benchmark, '--benchmark_format=json', '--benchmark_filter=' + pattern,
         '--benchmark_repetitions=5', '--benchmark_min_time=0.01'],
        env=dict(os.environ, CXR_TABLES=folder), stdout=subprocess.PIPE,
        check=True).stdout
    runs = [run for run in json.loads(out)['benchmarks']
            if run['run_type'] == 'iteration']
    return (min(run['real_time'] for run in runs),
            min(run['cpu_time'] for run in runs))


def polars(path, threads):
    env = dict(os.environ)
    if threads:
        env['POLARS_MAX_THREADS'] = str(threads)
    out = subprocess.run([sys.executable, '-c', POLARS, path], env=env,
                         stdout=subprocess.PIPE, check=True).stdout
    used, typed, text = out.decode().splitlines()
    return used, [('typed', *map(float, typed.split())),
                  ('text', *map(float, text.split()))]


def main():
    benchmark = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for gzip, name in ((1, 'metadata.csv.gz'), (0, 'metadata.csv')):
            pattern = 'BM_MetadataToColumns/rows:377110/gzip:%d' % gzip
            path = os.path.join(folder, name)
            for turn in (1, 2):
                clock, processor = ours(benchmark, pattern, folder)
                print('%s, %.1f MB, turn %d: ours %.0f clock, %.0f processor' % (
                    name, os.path.getsize(path) / 1e6, turn, clock, processor))
                for threads in (None, 1):
                    used, runs = polars(path, threads)
                    for kind, its_clock, its_processor in runs:
                        print('  polars %s, %s threads: %.0f clock (%.2f x), '
                              '%.0f processor (%.2f x)' % (
                                  kind, used, its_clock, its_clock / clock,
                                  its_processor, its_processor / processor))


main()
