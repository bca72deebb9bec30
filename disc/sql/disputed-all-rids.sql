-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: rid, ascending, of every disputed message that names an id. The whole table, for a disc that is
-- damaged where those messages are.
SELECT DISTINCT rid FROM disputed_link ORDER BY rid;
