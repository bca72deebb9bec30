-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 patient id, ?2 facility or NULL for any. Columns: severity, code, path, entry, facility,
-- patient, detail. Index: finding_by_patient.
SELECT severity, code, path, entry, facility, patient, detail FROM finding
 WHERE patient = ?1 AND (?2 IS NULL OR facility IS NULL OR facility = ?2) ORDER BY number;
