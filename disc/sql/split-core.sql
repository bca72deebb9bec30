-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rest of the first volume, wanted as soon as it is opened. After split-core-search.
INSERT INTO main.freshness SELECT * FROM whole.freshness;
INSERT INTO main.meta SELECT * FROM whole.meta;
INSERT INTO main.finding SELECT * FROM whole.finding;
INSERT INTO main.disputed_link SELECT * FROM whole.disputed_link;
INSERT INTO main.patient SELECT * FROM whole.patient;
INSERT INTO main.term SELECT * FROM whole.term;
DELETE FROM main.term_text_data;
DELETE FROM main.term_text_config;
INSERT INTO main.term_text_data SELECT * FROM whole.term_text_data;
INSERT INTO main.term_text_idx SELECT * FROM whole.term_text_idx;
INSERT INTO main.term_text_config SELECT * FROM whole.term_text_config;
