-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 pno, ?2 flags, ?3 facility, ?4 id, ?5 name, ?6 kana, ?7 birth_date, ?8 sex, ?9 address,
-- ?10 phone, ?11 blood_type, ?12 former_names, ?13 demographics_from, ?14 place, ?15 ward, ?16 room,
-- ?17 bed, ?18 place_at, ?19 department, ?20 doctor, ?21 last_seen_at.
INSERT INTO build.patient (pno, flags, facility, id, name, kana, birth_date, sex, address, phone,
                           blood_type, former_names, demographics_from, place, ward, room, bed,
                           place_at, department, doctor, last_seen_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21);
