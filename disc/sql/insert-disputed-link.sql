-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id, ?2 facility, ?3 rid. The same id may be named twice in one message.
INSERT OR IGNORE INTO build.disputed_link (id, facility, rid) VALUES (?1, ?2, ?3);
