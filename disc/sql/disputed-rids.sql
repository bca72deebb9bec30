-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 patient id, NULL: all. Columns: rid, ascending. A scan of disputed_link, which is small.
SELECT DISTINCT rid FROM disputed_link WHERE ?1 IS NULL OR id = ?1 ORDER BY rid;
