-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 rid, ?2 format, ?3 flags, ?4 condition, ?5 data_type, ?6 care_date, ?7 sent_at, ?8 path,
-- ?9 entry, ?10 disputed_ids, ?11 records, ?12 source.
INSERT INTO main.message (rid, format, flags, condition, data_type, care_date, sent_at, path, entry,
                          disputed_ids, records, source)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);
