-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno. Columns: pno, flags, facility, id, name, kana, birth_date, sex, address, phone, blood_type,
-- former_names, place, ward, room, bed, place_at, department, doctor, last_seen_at,
-- n_disputed, n_findings. The table's own key.
SELECT pno, flags, facility, id, name, kana, birth_date, sex, address, phone, blood_type,
       former_names, place, ward, room, bed, place_at, department, doctor, last_seen_at,
       n_disputed, n_findings
  FROM patient WHERE pno = ?1;
