# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes paired_golden.csv, hierarchical_golden.csv and subgroup_golden.csv.

Versions: Python 3.11, numpy 1.26.4.
Run in this folder: python make_design_golden.py

Plain loops over resamples. A case is made from its number by RandomState, and
golden_case_testing.h makes the same examples in C++. The lines:
paired: number, difference, standard error, low, high, p without and with +1.
hierarchical: number, value, standard error, low, high, variance of seeds and
of examples.
subgroup: number, group, examples, positives, then resamples, low, high of the
group, of the rest and of the difference.
"""

import numpy as np

CASES = 1000
RESAMPLES = 80
CONFIDENCE = 0.9
SEEDS = 4
GROUPS = 3


def make_case(number):
    """Labels, a column of scores per seed (or system), groups from -1 on."""
    rng = np.random.RandomState(number)
    n = 12 + int(rng.randint(0, 20))
    labels = rng.randint(0, 2, n)
    labels[:4] = [0, 1, 0, 1]
    groups = rng.randint(0, GROUPS + 1, n) - 1
    scores = np.stack([rng.randint(0, 9, n) for _ in range(SEEDS)])
    return labels, groups, scores


def auroc(labels, scores):
    """Pairs counted in integers and divided once: equal areas are equal."""
    positives, negatives = scores[labels == 1], scores[labels == 0]
    if len(positives) == 0 or len(negatives) == 0:
        return np.nan
    above = (positives[:, None] > negatives).sum()
    ties = (positives[:, None] == negatives).sum()
    return (2 * above + ties) / (2.0 * len(positives) * len(negatives))


def percentiles(values):
    tail = 50 * (1 - CONFIDENCE)
    return list(np.percentile(values, [tail, 100 - tail]))


def paired(number):
    labels, _, scores = make_case(number)
    n = len(labels)
    rng = np.random.RandomState(number)
    values = []
    while len(values) < RESAMPLES:
        rows = rng.randint(0, n, n)
        difference = (auroc(labels[rows], scores[0][rows])
                      - auroc(labels[rows], scores[1][rows]))
        if not np.isnan(difference):
            values.append(difference)
    beyond = min(np.sum(np.array(values) <= 0), np.sum(np.array(values) >= 0))
    return [auroc(labels, scores[0]) - auroc(labels, scores[1]),
            np.std(values, ddof=1), *percentiles(values),
            min(1, 2 * beyond / RESAMPLES),
            min(1, 2 * (beyond + 1) / (RESAMPLES + 1))]


def hierarchical(number):
    labels, _, scores = make_case(number)
    n, joint = len(labels), number % 2 == 0
    rng = np.random.default_rng(number)
    means, rows_of_values = [], []
    while len(means) < RESAMPLES:
        seeds = rng.integers(0, SEEDS, SEEDS)
        if joint:
            rows = rng.integers(0, n, n)
            values = np.array([auroc(labels[rows], scores[s][rows])
                               for s in range(SEEDS)])
            drawn = values[seeds]
        else:
            drawn = []
            for s in seeds:
                rows = rng.integers(0, n, n)
                drawn.append(auroc(labels[rows], scores[s][rows]))
            values = np.full((SEEDS, SEEDS), np.nan)  # (draw, seed)
            values[np.arange(SEEDS), seeds] = drawn
        if np.isnan(np.sum(drawn)) or (joint and np.isnan(values).any()):
            continue
        means.append(np.mean(drawn))
        rows_of_values.append(values)
    values = np.array(rows_of_values)
    if joint:
        of_seeds = np.mean(np.var(values, axis=1)) / SEEDS
        of_examples = np.var(np.mean(values, axis=1), ddof=1)
    else:
        values = values.reshape(-1, SEEDS)
        of_seeds = np.var(np.nanmean(values, axis=0)) / SEEDS
        of_examples = np.mean(np.nanvar(values, axis=0, ddof=1)) / SEEDS
    return [np.mean([auroc(labels, s) for s in scores]), np.std(means, ddof=1),
            *percentiles(means), of_seeds, of_examples]


def subgroups(number):
    labels, groups, scores = make_case(number)
    n = len(labels)
    rng = np.random.RandomState(number)
    values = np.empty((RESAMPLES, GROUPS, 3))
    for b in range(RESAMPLES):
        rows = rng.randint(0, n, n)
        for g in range(GROUPS):
            own = rows[groups[rows] == g]
            rest = rows[(groups[rows] != g) & (groups[rows] >= 0)]
            values[b, g, 0] = auroc(labels[own], scores[0][own])
            values[b, g, 1] = auroc(labels[rest], scores[0][rest])
            values[b, g, 2] = values[b, g, 0] - values[b, g, 1]
    for g in range(GROUPS):
        line = [g, np.sum(groups == g), np.sum(labels[groups == g])]
        for part in range(3):
            defined = values[:, g, part][~np.isnan(values[:, g, part])]
            line += [len(defined)] + (percentiles(defined) if len(defined)
                                      else [np.nan, np.nan])
        yield line


def write(name, numbers, lines_of):
    with open(name, "w", encoding="ascii") as out:
        out.write("# make_design_golden.py, numpy 1.26.4: see there\n")
        for number in range(numbers):
            for line in lines_of(number):
                fields = ",".join(repr(float(x)) for x in line)
                out.write(f"{number},{fields}\n")


def main():
    assert np.__version__ == "1.26.4"
    write("paired_golden.csv", CASES, lambda k: [paired(k)])
    write("hierarchical_golden.csv", CASES, lambda k: [hierarchical(k)])
    write("subgroup_golden.csv", CASES // 3 + 1, subgroups)


if __name__ == "__main__":
    main()
