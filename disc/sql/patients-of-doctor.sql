-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 doctor. Columns: pno, state, last_at, rid. A range of the table's own key.
SELECT pno, state, last_at, rid FROM doctor_patient WHERE doctor = ?1 ORDER BY pno;
