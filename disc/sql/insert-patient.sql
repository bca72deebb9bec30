-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno, ?2 flags, ?3 facility, ?4 id, ?5 name, ?6 kana, ?7 birth_date, ?8 sex, ?9 address,
-- ?10 phone, ?11 blood_type, ?12 former_names, ?13 place, ?14 ward, ?15 room, ?16 bed, ?17 place_at,
-- ?18 department, ?19 doctor, ?20 last_seen_at.
INSERT INTO build.patient (pno, flags, facility, id, name, kana, birth_date, sex, address, phone,
                           blood_type, former_names, place, ward, room, bed, place_at, department,
                           doctor, last_seen_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20);
