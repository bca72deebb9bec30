-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first day, ?2 last day. Columns: department, at, rid, state, flags, doctor. A range of the table's
-- own key.
SELECT department, at, rid, state, flags, doctor
  FROM visit WHERE day BETWEEN ?1 AND ?2 ORDER BY day, department, at, rid;
