-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counts what is known of each patient, and moves what is read as soon as a disc is opened behind
-- everything else, each table in one run of pages. After build-finish-search.
UPDATE build.patient SET n_disputed = counted.n
  FROM (SELECT id, facility, count(*) AS n FROM build.disputed_link GROUP BY id, facility) AS counted
 WHERE patient.id = counted.id AND patient.facility = counted.facility;
UPDATE build.patient
   SET n_findings = (SELECT count(*) FROM build.finding AS f
                      WHERE f.patient = patient.id
                        AND (f.facility IS NULL OR f.facility = patient.facility))
 WHERE id IN (SELECT f.patient FROM build.finding AS f WHERE f.patient IS NOT NULL);

INSERT INTO main.finding SELECT * FROM build.finding;
INSERT INTO main.disputed_link SELECT * FROM build.disputed_link;
INSERT INTO main.patient SELECT * FROM build.patient;
INSERT INTO main.term (id, text)
SELECT o.new, t.text FROM build.term_order AS o CROSS JOIN build.term AS t ON t.id = o.old
 ORDER BY o.new;
INSERT INTO main.term_text (rowid, text) SELECT id, text FROM main.term ORDER BY id;
INSERT INTO main.term_text (term_text) VALUES ('optimize');
COMMIT;
