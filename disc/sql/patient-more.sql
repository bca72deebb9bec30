-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno. Columns: demographics_from, contents. The table's own key.
SELECT demographics_from, contents FROM patient_more WHERE pno = ?1;
