// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_xml.h"

#include <algorithm>
#include <pugixml.hpp>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "cxr/base/status_macros.h"

namespace cxr {
namespace {

// What the errors of one file need.
struct Source {
  absl::string_view text;
  absl::string_view name;

  int LineAt(ptrdiff_t offset) const {
    const size_t end = std::clamp<ptrdiff_t>(offset, 0, std::ssize(text));
    return 1 +
           static_cast<int>(std::count(text.begin(), text.begin() + end, '\n'));
  }
  absl::Status Error(ptrdiff_t offset, absl::string_view found,
                     absl::string_view expected) const {
    return absl::DataLossError(absl::StrCat(
        name, ":", LineAt(offset), ": found ", found, ", expected ", expected));
  }
};

// The attribute `id` of `element`.
absl::StatusOr<std::string> PlainId(const Source& source,
                                    pugi::xml_node element) {
  std::string id = element.attribute("id").value();
  if (!IsPlainFileName(id)) {
    return source.Error(element.offset_debug(),
                        absl::StrCat(element.name(), " with the id '",
                                     absl::CHexEscape(id), "'"),
                        "letters, digits, '_', '-' and '.'");
  }
  return id;
}

// Where a section is kept; null if there is none of that label.
std::string* SectionOf(absl::string_view label, IuReport* report) {
  if (label == "INDICATION") {
    return &report->indication;
  }
  if (label == "COMPARISON") {
    return &report->comparison;
  }
  if (label == "FINDINGS") {
    return &report->findings;
  }
  return label == "IMPRESSION" ? &report->impression : nullptr;
}

absl::StatusOr<IuReport> ReadSections(const Source& source,
                                      pugi::xml_node abstract) {
  IuReport report;
  absl::flat_hash_set<absl::string_view> seen;
  for (const pugi::xml_node section : abstract.children("AbstractText")) {
    const absl::string_view label = section.attribute("Label").value();
    std::string* place = SectionOf(label, &report);
    if (place == nullptr) {
      return source.Error(section.offset_debug(),
                          absl::StrCat("AbstractText with the Label '",
                                       absl::CHexEscape(label), "'"),
                          "INDICATION, COMPARISON, FINDINGS or IMPRESSION");
    }
    if (!seen.insert(label).second) {
      return source.Error(section.offset_debug(),
                          absl::StrCat("a second section ", label), "one");
    }
    *place = std::string(absl::StripAsciiWhitespace(section.child_value()));
  }
  return report;
}

}  // namespace

bool IsPlainFileName(absl::string_view id) {
  return !id.empty() && id[0] != '.' &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
         });
}

absl::StatusOr<IuXmlReport> ParseIuXml(absl::string_view text,
                                       absl::string_view name) {
  const Source source{.text = text, .name = name};
  if (text.size() > kMaxIuXmlBytes) {
    return absl::DataLossError(absl::StrCat(name, ": found ", text.size(),
                                            " bytes, expected at most ",
                                            kMaxIuXmlBytes));
  }
  pugi::xml_document document;
  // By default pugixml passes over document types and with them over entities.
  const pugi::xml_parse_result parsed = document.load_buffer(
      text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    return source.Error(parsed.offset, parsed.description(), "XML");
  }
  const pugi::xml_node root = document.document_element();
  if (absl::string_view(root.name()) != "eCitation") {
    return source.Error(root.offset_debug(),
                        absl::StrCat("the root '", root.name(), "'"),
                        "'eCitation'");
  }
  const pugi::xml_node uid = root.child("uId");
  if (!uid) {
    return source.Error(root.offset_debug(), "no uId in eCitation", "one");
  }
  IuXmlReport report;
  CXR_ASSIGN_OR_RETURN(report.id, PlainId(source, uid));
  const pugi::xml_node abstract =
      root.child("MedlineCitation").child("Article").child("Abstract");
  CXR_ASSIGN_OR_RETURN(report.report, ReadSections(source, abstract));
  for (const pugi::xml_node image : root.children("parentImage")) {
    CXR_ASSIGN_OR_RETURN(std::string id, PlainId(source, image));
    report.images.push_back(
        {.id = std::move(id), .line = source.LineAt(image.offset_debug())});
  }
  return report;
}

}  // namespace cxr
