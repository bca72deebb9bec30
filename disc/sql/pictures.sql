-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first id, ?2 last id. Columns: id, media_type, width, height, original_width, original_height, page,
-- name, size, data, absent. A range of the table's own key.
SELECT id, media_type, width, height, original_width, original_height, page, name, size, data, absent
  FROM picture WHERE id BETWEEN ?1 AND ?2 ORDER BY id;
