-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first rid. Columns: rid, format, flags, source: what goes to volumes from the second on, from the
-- disc that is being split. A range of the table's own key.
SELECT rid, format, flags, source FROM whole.message WHERE rid >= ?1 ORDER BY rid;
