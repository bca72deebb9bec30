-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno. Columns: contents. The table's own key.
SELECT contents FROM patient WHERE pno = ?1;
