-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: number, first_rid, last_rid. The whole table: at most 98 rows.
SELECT number, first_rid, last_rid FROM main.volume ORDER BY number;
