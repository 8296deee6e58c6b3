// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#ifndef CXR_SYNTH_EMIT_NIH_CXR8_H_
#define CXR_SYNTH_EMIT_NIH_CXR8_H_

#include "cxr/synth/emit/population.h"
#include "cxr/synth/emit/source_plan.h"

namespace cxr::synth {

// NIH ChestX-ray14: PNG files in images, Data_Entry_2017_v2020.csv, the lists
// of training and test images and BBox_List_2017.csv. Labels are what is there
// less what a miner of reports misses, and what it finds in error. Boxes stand
// on some of the images that name one of the eight findings with boxes, in
// pixels of the films, which have 1024 a side at scale 1.
//
// Defects, if there are patients enough: a PNG file with four channels and an
// age of 414.
SourcePlan PlanNihCxr8(const SynthOptions& options);

// What people, studies and films of it are like.
SourceStyle NihCxr8Style();

}  // namespace cxr::synth

#endif  // CXR_SYNTH_EMIT_NIH_CXR8_H_
