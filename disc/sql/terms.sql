-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: id, text. All terms of the disc, by number: they are compared with what was typed.
SELECT id, text FROM term WHERE id > 0 ORDER BY id;
