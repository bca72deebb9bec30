-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first rid, ?2 last rid. Columns: rid, source. A range of the table's own key.
SELECT rid, source FROM message WHERE rid BETWEEN ?1 AND ?2 ORDER BY rid;
