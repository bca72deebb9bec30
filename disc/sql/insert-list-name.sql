-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id, ?2 kind, ?3 facility, ?4 text.
INSERT INTO build.list_name (id, kind, facility, text) VALUES (?1, ?2, ?3, ?4);
