-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 part of the import report, as "$.verdict"; ?2 limit. Columns: path of the object or array that holds
-- the value, name or number in it (empty: the part is a value itself), value as text, in the order of the
-- report. The table's own key.
SELECT t.path, CAST (coalesce (t.key, '') AS TEXT), CAST (t.atom AS TEXT)
  FROM meta AS m, json_tree (m.value, ?1) AS t
 WHERE m.key = 'report' AND t.atom IS NOT NULL ORDER BY t.id LIMIT ?2;
