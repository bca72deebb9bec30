-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id, ?2 text.
INSERT INTO build.term (id, text) VALUES (?1, ?2);
