// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/data/source/iu_xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "cxr/base/testing.h"

namespace cxr {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Written for this test in the structure of OpenI's files.
constexpr char kReport[] = R"(<?xml version="1.0" encoding="utf-8"?>
<eCitation>
  <meta type="rr"/>
  <uId id="CXR7"/>
  <pmcId id="7"/>
  <MedlineCitation Owner="NLM" Status="MEDLINE">
    <Article PubModel="Print">
      <Abstract>
        <AbstractText Label="COMPARISON">None.</AbstractText>
        <AbstractText Label="INDICATION">XXXX, cough &amp; a</AbstractText>
        <AbstractText Label="FINDINGS">
          Heart small &lt; 50%.
        </AbstractText>
        <AbstractText Label="IMPRESSION"/>
      </Abstract>
    </Article>
  </MedlineCitation>
  <MeSH><major>normal</major></MeSH>
  <parentImage id="CXR7_IM-0007-1001"><caption>Chest</caption></parentImage>
  <parentImage id="CXR7_1_IM-0007-3001.v2"/>
</eCitation>
)";

absl::StatusOr<IuXmlReport> ParseWith(const std::string& from,
                                      const std::string& to) {
  EXPECT_THAT(kReport, HasSubstr(from));
  return ParseIuXml(absl::StrReplaceAll(kReport, {{from, to}}), "7.xml");
}

TEST(IuXmlTest, SectionsAndImagesAreRead) {
  ASSERT_OK_AND_ASSIGN(const IuXmlReport xml, ParseIuXml(kReport, "7.xml"));
  EXPECT_EQ(xml.id, "CXR7");
  EXPECT_EQ(xml.report.comparison, "None.");
  EXPECT_EQ(xml.report.indication, "XXXX, cough & a");
  EXPECT_EQ(xml.report.findings, "Heart small < 50%.");
  EXPECT_EQ(xml.report.impression, "");
  ASSERT_EQ(xml.images.size(), 2u);
  EXPECT_EQ(xml.images[0].id, "CXR7_IM-0007-1001");
  EXPECT_EQ(xml.images[0].line, 19);
  EXPECT_EQ(xml.images[1].id, "CXR7_1_IM-0007-3001.v2");
  EXPECT_EQ(xml.images[1].line, 20);
}

TEST(IuXmlTest, SectionsMayBeMissing) {
  ASSERT_OK_AND_ASSIGN(
      const IuXmlReport xml,
      ParseIuXml("\xEF\xBB\xBF<eCitation><uId id='CXR1'/></eCitation>", "x"));
  EXPECT_EQ(xml.id, "CXR1");
  EXPECT_EQ(xml.report, IuReport());
  EXPECT_TRUE(xml.images.empty());
}

// A document type may name files and nested entities; neither is looked at.
TEST(IuXmlTest, EntitiesAreNotReplaced) {
  ASSERT_OK_AND_ASSIGN(
      const IuXmlReport xml,
      ParseWith("<eCitation>",
                "<!DOCTYPE eCitation [<!ENTITY a SYSTEM "
                "\"file:///etc/hostname\"><!ENTITY b \"&a;&a;\">]>"
                "<eCitation>"));
  EXPECT_EQ(xml.report.comparison, "None.");
  ASSERT_OK_AND_ASSIGN(
      const IuXmlReport entity,
      ParseIuXml("<!DOCTYPE eCitation [<!ENTITY a \"b\">]><eCitation><uId "
                 "id='1'/><MedlineCitation><Article><Abstract><AbstractText "
                 "Label='FINDINGS'>&a;</AbstractText></Abstract></Article>"
                 "</MedlineCitation></eCitation>",
                 "x"));
  EXPECT_EQ(entity.report.findings, "&a;");
}

TEST(IuXmlTest, BadFilesAreDataLossWithFileAndLine) {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>>
      cases = {
          {{"</MedlineCitation>", ""}, "7.xml:21: found "},
          {{"<uId id=\"CXR7\"/>", ""},
           "7.xml:2: found no uId in eCitation, expected one"},
          {{"\"CXR7\"", "\"../7\""},
           "7.xml:4: found uId with the id '../7', expected letters, digits"},
          {{"\"CXR7\"", "\"\""}, "7.xml:4: found uId with the id ''"},
          {{"\"CXR7\"", "\"..\""}, "7.xml:4: found uId with the id '..'"},
          {{"CXR7_IM-0007-1001", "/etc/passwd"},
           "7.xml:19: found parentImage with the id '/etc/passwd'"},
          {{"<parentImage id=\"CXR7_IM-0007-1001\">", "<parentImage>"},
           "7.xml:19: found parentImage with the id ''"},
          {{"FINDINGS", "FINDING"},
           "7.xml:11: found AbstractText with the Label 'FINDING', expected "
           "INDICATION, COMPARISON, FINDINGS or IMPRESSION"},
          {{"FINDINGS", "COMPARISON"},
           "7.xml:11: found a second section COMPARISON, expected one"},
      };
  for (const auto& [change, text] : cases) {
    EXPECT_THAT(ParseWith(change.first, change.second).status(),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith(text)));
  }
}

TEST(IuXmlTest, WhatIsNoXmlIsDataLoss) {
  for (const std::string text :
       {"", "   ", "no XML", "<", "<a><b></a>", "{}"}) {
    EXPECT_THAT(ParseIuXml(text, "7.xml").status(),
                StatusIs(absl::StatusCode::kDataLoss, StartsWith("7.xml:1: ")))
        << text;
  }
}

TEST(IuXmlTest, AnotherRootIsDataLoss) {
  EXPECT_THAT(ParseIuXml("\n<html><uId id='CXR1'/></html>", "7.xml").status(),
              StatusIs(absl::StatusCode::kDataLoss,
                       "7.xml:2: found the root 'html', expected 'eCitation'"));
}

TEST(IuXmlTest, HugeFilesAreDataLoss) {
  std::string text(kReport);
  text.resize(kMaxIuXmlBytes, ' ');
  EXPECT_OK(ParseIuXml(text, "7.xml"));
  text += ' ';
  EXPECT_THAT(ParseIuXml(text, "7.xml").status(),
              StatusIs(absl::StatusCode::kDataLoss,
                       "7.xml: found 1048577 bytes, expected at most 1048576"));
}

TEST(IuXmlTest, DeepNestingIsNoDanger) {
  const int depth = 100'000;
  std::string text = "<eCitation>";
  for (int i = 0; i < depth; ++i) {
    text += "<a>";
  }
  for (int i = 0; i < depth; ++i) {
    text += "</a>";
  }
  EXPECT_OK(ParseIuXml(absl::StrCat(text, "<uId id='1'/></eCitation>"), "x"));
}

TEST(IuXmlTest, PlainFileNamesStayInTheirFolder) {
  for (const absl::string_view name :
       {"a", "CXR1_1_IM-0001-3001.png", "a..b"}) {
    EXPECT_TRUE(IsPlainFileName(name)) << name;
  }
  for (const absl::string_view name :
       {"", ".", "..", ".hidden", "a/b", "/a", "a b", "a\\b", "\xC3\xA4"}) {
    EXPECT_FALSE(IsPlainFileName(name)) << name;
  }
}

}  // namespace
}  // namespace cxr
