-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 key, ?2 value.
INSERT INTO main.meta (key, value) VALUES (?1, ?2);
