-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first pno, ?2 last pno. Columns: all of them, to be measured. A range of the table's own key.
SELECT * FROM whole.patient_more WHERE pno BETWEEN ?1 AND ?2;
