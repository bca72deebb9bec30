-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first id, ?2 last id. A range of the table's own key.
INSERT INTO main.picture_data (id, bytes)
SELECT id, bytes FROM whole.picture_data WHERE id BETWEEN ?1 AND ?2 ORDER BY id;
