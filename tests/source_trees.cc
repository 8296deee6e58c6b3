// Copyright 2026 The cxr Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/source_trees.h"

#include <map>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cxr/base/check.h"
#include "cxr/base/file.h"
#include "cxr/base/testing.h"
#include "cxr/data/codec/encode_png.h"
#include "cxr/data/codec/jpeg.h"
#include "cxr/data/codec/png.h"
#include "cxr/data/image/resize.h"
#include "cxr/data/source/testing.h"
#include "cxr/data/table/rle.h"

namespace cxr::tests {
namespace {

using Tree = std::map<std::string, std::string>;

constexpr absl::string_view kChexpertLabels =
    "No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung "
    "Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural "
    "Effusion,Pleural Other,Fracture,Support Devices";
constexpr absl::string_view kMimicLabels =
    "Atelectasis,Cardiomegaly,Consolidation,Edema,Enlarged "
    "Cardiomediastinum,Fracture,Lung Lesion,Lung Opacity,No Finding,Pleural "
    "Effusion,Pleural Other,Pneumonia,Pneumothorax,Support Devices";

constexpr int kSide = 128;  // pixels

std::string FileBytes(absl::string_view path) {
  absl::StatusOr<std::string> bytes = ReadFile(TestData(path));
  CXR_CHECK(bytes.ok()) << bytes.status().ToString();
  return *std::move(bytes);
}

// One of eight radiographs, small.
GrayImage Radiograph(int number) {
  constexpr const char* kNames[] = {
      "00000001_002", "00000003_000", "00000011_000", "00000013_009",
      "00000016_000", "00000017_000", "00000020_000", "00000022_000"};
  const std::string path =
      absl::StrCat("cxr/data/testdata/nih/", kNames[number % 8], ".png");
  const absl::StatusOr<GrayImage> image = DecodePngGray(FileBytes(path), path);
  CXR_CHECK(image.ok()) << image.status().ToString();
  return ResizeBicubic(*image, kSide, kSide);
}

std::string Png(int number) { return *EncodePngGray(Radiograph(number)); }
std::string Jpeg(int number) { return *EncodeJpegGray(Radiograph(number), 95); }
std::string Dicom(absl::string_view name) {
  return FileBytes(absl::StrCat("cxr/data/codec/testdata/dicom/", name));
}

// Training patients 0 to 11, two of validation, three of test; every other one
// has a lateral image, too. Labels: present, absent, uncertain, unmentioned.
void AddChexpert(Tree& tree) {
  constexpr absl::string_view kCells[] = {
      ",,1.0,,,1.0,,,-1.0,,0.0,,,", ",,0.0,,,,1.0,,,,1.0,,,1.0",
      "1.0,,,,,,,,,,,,,1.0", ",,-1.0,,,0.0,0.0,,1.0,,-1.0,,,"};
  std::string train =
      absl::StrCat("\xEF\xBB\xBFPath,Sex,Age,Frontal/Lateral,AP/PA,",
                   kChexpertLabels, "\r\n");
  for (int p = 0; p < 12; ++p) {
    const std::string study =
        absl::StrCat("train/patient0000", p + 1, "/study1/");
    absl::StrAppend(&train, "CheXpert-v1.0/", study, "view1_frontal.jpg,",
                    p % 2 == 0 ? "Male" : "Female", ",", 40 + p, ",Frontal,",
                    p % 3 == 0 ? "PA" : "AP", ",", kCells[p % 4], "\r\n");
    tree[absl::StrCat("chexpert/CheXpert-v1.0/", study, "view1_frontal.jpg")] =
        Jpeg(p);
    if (p % 2 == 0) {
      absl::StrAppend(&train, "CheXpert-v1.0/", study,
                      "view2_lateral.jpg,Male,", 40 + p, ",Lateral,,",
                      kCells[p % 4], "\r\n");
      tree[absl::StrCat("chexpert/CheXpert-v1.0/", study,
                        "view2_lateral.jpg")] = Jpeg(p);
    }
  }
  tree["chexpert/CheXpert-v1.0/train.csv"] = train;
  constexpr absl::string_view kSure[] = {"0,0,1,0,0,1,0,0,0,0,1,0,0,0",
                                         "0,0,0,0,0,0,1,0,1,0,0,0,0,0"};
  std::string valid = absl::StrCat("Path,Sex,Age,Frontal/Lateral,AP/PA,",
                                   kChexpertLabels, "\n");
  std::string test = absl::StrCat("Path,", kChexpertLabels, "\n");
  for (int p = 0; p < 4; ++p) {
    const std::string study = absl::StrCat("patient6454", p, "/study1/");
    absl::StrAppend(&valid, "CheXpert-v1.0/valid/", study,
                    "view1_frontal.jpg,Female,60,Frontal,AP,", kSure[p % 2],
                    "\n");
    tree[absl::StrCat("chexpert/CheXpert-v1.0/valid/", study,
                      "view1_frontal.jpg")] = Jpeg(p + 3);
    const std::string other = absl::StrCat("test/patient6474", p, "/study1/");
    absl::StrAppend(&test, other, "view1_frontal.jpg,", kSure[p % 2], "\n");
    tree[absl::StrCat("chexpert/CheXpert-v1.0/", other, "view1_frontal.jpg")] =
        Jpeg(p + 5);
  }
  tree["chexpert/CheXpert-v1.0/valid.csv"] = valid;
  tree["chexpert/CheXpert-v1.0/test_labels.csv"] = test;
}

std::string DicomId(int study) {
  return absl::StrCat("0000000", study, "-00000000-00000000-00000000-0000000",
                      study);
}

// Six studies of six patients, each with an image; the last one's view is not
// known. CheXmask has masks of four.
void AddMimicCxr(Tree& tree) {
  std::string metadata =
      "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,"
      "ViewPosition,Rows,Columns,StudyDate,StudyTime,"
      "ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,"
      "PatientOrientationCodeSequence_CodeMeaning\n";
  std::string split = "dicom_id,study_id,subject_id,split\n";
  std::string labels = absl::StrCat("subject_id,study_id,", kMimicLabels, "\n");
  constexpr const char* kViews[] = {"AP", "PA", "AP", "LATERAL", "PA", ""};
  constexpr const char* kSplits[] = {"train", "train",    "train",
                                     "train", "validate", "test"};
  for (int s = 0; s < 6; ++s) {
    const std::string subject = absl::StrCat("1000003", s);
    const std::string study = absl::StrCat("5041426", s);
    absl::StrAppend(&metadata, DicomId(s), ",", subject, ",", study,
                    ",\"CHEST (PA, LAT)\",", kViews[s], ",", kSide, ",", kSide,
                    ",21800506,80556.875,,,\n");
    absl::StrAppend(&split, DicomId(s), ",", study, ",", subject, ",",
                    kSplits[s], "\n");
    if (s != 4) {  // No usable section in this report.
      absl::StrAppend(
          &labels, subject, ",", study,
          s % 2 == 0 ? ",1.0,,-1.0,,,,,,,0.0,,,," : ",,,,,,,,,1.0,,,,,", "\n");
    }
    const std::string folder =
        absl::StrCat("mimic_cxr/files/p10/p", subject, "/s", study);
    tree[absl::StrCat(folder, "/", DicomId(s), ".jpg")] = Jpeg(s);
    tree[absl::StrCat(folder, ".txt")] =
        "                                 FINAL REPORT\n FINDINGS:  "
        "Invented.\n";
  }
  tree["mimic_cxr/mimic-cxr-2.0.0-metadata.csv.gz"] = metadata;
  tree["mimic_cxr/mimic-cxr-2.0.0-split.csv.gz"] = split;
  tree["mimic_cxr/mimic-cxr-2.0.0-chexpert.csv.gz"] = labels;
}

// A rectangle as run lengths.
std::string Rectangle(int left, int top, int width, int height) {
  GrayImage mask{.width = kSide, .height = kSide};
  mask.pixels.resize(kSide * kSide);
  FillPolygon(std::vector<PolygonPoint>{{left, top},
                                        {left + width, top},
                                        {left + width, top + height},
                                        {left, top + height}},
              1, &mask);
  return EncodeRle(mask, 1);
}

void AddChexmask(Tree& tree) {
  std::string table =
      "dicom_id,Dice RCA (Max),Dice RCA (Mean),Landmarks,Left Lung,Right "
      "Lung,Heart,Height,Width\n";
  std::vector<std::string> points(120, "[ 10  20]");
  for (int s = 0; s < 4; ++s) {
    absl::StrAppend(&table, DicomId(s), s == 1 ? ",0.71,0.86" : ",0.93,0.65",
                    ",\"[", absl::StrJoin(points, "\n "), "]\",",
                    Rectangle(70, 20, 40, 70), ",", Rectangle(15, 20, 40, 70),
                    ",", s == 3 ? "" : Rectangle(50, 60, 35, 35), ",", kSide,
                    ",", kSide, "\n");
  }
  tree["chexmask/0.4/OriginalResolution/MIMIC-CXR-JPG.csv.gz"] = table;
}

void AddPadchest(Tree& tree) {
  std::string table =
      ",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,"
      "PatientSex_DICOM,Projection,MethodProjection,Pediatric,"
      "PhotometricInterpretation_DICOM,BitsStored_DICOM,Report,MethodLabel,"
      "Labels\n";
  constexpr const char* kProjections[] = {"PA", "AP", "AP_horizontal", "L"};
  for (int i = 0; i < 4; ++i) {
    absl::StrAppend(&table, i, ",p", i, ".png,0,20140915,st", i, ",pat", i,
                    ",1950.0,", i % 2 == 0 ? "M" : "F", ",", kProjections[i],
                    ",Manual review of DICOM fields,No,MONOCHROME2,12,\"sin "
                    "hallazg . inventad , .\",Physician,\"['",
                    i == 3 ? "normal" : "loc  cardiac', 'cardiomegaly ",
                    "']\"\n");
    tree[absl::StrCat("padchest/0/p", i, ".png")] =
        i == 2 ? FileBytes("cxr/data/codec/testdata/png/gray16.png") : Png(i);
  }
  // A child, and a row without labels.
  absl::StrAppend(&table,
                  "4,p4.png,0,20140915,st4,pat4,2012.0,M,PA,,No,MONOCHROME2,"
                  "12,,Physician,['normal']\n"
                  "5,p5.png,0,20140915,st5,pat5,1950.0,M,PA,,No,MONOCHROME2,"
                  "12,,RNN,\n");
  tree["padchest/PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv.gz"] =
      table;
}

void AddNih(Tree& tree) {
  std::string table =
      "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient "
      "Gender,View Position,OriginalImage[Width,Height],"
      "OriginalImagePixelSpacing[x,y]\n";
  constexpr const char* kFindings[] = {"Atelectasis|Effusion", "No Finding",
                                       "Infiltration", "Mass|Nodule|Hernia"};
  for (int i = 0; i < 10; ++i) {
    absl::StrAppend(&table, "0000000", i, "_000.png,", kFindings[i % 4], ",0,",
                    i, ",", i == 9 ? "414" : "50", ",", i % 2 == 0 ? "M" : "F",
                    ",", i % 3 == 0 ? "AP" : "PA", ",2500,2048,0.168,0.168\n");
    tree[absl::StrCat("nih_cxr8/images/0000000", i, "_000.png")] =
        i == 4 ? FileBytes("cxr/data/codec/testdata/png/rgba.png") : Png(i);
    tree[i < 7 ? "nih_cxr8/train_val_list.txt" : "nih_cxr8/test_list.txt"] +=
        absl::StrCat("0000000", i, "_000.png\n");
  }
  tree["nih_cxr8/Data_Entry_2017_v2020.csv"] = table;
  tree["nih_cxr8/BBox_List_2017.csv"] =
      "Image Index,Finding Label,Bbox [x,y,w,h],,,\n"
      "00000002_000.png,Infiltrate,20.5,30,50,40,,,\n";
}

void AddBrax(Tree& tree) {
  std::string table =
      ",DicomPath,PngPath,PatientID,PatientSex,PatientAge,AccessionNumber,"
      "StudyDate,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung "
      "Lesion,Lung Opacity,Edema,Consolidation,Pneumonia,Atelectasis,"
      "Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices,"
      "ViewPosition,Rows,Columns,Manufacturer\n";
  for (int i = 0; i < 3; ++i) {
    const std::string image = absl::StrCat(
        "images/id_0", i, "/Study_1/Series_1/image-1-2-3-4-", i, ".png");
    absl::StrAppend(&table, i, ",Anonymized_DICOMs/x.dcm,", image,
                    "?abcdef,id_0", i, ",O,85 or more,a", i,
                    ",20100101,,,1,,,,,-1,,,0,,,,", i == 2 ? "LL" : "PA",
                    ",128,128,3\n");
    tree[absl::StrCat("brax/", image)] = Png(i);
  }
  tree["brax/master_spreadsheet_update.csv"] = table;
}

void AddRsna(Tree& tree) {
  constexpr const char* kFiles[] = {
      "A_8bit_m2_jpeg_baseline50.dcm", "A_8bit_m2_jpeg_extended51.dcm",
      "F_signed_padding.dcm", "C_rescale_multiwindow_sigmoid.dcm"};
  std::string labels = "patientId,x,y,width,height,Target\n";
  std::string classes = "patientId,class\n";
  std::string headers = "PatientID,ViewPosition,PatientSex,PatientAge\n";
  for (int i = 0; i < 40; ++i) {
    const std::string id = absl::StrCat("uuid-", i);
    const bool sick = i % 4 == 0;
    const std::string row =
        sick ? "20.0,30.0,60.0,50.0,1" : absl::StrCat(",,,,0");
    absl::StrAppend(&labels, id, ",", row, "\n");
    absl::StrAppend(&classes, id, ",", sick ? "Lung Opacity" : "Normal", "\n");
    if (sick) {
      absl::StrAppend(&labels, id, ",90,30,20,50,1\n");
      absl::StrAppend(&classes, id, ",Lung Opacity\n");
    }
    absl::StrAppend(&headers, id, ",", i % 2 == 0 ? "PA" : "AP", ",F,62\n");
    tree[absl::StrCat("rsna/stage_2_train_images/", id, ".dcm")] =
        Dicom(kFiles[i % 4]);
  }
  tree["rsna/stage_2_train_labels.csv"] = labels;
  tree["rsna/stage_2_detailed_class_info.csv"] = classes;
  tree["rsna/dicom_headers.csv"] = headers;
}

constexpr absl::string_view kVindrLabels =
    "Aortic enlargement,Atelectasis,Calcification,Cardiomegaly,Clavicle "
    "fracture,Consolidation,Edema,Emphysema,Enlarged PA,ILD,Infiltration,Lung "
    "Opacity,Lung cavity,Lung cyst,Mediastinal shift,Nodule/Mass,Pleural "
    "effusion,Pleural thickening,Pneumothorax,Pulmonary fibrosis,Rib "
    "fracture,Other lesion,COPD,Lung tumor,Pneumonia,Tuberculosis,";

void AddVindr(Tree& tree) {
  constexpr const char* kFiles[] = {"B_12bit_m1_j2k91_lossy.dcm",
                                    "E_bitsstored_too_small.dcm"};
  std::string train = absl::StrCat("image_id,rad_id,", kVindrLabels,
                                   "Other diseases,No finding\n");
  std::string test =
      absl::StrCat("image_id,", kVindrLabels, "Other disease,No finding\n");
  // Of three readers one, two or three see an enlarged aorta.
  for (int i = 0; i < 4; ++i) {
    const std::string id = absl::StrCat(std::string(31, 'a'), i);
    for (int reader = 0; reader < 3; ++reader) {
      const bool sees = reader < i;
      absl::StrAppend(&train, id, ",R", reader + 8, sees ? ",1" : ",0");
      for (int k = 1; k < 27; ++k) {
        absl::StrAppend(&train, ",0");
      }
      absl::StrAppend(&train, sees ? ",0" : ",1", "\n");
    }
    const std::string other = absl::StrCat(std::string(31, 'b'), i);
    absl::StrAppend(&test, other);
    for (int k = 0; k < 28; ++k) {
      absl::StrAppend(&test, k == i ? ",1" : ",0");
    }
    absl::StrAppend(&test, "\n");
    tree[absl::StrCat("vindr/train/", id, ".dicom")] = Dicom(kFiles[i % 2]);
    tree[absl::StrCat("vindr/test/", other, ".dicom")] = Dicom(kFiles[i % 2]);
  }
  tree["vindr/annotations/image_labels_train.csv"] = train;
  tree["vindr/annotations/image_labels_test.csv"] = test;
  tree["vindr/annotations/annotations_train.csv"] = absl::StrCat(
      "image_id,rad_id,class_name,x_min,y_min,x_max,y_max\n",
      std::string(31, 'a'), "2,R8,Aortic enlargement,10.0,20.0,60.5,70.0\n",
      std::string(31, 'a'), "0,R8,No finding,,,,\n");
}

void AddIuXray(Tree& tree) {
  for (int i = 1; i <= 3; ++i) {
    const std::string image = absl::StrCat("CXR", i, "_IM-000", i, "-1001");
    tree[absl::StrCat("iu_xray/ecgen-radiology/", i, ".xml")] = absl::StrCat(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><eCitation><uId id=\"CXR", i,
        "\"/><MedlineCitation><Article><Abstract><AbstractText "
        "Label=\"COMPARISON\"/><AbstractText "
        "Label=\"INDICATION\">Invented</AbstractText><AbstractText "
        "Label=\"FINDINGS\">Nothing was seen by XXXX.</AbstractText>"
        "<AbstractText Label=\"IMPRESSION\"/></Abstract></Article>"
        "</MedlineCitation><MeSH><major>normal</major></MeSH>",
        "<parentImage id=\"", image, "\"/></eCitation>\n");
    tree[absl::StrCat("iu_xray/NLMCXR_png/", image, ".png")] = Png(i);
  }
}

}  // namespace

void WriteSourceTrees(absl::string_view data_root) {
  Tree tree;
  AddChexpert(tree);
  AddMimicCxr(tree);
  AddChexmask(tree);
  AddPadchest(tree);
  AddNih(tree);
  AddBrax(tree);
  AddRsna(tree);
  AddVindr(tree);
  AddIuXray(tree);
  WriteTree(data_root, tree);
}

std::vector<std::string> SourceTreeNames() {
  return {"chexpert", "mimic_cxr", "padchest", "nih_cxr8", "brax",
          "rsna",     "vindr",     "chexmask", "iu_xray"};
}

}  // namespace cxr::tests
