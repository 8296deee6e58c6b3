# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Inputs of golden files, by a formula that golden_testing.cc repeats.

A case is a number. It seeds SplitMix64 (Steele, Lea and Flood 2014), whose
draws give sizes, ties, prevalence, scores and labels, in this order.
"""

import numpy as np

MASK = (1 << 64) - 1
PREVALENCES = (0.0, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def draw(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, limit):
        return self.draw() % limit

    def unit(self):
        return (self.draw() >> 11) * 2.0**-53


def draw_score(random, kind):
    if kind == 0:  # few levels, 0 and 1 among them
        return random.below(9) / 8.0
    if kind == 1:  # hardly any tie, not representable in float32
        return random.unit()
    if kind == 2:  # float32
        return (random.draw() >> 40) * 2.0**-24
    return random.below(101) / 100.0


def column_case(case, most=300):
    """Scores in [0, 1] and labels of one column."""
    random = SplitMix64(case)
    size = 1 + random.below(most)
    kind = random.below(4)
    prevalence = PREVALENCES[random.below(8)]
    scores, labels = [], []
    for _ in range(size):
        labels.append(int(random.unit() < prevalence))
        scores.append(draw_score(random, kind))
    return np.array(scores), np.array(labels)


def table_case(case):
    """Scores and labels (examples, columns); logits in a third of cases."""
    random = SplitMix64(case)
    rows = 1 + random.below(40)
    columns = 2 + random.below(4)
    kind = random.below(4)
    logits = random.below(3) == 0
    prevalences = [PREVALENCES[random.below(8)] for _ in range(columns)]
    scores, labels = [], []
    for _ in range(rows):
        for prevalence in prevalences:
            labels.append(int(random.unit() < prevalence))
            score = draw_score(random, kind)
            if logits:  # multiples of 1/16 in [-32, 32]
                score = np.floor(1024.0 * score) / 16.0 - 32.0
            scores.append(score)
    shape = (rows, columns)
    return np.array(scores).reshape(shape), np.array(labels).reshape(shape)


def line(case, values):
    return ",".join([str(case)] + [repr(float(v)) for v in values]) + "\n"
