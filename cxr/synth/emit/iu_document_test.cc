// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "cxr/synth/emit/iu_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cxr/base/testing.h"
#include "cxr/data/source/iu_xml.h"

namespace cxr::synth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

IuDocument Document() {
  return {
      .number = 7,
      .report = {.comparison = "None.",
                 .indication = "XXXX & <b>\"x\"</b> 'y'",
                 .findings = "Heart < 50%; a > b &amp; c.",
                 .impression = ""},
      .terms = {.major = {"Cardiomegaly/mild"}, .automatic = {"cardiomegaly"}},
      .images = {"CXR7_IM-0231-1001", "CXR7_IM-0231-2001"},
      .caption = "Xray Chest PA and Lateral"};
}

TEST(IuDocumentTest, AnyTextComesBack) {
  ASSERT_OK_AND_ASSIGN(const IuXmlReport xml,
                       ParseIuXml(IuXmlText(Document()), "7.xml"));
  EXPECT_EQ(xml.id, "CXR7");
  EXPECT_EQ(xml.report.comparison, "None.");
  EXPECT_EQ(xml.report.indication, "XXXX & <b>\"x\"</b> 'y'");
  EXPECT_EQ(xml.report.findings, "Heart < 50%; a > b &amp; c.");
  EXPECT_EQ(xml.report.impression, "");
  ASSERT_EQ(xml.images.size(), 2u);
  EXPECT_EQ(xml.images[0].id, "CXR7_IM-0231-1001");
  EXPECT_EQ(xml.images[1].id, "CXR7_IM-0231-2001");
}

TEST(IuDocumentTest, ElementsAreThoseOfOpenI) {
  const std::string text = IuXmlText(Document());
  EXPECT_THAT(text, HasSubstr("<AbstractText Label=\"IMPRESSION\"/>"));
  EXPECT_THAT(text, HasSubstr("<major>Cardiomegaly/mild</major>"));
  EXPECT_THAT(text, HasSubstr("<automatic>cardiomegaly</automatic>"));
  EXPECT_THAT(text, HasSubstr("<figureId>F2</figureId>"));
  EXPECT_THAT(text, HasSubstr("<caption>Xray Chest PA and Lateral</caption>"));
  EXPECT_THAT(text, HasSubstr("<url>CXR7_IM-0231-2001.jpg</url>"));
}

TEST(IuDocumentTest, SaysWhatItIsWhereALicenceWouldStand) {
  const std::string text = IuXmlText(Document());
  EXPECT_THAT(text, HasSubstr("<note>SYNTHETIC: drawn by cxr synth"));
  EXPECT_THAT(text, Not(HasSubstr("icense")));
}

TEST(IuDocumentTest, AReportMayHaveNoImage) {
  ASSERT_OK_AND_ASSIGN(const IuXmlReport xml,
                       ParseIuXml(IuXmlText({.number = 3}), "3.xml"));
  EXPECT_EQ(xml.id, "CXR3");
  EXPECT_THAT(xml.images, IsEmpty());
}

}  // namespace
}  // namespace cxr::synth
