-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 ward, ?2 day from which. Columns: from_at, rid, state, ended, flags, to_at, room, bed, department,
-- doctor, to_place, ward. A range of the table's own key; the newest first: they are left of a list that
-- is cut.
SELECT from_at, rid, state, ended, flags, to_at, room, bed, department, doctor, to_place, ward
  FROM stay WHERE ward = ?1 AND from_at >= ?2 ORDER BY from_at DESC, rid DESC;
