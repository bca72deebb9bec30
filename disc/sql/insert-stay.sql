-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 ward, ?2 from_at, ?3 rid, ?4 state, ?5 ended, ?6 flags, ?7 to_at, ?8 room, ?9 bed, ?10 department,
-- ?11 doctor, ?12 to_place.
INSERT INTO build.stay (ward, from_at, rid, state, ended, flags, to_at, room, bed, department, doctor,
                        to_place)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);
