-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno, ?2 contents. The table's own key.
UPDATE build.patient SET contents = ?2 WHERE pno = ?1;
