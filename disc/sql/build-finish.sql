-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counts what is known of each patient, merges the search indexes, and moves everything that was
-- gathered apart behind the messages, so that each table is one run of pages of the disc.
UPDATE build.patient SET n_disputed = counted.n
  FROM (SELECT id, facility, count(*) AS n FROM build.disputed_link GROUP BY id, facility) AS counted
 WHERE patient.id = counted.id AND patient.facility = counted.facility;
UPDATE build.patient SET n_findings = counted.n
  FROM (SELECT patient AS id, facility, count(*) AS n FROM build.finding
         WHERE patient IS NOT NULL GROUP BY patient, facility) AS counted
 WHERE patient.id = counted.id AND patient.facility = counted.facility;

INSERT INTO build.term_text (term_text) VALUES ('optimize');
INSERT INTO build.message_term (message_term) VALUES ('optimize');
INSERT INTO build.message_text (message_text) VALUES ('optimize');

INSERT INTO main.patient SELECT * FROM build.patient;
INSERT INTO main.disputed_link SELECT * FROM build.disputed_link;
INSERT INTO main.finding SELECT * FROM build.finding;
INSERT INTO main.term SELECT * FROM build.term;

-- An FTS5 table is what its data, idx and config tables hold (its content and sizes are not kept).
DELETE FROM main.term_text_data;
DELETE FROM main.message_term_data;
DELETE FROM main.message_text_data;
DELETE FROM main.term_text_config;
DELETE FROM main.message_term_config;
DELETE FROM main.message_text_config;
INSERT INTO main.term_text_data SELECT * FROM build.term_text_data;
INSERT INTO main.term_text_idx SELECT * FROM build.term_text_idx;
INSERT INTO main.term_text_config SELECT * FROM build.term_text_config;
INSERT INTO main.message_term_data SELECT * FROM build.message_term_data;
INSERT INTO main.message_term_idx SELECT * FROM build.message_term_idx;
INSERT INTO main.message_term_config SELECT * FROM build.message_term_config;
INSERT INTO main.message_text_data SELECT * FROM build.message_text_data;
INSERT INTO main.message_text_idx SELECT * FROM build.message_text_idx;
INSERT INTO main.message_text_config SELECT * FROM build.message_text_config;
COMMIT;
