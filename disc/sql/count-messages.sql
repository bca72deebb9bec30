-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first rid, ?2 last rid. Columns: how many messages there are. A range of the table's own key.
SELECT count(*) FROM message WHERE rid BETWEEN ?1 AND ?2;
