-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: kind, data_type, n_live, n_all, newest_at, newest_sent. A small table, in its key's order.
SELECT kind, data_type, n_live, n_all, newest_at, newest_sent FROM freshness ORDER BY kind, data_type;
