-- SPDX-License-Identifier: GPL-3.0-or-later
-- How the search indexes are built: large batches, no merging on the way, one merge at the end.
INSERT INTO build.term_text (term_text, rank) VALUES ('hashsize', 4194304);
INSERT INTO build.message_term (message_term, rank) VALUES ('hashsize', 25165824);
INSERT INTO build.message_text (message_text, rank) VALUES ('hashsize', 25165824);
INSERT INTO build.message_term (message_term, rank) VALUES ('automerge', 0);
INSERT INTO build.message_text (message_text, rank) VALUES ('automerge', 0);
BEGIN;
