// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_xml_fuzz.h"

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "cxr/base/check.h"
#include "cxr/data/source/iu_xml.h"

namespace cxr {
namespace {

constexpr char kName[] = "fuzz.xml";

std::string Section(absl::string_view label, absl::string_view text) {
  return absl::StrCat(
      "<AbstractText Label=\"", label, "\">",
      absl::StrReplaceAll(text,
                          {{"&", "&amp;"}, {"<", "&lt;"}, {"\r", "&#13;"}}),
      "</AbstractText>\n");
}

// The report as OpenI would write it.
std::string ToXml(const IuXmlReport& xml) {
  std::string text = absl::StrCat("<eCitation><uId id=\"", xml.id,
                                  "\"/><MedlineCitation><Article><Abstract>",
                                  Section("COMPARISON", xml.report.comparison),
                                  Section("INDICATION", xml.report.indication),
                                  Section("FINDINGS", xml.report.findings),
                                  Section("IMPRESSION", xml.report.impression),
                                  "</Abstract></Article></MedlineCitation>");
  for (const IuXmlImage& image : xml.images) {
    absl::StrAppend(&text, "<parentImage id=\"", image.id, "\"/>");
  }
  return text + "</eCitation>";
}

void CheckReport(const IuXmlReport& xml, absl::string_view text) {
  CXR_CHECK(IsPlainFileName(xml.id)) << xml.id;
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const IuXmlImage& image : xml.images) {
    CXR_CHECK(IsPlainFileName(image.id)) << image.id;
    CXR_CHECK(1 <= image.line && image.line <= lines) << image.line;
  }
  const std::string again = ToXml(xml);
  // Escapes make it longer.
  if (again.size() > kMaxIuXmlBytes) {
    return;
  }
  const absl::StatusOr<IuXmlReport> reread = ParseIuXml(again, kName);
  CXR_CHECK(reread.ok()) << reread.status() << "\n" << again;
  CXR_CHECK(reread->id == xml.id && reread->report == xml.report) << again;
  CXR_CHECK(reread->images.size() == xml.images.size()) << again;
}

}  // namespace
}  // namespace cxr

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(data, data + size);
  const absl::StatusOr<cxr::IuXmlReport> xml =
      cxr::ParseIuXml(text, cxr::kName);
  if (xml.ok()) {
    cxr::CheckReport(*xml, text);
    return 0;
  }
  CXR_CHECK(absl::IsDataLoss(xml.status())) << xml.status();
  CXR_CHECK(absl::StartsWith(xml.status().message(), cxr::kName))
      << xml.status();
  return 0;
}
