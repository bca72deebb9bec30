-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the list of patients holds of all of them. Columns: pno, flags, facility, id, name, kana,
-- birth_date, sex, former_names, place, ward, room, bed, place_at, department, last_seen_at,
-- n_disputed. In the order of the table.
SELECT pno, flags, facility, id, name, kana, birth_date, sex, former_names, place, ward, room, bed,
       place_at, department, last_seen_at, n_disputed
  FROM patient ORDER BY pno;
