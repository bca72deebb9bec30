-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first pno, ?2 last pno. A range of the table's own key.
INSERT INTO main.patient SELECT * FROM whole.patient WHERE pno BETWEEN ?1 AND ?2;
