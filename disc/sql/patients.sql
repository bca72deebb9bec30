-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first pno. What the list of patients holds of all from there on. Columns: pno, flags, facility,
-- id, name, kana, birth_date, sex, former_names, place, ward, room, bed, place_at, department,
-- last_seen_at, n_disputed. In the order of the table, by its own key.
SELECT pno, flags, facility, id, name, kana, birth_date, sex, former_names, place, ward, room, bed,
       place_at, department, last_seen_at, n_disputed
  FROM patient WHERE pno >= ?1 ORDER BY pno;
