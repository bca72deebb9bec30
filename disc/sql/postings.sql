-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 term, ?2 first patient number, ?3 last patient number. Columns: id, rids, in order. From the row
-- that may hold the first patient; the table's own key.
SELECT id, rids FROM posting
 WHERE id BETWEEN coalesce((SELECT max(id) FROM posting
                             WHERE id BETWEEN ?1 << 32 AND ?1 << 32 | ?2), ?1 << 32)
           AND ?1 << 32 | ?3
 ORDER BY id;
