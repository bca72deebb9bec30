-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first id, ?2 last id. Columns: size of each picture that has bytes of its own, of the disc that is
-- being split; what its row takes beside them. A range of the table's own key.
SELECT CASE WHEN data = id THEN size END, 64 + coalesce (length (name), 0) * 4
  FROM whole.picture WHERE id BETWEEN ?1 AND ?2 ORDER BY id;
