-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 kind, ?2 data_type, ?3 n_live, ?4 n_all, ?5 newest_at, ?6 newest_sent.
INSERT INTO main.freshness (kind, data_type, n_live, n_all, newest_at, newest_sent)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
