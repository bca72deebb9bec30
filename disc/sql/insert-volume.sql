-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 number, ?2 first rid, ?3 last rid.
INSERT INTO main.volume (number, first_rid, last_rid) VALUES (?1, ?2, ?3);
