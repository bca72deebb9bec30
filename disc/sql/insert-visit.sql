-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 day, ?2 department, ?3 at, ?4 rid, ?5 state, ?6 flags, ?7 doctor.
INSERT INTO build.visit (day, department, at, rid, state, flags, doctor)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
