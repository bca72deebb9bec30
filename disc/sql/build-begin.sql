-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the index of free text is built: large batches, no merging on the way, one merge at the end.
INSERT INTO build.message_text (message_text, rank) VALUES ('hashsize', 25165824);
INSERT INTO build.message_text (message_text, rank) VALUES ('automerge', 0);
CREATE TABLE build.term_order (new INTEGER PRIMARY KEY, old INTEGER NOT NULL);
BEGIN;
