-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id, ?2 bytes.
INSERT INTO main.picture_data (id, bytes) VALUES (?1, ?2);
