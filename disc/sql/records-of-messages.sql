-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 first rid, ?2 last rid. Columns: rid, flags, care_date, sent_at, records. A range of the table's own
-- key; the source is not touched.
SELECT rid, flags, care_date, sent_at, records FROM message WHERE rid BETWEEN ?1 AND ?2 ORDER BY rid;
