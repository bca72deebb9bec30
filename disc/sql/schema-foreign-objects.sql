-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: 1 for each trigger or view. A disc has none.
SELECT 1 FROM sqlite_schema WHERE type IN ('trigger', 'view');
