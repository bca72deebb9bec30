-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id of the term, ?2 text.
INSERT INTO build.term_text (rowid, text) VALUES (?1, ?2);
