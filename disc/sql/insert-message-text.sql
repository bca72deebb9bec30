-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 rid, ?2 free text.
INSERT INTO build.message_text (rowid, text) VALUES (?1, ?2);
