-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 patient id. Columns: rid, ascending. Index: the key of disputed_link.
SELECT DISTINCT rid FROM disputed_link WHERE id = ?1 ORDER BY rid;
