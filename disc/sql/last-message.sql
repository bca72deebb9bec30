-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: rid of the last row, NULL on an empty disc. The table's own key.
SELECT max(rid) FROM message;
