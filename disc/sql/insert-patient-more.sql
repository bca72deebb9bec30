-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno, ?2 demographics_from, ?3 contents.
INSERT INTO build.patient_more (pno, demographics_from, contents) VALUES (?1, ?2, ?3);
