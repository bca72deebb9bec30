/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Japanese pieces of messages that no table has, encoded once with the tables. */
#define IMP_SAMPLE_PHRASES(X)                                                                      \
  X (INPATIENT_ORDER, "I^入院患者オーダ^HL70482")                                                  \
  X (OUTPATIENT_ORDER, "O^外来患者オーダ^HL70482")                                                 \
  X (HEIGHT, "9N001000000000001^身長^JC10")                                                        \
  X (WEIGHT, "9N006000000000001^体重^JC10")                                                        \
  X (BLOOD_ABO, "5H010000001999911^血液型-ABO式^JC10")                                             \
  X (BLOOD_RH, "5H020000001999911^血液型-Rh式^JC10")                                               \
  X (HYPHEN, "－")                                                                                 \
  X (CONTRASTED, "造影")                                                                           \
  X (SPOUSE, "SPO^配偶者^HL70063")                                                                 \
  X (CHILD, "CHD^子^HL70063")                                                                      \
  X (PARENT, "PAR^親^HL70063")                                                                     \
  X (BABY, "ベビー")                                                                               \
  X (INSURANCE_SENIOR, "39^後期高齢者医療^JHSD0001")                                               \
  X (INSURANCE_NATIONAL, "00^国民健康保険^JHSD0001")                                               \
  X (INSURANCE_SOCIETY, "06^組合管掌健康保険^JHSD0001")                                            \
  X (SELF, "SEL^本人^HL70063")                                                                     \
  X (ADD, "A^追加^HL70323")                                                                        \
  X (DELETE, "D^削除^HL70323")                                                                     \
  X (HOME, "01^退院、自宅へ^HL70112")                                                              \
  X (DIED, "20^死亡^HL70112")                                                                      \
  X (FACILITY, "03^施設へ転出^HL70112")                                                            \
  X (SUSPECTED, "1^疑いあり^JHSD0005")                                                             \
  X (SUSPECTED_SUFFIX, "8002^の疑い^MDCDX2")                                                       \
  X (MAIN_DISEASE, "1^主診断^JHSD0007")                                                            \
  X (CONFIDENTIAL, "V^非常に限定^HL70177")                                                         \
  X (OUTCOME_RECOVERED, "F^完全に回復^HL70241")                                                    \
  X (OUTCOME_RECOVERING, "R^回復^HL70241")                                                         \
  X (OUTCOME_UNCHANGED, "N^回復せず^HL70241")                                                      \
  X (OUTCOME_STOPPED, "I^中止^JHSD0006")                                                           \
  X (OUTCOME_CURED, "2^治ゆ^99TENKI")                                                              \
  X (AT_ADMISSION, "^H^入院時^JHSD0004^2013")                                                      \
  X (AT_CLINIC, "^O^外来時^JHSD0004^2013")                                                         \
  X (DAYS, "^D&日&ISO+")                                                                           \
  X (OUTPATIENT_RX, "OHP^外来処方^MR9P~OHO^院外処方^MR9P")                                         \
  X (INPATIENT_RX, "IHP^入院処方^MR9P~OHI^院内処方^MR9P")                                          \
  X (DISCHARGE_RX, "IHP^入院処方^MR9P~DCG^退院処方^MR9P")                                          \
  X (OWN_DRUGS, "BDP^持参薬処方^JHSP0007")                                                         \
  X (ONE_PACK, "~B^一包化^JHSP0002")                                                               \
  X (KIND_21, "21^内服^JHSP0003")                                                                  \
  X (KIND_22, "22^頓用^JHSP0003")                                                                  \
  X (KIND_23, "23^外用^JHSP0003")                                                                  \
  X (KIND_24, "24^自己注射^JHSP0003")                                                              \
  X (INJECTION, "INJ^注射剤^MR9P")                                                                 \
  X (ML, "ML^ミリリットル^MR9P")                                                                   \
  X (ML_PER_HOUR, "ml/hr^ミリリットル／時間^ISO+")                                                 \
  X (WARD_RX, "IHP^入院処方^MR9P")                                                                 \
  X (DRIP, "02^点滴^JHSI0009")                                                                     \
  X (SHOT, "01^ワンショット^JHSI0009")                                                             \
  X (PAIN, "PRNpain&疼痛時&MR9P")                                                                  \
  X (THREE_TIMES_LIMIT, "１日３回まで")                                                            \
  X (REFUSED, "^本人拒否^99RSN")                                                                   \
  X (NOT_NEEDED, "^血糖値により実施せず^99RSN")                                                    \
  X (PARTLY, "^血管外漏出のため途中で中止^99IC2")                                                  \
  X (GIVEN, "^左手に実施^99IC2")                                                                   \
  X (TAKEN, "^内服確認^99IC2")                                                                     \
  X (HEMOLYSIS, "^溶血^99LAB^9001^溶血^99LAB")                                                     \
  X (HEMOLYSIS_ONE, "１＋")                                                                        \
  X (COMMENT, "^結果コメント^99LAB^9002^結果コメント^99LAB")                                       \
  X (COMMENT_HEMOLYSIS, "溶血のためＫ・ＬＤ・ＡＳＴは参考値")                                      \
  X (COMMENT_CORRECTED, "入力誤りのため訂正。旧値は参照しないこと")                                \
  X (SMEAR, "6A010000006174101^塗抹鏡検(一般細菌)^JC10")                                           \
  X (SMEAR_FINDING, "6A010000006174114^塗抹所見^JC10")                                             \
  X (NOTHING_SEEN, "菌を認めず")                                                                   \
  X (CULTURE, "6B010000001974100^培養同定(一般細菌)^JC10")                                         \
  X (CULTURE_ORGANISM, "6B010000001974114^培養同定菌名^JC10")                                      \
  X (CULTURE_AMOUNT, "6B010000001974112^培養同定菌量^JC10")                                        \
  X (CULTURE_PARENT, "6B010000001974114&培養同定菌名&JC10")                                        \
  X (CULTURE_COMMENT, "^細菌検査コメント^99LAB")                                                   \
  X (COMMENT_ESBL, "ＥＳＢＬ産生の可能性あり。確認中")                                             \
  X (NEGATIVE, "陰性")                                                                             \
  X (NO_GROWTH, "発育を認めず（２日目）")                                                          \
  X (SUSCEPTIBILITY, "6C010000008076200^薬剤感受性検査-MIC^JC10")                                  \
  X (MIC_UNIT, "ug/mL^μg/mL^ISO+")                                                                 \
  X (PURPOSE, "P-01^検査目的^99EXM")                                                               \
  X (CLINICAL_DIAGNOSIS, "P-02^臨床病名^99EXM")                                                    \
  X (FINDING_TEXT, "P-03^所見^99EXM")                                                              \
  X (PREGNANCY_CHECK, "P-04^妊娠の可能性^99EXM")                                                   \
  X (NO_PREGNANCY, "なし")                                                                         \
  X (IMPRESSION, "9A100&IMP^検査所見^JC10")                                                        \
  X (CONTRAST, "999900101^ヨード造影剤３００注１００ｍＬ^HOT9^1^VIL&瓶&MR9P")                      \
  X (SEDATIVE, "999900102^鎮静剤注５ｍｇ^HOT9^1^AMP&管&MR9P")                                      \
  X (EMPLOYEE_DOCTOR, "DR-02.EM-01^正従業員の実施医師^JSHR")                                       \
  X (STARTED_AT, "TM-P1^開始時間^JSHR")                                                            \
  X (ENDED_AT, "TM-P2^終了時間^JSHR")                                                              \
  X (DRUG_GIVEN, "DE-02^薬品^JSHR")                                                                \
  X (HEPATITIS_RISK, "HBV^Ｂ型肝炎^99INF")                                                         \
  X (THREE_MEALS, "TID&１日３回&HL70335")

#define IMP_SAMPLE_ENUM_PHRASE(id, text) IMP_SAMPLE_PHRASE_##id,

typedef enum
{
  IMP_SAMPLE_PHRASES (IMP_SAMPLE_ENUM_PHRASE) IMP_SAMPLE_N_PHRASES
} ImpSamplePhrase;
