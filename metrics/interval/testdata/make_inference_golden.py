# Copyright 2026 The cxr Authors
# SPDX-License-Identifier: Apache-2.0
"""Writes the golden files of variances, distributions and tests.

Versions: Python 3.11, numpy 1.26.4, scipy 1.15.3, statsmodels 0.15.0,
mpmath 1.4.1, scikit-learn 1.6.1, MLstatkit 0.1.91, confidenceinterval 1.0.5.
Run in this folder: python make_inference_golden.py

A line is the results of one case; the inputs are drawn by Inputs, here and in
golden_inputs_testing.h. Distributions are computed by mpmath with 50 digits,
because scipy 1.15 is right to about 1e-10 only here and there.
"""

import functools
import warnings

import mpmath as mp
import numpy as np
import scipy.stats as st
from confidenceinterval.delong import delong_roc_variance
from MLstatkit import Delong_test
from scipy.special import ndtri
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import ttost_paired

CASES = 1000
MASK = 2**64 - 1
mp.mp.dps = 50


class Inputs:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def word(self):
        self.state = (self.state + 0x9e3779b97f4a7c15) & MASK
        z = self.state
        z = ((z ^ z >> 30) * 0xbf58476d1ce4e5b9) & MASK
        z = ((z ^ z >> 27) * 0x94d049bb133111eb) & MASK
        return z ^ z >> 31

    def uniform(self):
        return (self.word() >> 11) * 2.0**-53

    def integer(self, low, high):
        return low + self.word() % (high - low + 1)

    def integers(self, count, low, high):
        return np.array([self.integer(low, high) for _ in range(count)], float)


def write(name, columns, rows):
    with open(f"{name}_golden.csv", "w", encoding="ascii") as out:
        out.write(f"# make_inference_golden.py: {columns}\n")
        for row in rows:
            out.write(",".join(f"{float(v):.17g}" for v in row) + "\n")


def polish(value, tail, density, p):
    """Newton's method for tail(value) = p, tail falling."""
    value = mp.mpf(value)
    for _ in range(8):
        step = mp.log(tail(value) / p) * tail(value) / density(value)
        value += step
        if abs(step) <= abs(value) * mp.mpf(10)**-25:
            break
    return value


def normal_survival(z):
    return mp.erfc(mp.mpf(z) / mp.sqrt(2)) / 2


def normal_rows():
    inputs = Inputs(1)
    for _ in range(CASES):
        z = (2.0 * inputs.uniform() - 1.0) * 37.0
        p = inputs.uniform() * 2.0**-inputs.integer(1, 1000)
        survival = normal_survival(z)
        log_survival = (mp.log(survival) if z > 0 else
                        mp.log1p(-normal_survival(-z)))
        quantile = polish(-ndtri(p), normal_survival, mp.npdf, mp.mpf(p))
        assert abs(quantile / -ndtri(p) - 1) < 1e-10
        yield survival, log_survival, -quantile


def t_survival(t, freedom):
    t, freedom = mp.mpf(t), mp.mpf(freedom)
    tail = mp.betainc(freedom / 2, 0.5, 0, freedom / (freedom + t * t),
                      regularized=True) / 2
    return tail if t >= 0 else 1 - tail


def t_density(t, freedom):
    freedom = mp.mpf(freedom)
    return (mp.gamma((freedom + 1) / 2) / mp.gamma(freedom / 2) /
            mp.sqrt(freedom * mp.pi) *
            (1 + t * t / freedom)**(-(freedom + 1) / 2))


@functools.lru_cache
def t_quantile(p, freedom):
    """Of p < 1/2. scipy.stats.t.ppf is right to about 1e-10 only."""
    start = -st.t.ppf(p, freedom)
    quantile = polish(start, lambda x: t_survival(x, freedom),
                      lambda x: t_density(x, freedom), mp.mpf(p))
    assert abs(quantile / start - 1) < 1e-7
    return -quantile


def t_rows():
    inputs = Inputs(2)
    for case in range(CASES):
        freedom = (inputs.integer(1, 30), inputs.integer(31, 3000),
                   0.25 + 10.0 * inputs.uniform())[case % 3]
        t = (2.0 * inputs.uniform() - 1.0) * 2.0**inputs.integer(-10, 6)
        p = inputs.uniform() * 2.0**-inputs.integer(1, 60)
        yield t_survival(t, freedom), t_quantile(p, freedom)


def proportion_rows():
    inputs = Inputs(3)
    for case in range(CASES):
        trials = inputs.integer(1, (12, 300, 30000)[case % 3])
        successes = inputs.integer(0, trials)
        if case % 4 == 0:
            successes = min(successes, inputs.integer(0, 5))
        confidence = 0.5 + inputs.uniform() / 2.0
        test = st.binomtest(successes, trials)
        # scipy's own exact interval is right to about 2e-12 only.
        yield (*test.proportion_ci(confidence, method="wilson"),
               *proportion_confint(successes, trials, 1.0 - confidence,
                                   method="beta"))


def structural_components(scores, labels):
    positives, negatives = scores[labels == 1], scores[labels == 0]
    beats = ((positives[:, None] > negatives).astype(float) +
             0.5 * (positives[:, None] == negatives))
    return beats.mean(), beats.mean(axis=1), beats.mean(axis=0)


