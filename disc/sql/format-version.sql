-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: version of the format.
PRAGMA user_version;
