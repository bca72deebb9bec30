-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 rid. Columns: source. The table's own key.
SELECT source FROM message WHERE rid = ?1;
