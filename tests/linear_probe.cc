// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/linear_probe.h"

#include <cmath>

#include "cxr/base/check.h"
#include "cxr/data/image/equalize.h"
#include "cxr/data/image/resize.h"
#include "metrics/ranking/ranked_column.h"

namespace cxr::tests {
namespace {

// The lower triangle of the Cholesky factor of `a` (size, size), in place.
void Factor(int64_t size, std::vector<double>* a) {
  for (int64_t j = 0; j < size; ++j) {
    double* row_j = a->data() + j * size;
    for (int64_t i = j; i < size; ++i) {
      double* row_i = a->data() + i * size;
      double sum = row_i[j];
      for (int64_t k = 0; k < j; ++k) {
        sum -= row_i[k] * row_j[k];
      }
      row_i[j] = i == j ? std::sqrt(sum) : sum / row_j[j];
    }
  }
}

// Solves L L' x = b for the factor L.
std::vector<double> Solve(const std::vector<double>& factor,
                          std::vector<double> b) {
  const auto size = std::ssize(b);
  for (int64_t i = 0; i < size; ++i) {
    for (int64_t k = 0; k < i; ++k) {
      b[i] -= factor[i * size + k] * b[k];
    }
    b[i] /= factor[i * size + i];
  }
  for (int64_t i = size - 1; i >= 0; --i) {
    for (int64_t k = i + 1; k < size; ++k) {
      b[i] -= factor[k * size + i] * b[k];
    }
    b[i] /= factor[i * size + i];
  }
  return b;
}

double Dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (size_t i = 0; i < a.size(); ++i) {
    sum += a[i] * b[i];
  }
  return sum;
}

}  // namespace

std::vector<double> PixelFeatures(const GrayImage& image, int side) {
  const GrayImage small = ResizeBicubic(EqualizeHistogram(image), side, side);
  return {small.pixels.begin(), small.pixels.end()};
}

LinearProbe::LinearProbe(const std::vector<std::vector<double>>& features,
                         double penalty) {
  const size_t width = features.at(0).size();
  mean_.resize(width);
  deviation_.resize(width);
  for (const std::vector<double>& row : features) {
    for (size_t f = 0; f < width; ++f) {
      mean_[f] += row[f] / features.size();
    }
  }
  for (const std::vector<double>& row : features) {
    for (size_t f = 0; f < width; ++f) {
      deviation_[f] += (row[f] - mean_[f]) * (row[f] - mean_[f]);
    }
  }
  for (double& deviation : deviation_) {
    deviation = std::sqrt(deviation / features.size()) + 1e-9;
  }
  factor_.resize(width * width);
  for (const std::vector<double>& row : features) {
    rows_.push_back(Standardised(row));
    const std::vector<double>& x = rows_.back();
    for (size_t f = 0; f < width; ++f) {
      for (size_t g = 0; g <= f; ++g) {
        factor_[f * width + g] += x[f] * x[g];
      }
    }
  }
  for (size_t f = 0; f < width; ++f) {
    factor_[f * width + f] += penalty;
  }
  Factor(static_cast<int64_t>(width), &factor_);
}

std::vector<double> LinearProbe::Standardised(
    const std::vector<double>& row) const {
  std::vector<double> x(row.size());
  for (size_t f = 0; f < row.size(); ++f) {
    x[f] = (row[f] - mean_[f]) / deviation_[f];
  }
  return x;
}

std::vector<double> LinearProbe::Scores(
    const std::vector<uint8_t>& labels,
    const std::vector<std::vector<double>>& rows) const {
  CXR_CHECK(labels.size() == rows_.size()) << labels.size();
  const size_t width = mean_.size();
  double share = 0.0;
  for (const uint8_t label : labels) {
    share += static_cast<double>(label) / labels.size();
  }
  std::vector<double> target(width);
  for (size_t i = 0; i < rows_.size(); ++i) {
    for (size_t f = 0; f < width; ++f) {
      target[f] += rows_[i][f] * (labels[i] - share);
    }
  }
  const std::vector<double> weights = Solve(factor_, std::move(target));
  std::vector<double> scores;
  for (const std::vector<double>& row : rows) {
    scores.push_back(Dot(weights, Standardised(row)));
  }
  return scores;
}

double Auroc(const std::vector<double>& scores,
             const std::vector<uint8_t>& labels) {
  return metrics::RankedColumn::Create(scores, labels)->Auroc();
}

}  // namespace cxr::tests
