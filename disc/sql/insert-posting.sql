-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 term << 32 | patient number of the first message, ?2 the run of rids.
INSERT INTO build.posting (id, rids) VALUES (?1, ?2);
