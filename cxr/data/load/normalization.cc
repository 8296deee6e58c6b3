// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/load/normalization.h"

#include "cxr/base/check.h"

namespace cxr {

// The numbers are those that features.proto names.
ChannelStatistics StatisticsOf(spec::Normalization normalization) {
  switch (normalization) {
    case spec::NO_NORMALIZATION:
      return {.mean = {0.0f, 0.0f, 0.0f}, .std = {1.0f, 1.0f, 1.0f}};
    case spec::IMAGENET:
      return {.mean = {0.485f, 0.456f, 0.406f},
              .std = {0.229f, 0.224f, 0.225f}};
    case spec::CLIP:
      return {.mean = {0.48145466f, 0.4578275f, 0.40821073f},
              .std = {0.26862954f, 0.26130258f, 0.27577711f}};
    case spec::CHEXZERO:
      return {.mean = {0.398f, 0.398f, 0.398f},
              .std = {0.327f, 0.327f, 0.327f}};
    case spec::RAD_DINO:
      return {.mean = {0.5307f, 0.5307f, 0.5307f},
              .std = {0.2583f, 0.2583f, 0.2583f}};
    default:
      CXR_CHECK(false) << "unresolved spec: normalization " << normalization;
      return {};
  }
}

}  // namespace cxr
