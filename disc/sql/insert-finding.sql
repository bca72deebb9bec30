-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 severity, ?2 code, ?3 path, ?4 entry, ?5 facility, ?6 patient, ?7 detail. Numbered as they come.
INSERT INTO build.finding (severity, code, path, entry, facility, patient, detail)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
