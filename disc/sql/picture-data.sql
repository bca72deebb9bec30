-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id. Columns: bytes. The table's own key.
SELECT bytes FROM picture_data WHERE id = ?1;
