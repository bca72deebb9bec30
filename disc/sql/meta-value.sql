-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 key. Columns: value. The table's own key.
SELECT value FROM meta WHERE key = ?1;
