-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: severity, code, path, entry, facility, patient, detail. All, in the order they were made.
SELECT severity, code, path, entry, facility, patient, detail FROM finding ORDER BY number;
