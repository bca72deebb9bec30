-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 doctor, ?2 pno, ?3 state, ?4 last_at, ?5 rid.
INSERT INTO build.doctor_patient (doctor, pno, state, last_at, rid) VALUES (?1, ?2, ?3, ?4, ?5);
