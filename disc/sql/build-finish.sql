-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counts what is known of each patient, finishes the search indexes, and moves everything that was
-- gathered apart behind the messages, so that each table is one run of pages of the disc.
UPDATE build.patient SET n_disputed = counted.n
  FROM (SELECT id, facility, count(*) AS n FROM build.disputed_link GROUP BY id, facility) AS counted
 WHERE patient.id = counted.id AND patient.facility = counted.facility;
UPDATE build.patient
   SET n_findings = (SELECT count(*) FROM build.finding AS f
                      WHERE f.patient = patient.id
                        AND (f.facility IS NULL OR f.facility = patient.facility))
 WHERE id IN (SELECT f.patient FROM build.finding AS f WHERE f.patient IS NOT NULL);

INSERT INTO main.patient SELECT * FROM build.patient;
INSERT INTO main.disputed_link SELECT * FROM build.disputed_link;
INSERT INTO main.finding SELECT * FROM build.finding;

-- Terms in the order of their text: those that begin alike, and are searched together, then have
-- their postings side by side.
INSERT INTO build.term_order (new, old)
SELECT row_number() OVER (ORDER BY text), id FROM build.term ORDER BY text;
INSERT INTO main.term (id, text)
SELECT o.new, t.text FROM build.term_order AS o CROSS JOIN build.term AS t ON t.id = o.old
 ORDER BY o.new;
INSERT INTO main.term_text (rowid, text) SELECT id, text FROM main.term ORDER BY id;
INSERT INTO main.term_text (term_text) VALUES ('optimize');
INSERT INTO main.posting (id, rids)
SELECT o.new << 32 | (p.id & 0xffffffff), p.rids
  FROM build.term_order AS o
       CROSS JOIN build.posting AS p ON p.id BETWEEN o.old << 32 AND o.old << 32 | 0xffffffff
 ORDER BY o.new, p.id;

-- An FTS5 table is what its data, idx and config tables hold: its content and sizes are not kept.
INSERT INTO build.message_text (message_text) VALUES ('optimize');
DELETE FROM main.message_text_data;
DELETE FROM main.message_text_config;
INSERT INTO main.message_text_data SELECT * FROM build.message_text_data;
INSERT INTO main.message_text_idx SELECT * FROM build.message_text_idx;
INSERT INTO main.message_text_config SELECT * FROM build.message_text_config;
COMMIT;
