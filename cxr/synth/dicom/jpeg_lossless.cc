// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/dicom/jpeg_lossless.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cxr/base/check.h"

namespace cxr::synth {
namespace {

// Differences come in categories: how many bits their size has, 0 to 16.
constexpr int kCategories = 17;

// Lengths of the codes of the most frequent category, the next, and so on.
// Noise leaves two or three categories that are about equally frequent, and
// rare ones above and below them. The code of 16 ones remains unused, as T.81
// wants it.
constexpr std::array<int, kCategories> kCodeLengths = {
    2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

// Sample minus prediction modulo 2^16, from -32767 to 32768 (T.81 H.1.2.2).
int DifferenceOf(int sample, int prediction) {
  const int difference = static_cast<int16_t>(sample - prediction);
  return difference == -32768 ? 32768 : difference;
}

int CategoryOf(int difference) {
  const unsigned size = difference < 0 ? -difference : difference;
  return std::bit_width(size);
}

// Differences in the order of samples. A row begins with that from the sample
// above, the image with that from the middle of the range (T.81 H.1.2.1).
std::vector<int> Differences(const DicomSamples& samples) {
  const std::vector<uint16_t>& values = samples.values;
  std::vector<int> differences(values.size());
  size_t i = 0;
  for (int y = 0; y < samples.height; ++y) {
    int prediction =
        y == 0 ? 1 << (samples.bits - 1) : int{values[i - samples.width]};
    for (int x = 0; x < samples.width; ++x, ++i) {
      differences[i] = DifferenceOf(values[i], prediction);
      prediction = values[i];
    }
  }
  return differences;
}

// Categories, the most frequent first.
std::array<int, kCategories> ByFrequency(const std::vector<int>& differences) {
  std::array<int64_t, kCategories> counts = {};
  for (const int difference : differences) {
    ++counts[CategoryOf(difference)];
  }
  std::array<int, kCategories> categories = {};
  std::iota(categories.begin(), categories.end(), 0);
  std::stable_sort(categories.begin(), categories.end(),
                   [&](int a, int b) { return counts[a] > counts[b]; });
  return categories;
}

struct Code {
  unsigned bits = 0;
  int length = 0;
};

// The code of each category: in the order of lengths each is the one before
// plus one, with zeros appended (T.81 C.2).
std::array<Code, kCategories> CodesOf(
    const std::array<int, kCategories>& categories) {
  std::array<Code, kCategories> codes = {};
  unsigned next = 0;
  for (int rank = 0; rank < kCategories; ++rank) {
    const int length = kCodeLengths[rank];
    if (rank > 0) {
      next = (next + 1) << (length - kCodeLengths[rank - 1]);
    }
    codes[categories[rank]] = {.bits = next, .length = length};
  }
  return codes;
}

// Bits of coded samples, the highest first, with a zero after each byte of ones
// (T.81 F.1.2.3).
class BitWriter {
 public:
  explicit BitWriter(std::string* out) : out_(*out) {}

  // The lowest `count` of `bits`, at most 32.
  void Write(unsigned bits, int count) {
    const uint64_t mask = (uint64_t{1} << count) - 1;
    pending_ = pending_ << count | (bits & mask);
    waiting_ += count;
    while (waiting_ >= 8) {
      waiting_ -= 8;
      const auto byte = static_cast<uint8_t>(pending_ >> waiting_);
      out_.push_back(static_cast<char>(byte));
      if (byte == 0xFF) {
        out_.push_back('\0');
      }
    }
  }

  // Fills the last byte with ones.
  void Finish() {
    if (waiting_ > 0) {
      Write(0xFF, 8 - waiting_);
    }
  }

 private:
  std::string& out_;
  uint64_t pending_ = 0;
  int waiting_ = 0;  // bits of `pending_` that are not written
};

std::string Bytes(const std::vector<int>& bytes) {
  return std::string(bytes.begin(), bytes.end());
}

std::string Number16(size_t number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

// A marker with its parameters.
std::string Segment(int marker, const std::string& body) {
  return absl::StrCat(Bytes({0xFF, marker}), Number16(body.size() + 2), body);
}

std::string HuffmanTable(const std::array<int, kCategories>& categories) {
  std::vector<int> table(1 + 16);  // Class and place 0, codes of each length.
  for (const int length : kCodeLengths) {
    ++table[length];
  }
  table.insert(table.end(), categories.begin(), categories.end());
  return Bytes(table);
}

std::string Header(const DicomSamples& samples,
                   const std::array<int, kCategories>& categories) {
  // One component, called 1: of every pixel, no quantization; coded by table 0
  // with selection value 1 and all bits.
  const std::string frame =
      absl::StrCat(Bytes({samples.bits}), Number16(samples.height),
                   Number16(samples.width), Bytes({1, 1, 0x11, 0}));
  return absl::StrCat(Bytes({0xFF, 0xD8}), Segment(0xC3, frame),
                      Segment(0xC4, HuffmanTable(categories)),
                      Segment(0xDA, Bytes({1, 1, 0, 1, 0, 0})));
}

}  // namespace

std::string EncodeJpegLossless(const DicomSamples& samples) {
  CheckSamples(samples);
  CXR_CHECK(samples.bits >= 2) << samples.bits << " bits";
  const std::vector<int> differences = Differences(samples);
  const std::array<int, kCategories> categories = ByFrequency(differences);
  const std::array<Code, kCategories> codes = CodesOf(categories);
  std::string bytes = Header(samples, categories);
  BitWriter writer(&bytes);
  for (const int difference : differences) {
    const int category = CategoryOf(difference);
    const Code& code = codes[category];
    writer.Write(code.bits, code.length);
    // Negative ones as difference - 1; 32768 is the only one of its category.
    if (category < 16) {
      writer.Write(difference < 0 ? difference - 1 : difference, category);
    }
  }
  writer.Finish();
  bytes += Bytes({0xFF, 0xD9});
  return bytes;
}

}  // namespace cxr::synth
