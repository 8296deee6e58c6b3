// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/iu_document.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace cxr::synth {
namespace {

// `text` with what means something to XML replaced.
std::string Escaped(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"},
                                    {"<", "&lt;"},
                                    {">", "&gt;"},
                                    {"\"", "&quot;"},
                                    {"'", "&apos;"}});
}

std::string Element(absl::string_view indent, absl::string_view tag,
                    absl::string_view text) {
  const absl::string_view name = tag.substr(0, tag.find(' '));
  if (text.empty()) {
    return absl::StrCat(indent, "<", tag, "/>\n");
  }
  return absl::StrCat(indent, "<", tag, ">", Escaped(text), "</", name, ">\n");
}

std::string Abstract(const IuReportText& report) {
  const auto section = [](absl::string_view label, absl::string_view text) {
    return Element("        ",
                   absl::StrCat("AbstractText Label=\"", label, "\""), text);
  };
  return absl::StrCat(section("COMPARISON", report.comparison),
                      section("INDICATION", report.indication),
                      section("FINDINGS", report.findings),
                      section("IMPRESSION", report.impression));
}

std::string Terms(const IuTerms& terms) {
  std::string text;
  for (const std::string& term : terms.major) {
    absl::StrAppend(&text, Element("    ", "major", term));
  }
  for (const std::string& term : terms.automatic) {
    absl::StrAppend(&text, Element("    ", "automatic", term));
  }
  return text;
}

std::string Image(const IuDocument& document, size_t place) {
  const std::string id = Escaped(document.images[place]);
  return absl::StrCat("  <parentImage id=\"", id, "\">\n",
                      Element("    ", "figureId", absl::StrCat("F", place + 1)),
                      Element("    ", "caption", document.caption),
                      "    <panel type=\"single\">\n",
                      Element("      ", "url", absl::StrCat(id, ".jpg")),
                      "    </panel>\n  </parentImage>\n");
}

}  // namespace

std::string IuXmlText(const IuDocument& document) {
  const int number = document.number;
  std::string images;
  for (size_t i = 0; i < document.images.size(); ++i) {
    absl::StrAppend(&images, Image(document, i));
  }
  return absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<eCitation>\n"
      "  <meta type=\"rr\"/>\n  <uId id=\"CXR",
      number, "\"/>\n  <pmcId id=\"", number,
      "\"/>\n  <docSource>CXR</docSource>\n  <IUXRId id=\"", number, "\"/>\n",
      Element("  ", "note",
              "SYNTHETIC: drawn by cxr synth in the form of the Indiana "
              "University collection. No patient, no clinical meaning."),
      "  <MedlineCitation>\n    <Article>\n      <Abstract>\n",
      Abstract(document.report),
      "      </Abstract>\n    </Article>\n  </MedlineCitation>\n  <MeSH>\n",
      Terms(document.terms), "  </MeSH>\n", images, "</eCitation>\n");
}

}  // namespace cxr::synth
