-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 rid, ?2 tokens of its terms with blanks between.
INSERT INTO build.message_term (rowid, terms) VALUES (?1, ?2);