def check_packages(scores, labels, variance, p):
    _, packaged = delong_roc_variance(labels.astype(int), scores[0])
    assert abs(packaged - variance) < 1e-6  # computed in float32
    if p > 1e-12:
        _, packaged = Delong_test(labels.astype(int), *scores,
                                  return_auc=False, return_ci=False)
        assert abs(packaged - p) < 1e-9, (packaged, p)


def delong_rows():
    inputs = Inputs(4)
    for _ in range(CASES):
        n, levels = inputs.integer(5, 40), inputs.integer(2, 60)
        labels = inputs.integers(n, 0, 1)
        labels[:4] = (0, 1, 0, 1)
        scores = [inputs.integers(n, 0, levels) + shift * labels
                  for shift in (inputs.integer(0, 9), inputs.integer(0, 9))]
        areas, ones, zeros = zip(*(structural_components(s, labels)
                                   for s in scores))
        covariance = (np.cov(ones) / len(ones[0]) +
                      np.cov(zeros) / len(zeros[0]))
        variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
        difference = areas[0] - areas[1]
        if variance > 1e-12:
            z = mp.mpf(difference) / mp.sqrt(mp.mpf(float(variance)))
        else:  # the same components up to a constant
            z = mp.mpf(0) if difference == 0 else mp.inf
        p = 2 * normal_survival(abs(z))
        if variance > 1e-12:
            check_packages(scores, labels, covariance[0, 0], p)
        yield (*areas, covariance[0, 0], covariance[1, 1], covariance[0, 1], p)


def iris_rows():
    data = load_iris()
    x_train, x_test, y_train, y_test = train_test_split(
        data.data, (data.target == 1).astype(int), test_size=0.8,
        random_state=42)
    model = LogisticRegression(solver="lbfgs").fit(x_train, y_train)
    scores = model.predict_proba(x_test)[:, 1]
    _, ones, zeros = structural_components(scores, y_test)
    variance = np.cov(ones) / len(ones) + np.cov(zeros) / len(zeros)
    assert abs(variance - 0.0015359814789736538) < 1e-15
    ranks = st.rankdata(scores)
    return zip(y_test, ranks)


def permutation_rows():
    inputs = Inputs(5)
    for case in range(CASES):
        units, size = inputs.integer(2, 8), inputs.integer(1, 3)
        differences = inputs.integers(units * size, -6, 9) / 16.0
        sums = differences.reshape(units, size).sum(axis=1)
        alternative = ("two-sided", "greater", "less")[case % 3]
        test = st.permutation_test(
            (sums, np.zeros(units)),
            lambda a, b, axis: (a - b).sum(axis) / len(differences),
            permutation_type="samples", vectorized=True, n_resamples=np.inf,
            alternative=alternative)
        yield test.statistic, test.pvalue


def multiplicity_rows():
    inputs = Inputs(6)
    for _ in range(CASES):
        family = inputs.integer(1, 40)
        p = np.array([inputs.uniform() * 2.0**-inputs.integer(0, 8)
                      for _ in range(family)])
        places = np.arange(1, family + 1)
        yield (places @ multipletests(p, method="holm")[1],
               places @ st.false_discovery_control(p))


def equivalence_rows():
    inputs = Inputs(7)
    for _ in range(CASES):
        pairs = inputs.integer(2, 30)
        first = inputs.integers(pairs, -20, 20) / 16.0
        second = inputs.integers(pairs, -20, 20) / 16.0
        low, high = -inputs.integer(1, 16) / 16.0, inputs.integer(1, 16) / 16.0
        _, greater, less = ttost_paired(first, second, low, high)
        error = st.sem(first - second)
        reach = -float(t_quantile(0.05, pairs - 1)) * error
        yield greater[1], less[1], (first - second).mean() - reach


def seed_rows():
    inputs = Inputs(8)
    counts = np.arange(2, 100000)
    reach_of_one = st.t.ppf(0.975, counts - 1) / np.sqrt(counts)
    for _ in range(CASES):
        n = inputs.integer(2, 12)
        values = np.array([inputs.uniform() for _ in range(n)])
        confidence = 0.5 + inputs.uniform() / 2.0
        t = -float(t_quantile((1.0 - confidence) / 2.0, n - 1))
        high = values.mean() + t * st.sem(values)
        reach = t * values.std(ddof=1) * np.sqrt(1 + 1 / n)
        wanted = 0.05 + inputs.uniform() / 4.0
        enough = values.std(ddof=1) * reach_of_one <= wanted
        yield high, values.mean() + reach, counts[np.argmax(enough)]


def main():
    assert np.__version__ == "1.26.4"
    warnings.simplefilter("ignore")  # pairs without any variation
    write("normal_tails", "survival,log_survival,quantile", normal_rows())
    write("student_t", "survival,quantile", t_rows())
    write("proportion", "wilson_low,wilson_high,exact_low,exact_high",
          proportion_rows())
    write("delong", "auroc,auroc,variance,variance,covariance,p",
          delong_rows())
    write("iris", "label,score (from 1)", iris_rows())
    write("permutation", "observed,p", permutation_rows())
    write("multiplicity", "sum of place * holm,sum of place * bh",
          multiplicity_rows())
    write("equivalence", "p_low,p_high,interval_low", equivalence_rows())
    write("seed_interval", "mean_high,prediction_high,seeds_needed",
          seed_rows())


if __name__ == "__main__":
    main()
