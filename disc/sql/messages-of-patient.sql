-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first rid, ?2 last rid. Columns: rid, format, flags, condition, data_type, care_date, sent_at, path, entry, disputed_ids, records.
-- A range of the table's own key; the source is not touched.
SELECT rid, format, flags, condition, data_type, care_date, sent_at, path, entry, disputed_ids,
       records
  FROM message WHERE rid BETWEEN ?1 AND ?2 ORDER BY rid;
