-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: id, kind, facility, text. All wards, departments and doctors, by number: a short table.
SELECT id, kind, facility, text FROM list_name ORDER BY id;
