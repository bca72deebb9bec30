-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 patient id. Columns: rid, format, flags, condition, data_type, care_date, sent_at, path, entry,
-- disputed_ids, records. Index: the key of disputed_link, then the key of message.
SELECT m.rid, m.format, m.flags, m.condition, m.data_type, m.care_date, m.sent_at, m.path,
       m.entry, m.disputed_ids, m.records
  FROM (SELECT DISTINCT rid FROM disputed_link WHERE id = ?1) AS l
       CROSS JOIN message AS m ON m.rid = l.rid
 ORDER BY m.rid;
