-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 patient id. Columns: pno. Index: patient_by_id.
SELECT pno FROM patient WHERE id = ?1 ORDER BY pno;
