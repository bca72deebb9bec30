-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 rid, ?2 format, ?3 flags, ?4 source.
INSERT INTO main.message (rid, format, flags, records, source) VALUES (?1, ?2, ?3, x'', ?4);
