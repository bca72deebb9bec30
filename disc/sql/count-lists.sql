-- SPDX-License-Identifier: GPL-3.0-or-later
-- Columns: rows of list_name, stay, visit and doctor_patient. Goes through every page of them on purpose:
-- to learn whether all can be read.
SELECT (SELECT count(*) FROM list_name), (SELECT count(*) FROM stay), (SELECT count(*) FROM visit),
       (SELECT count(*) FROM doctor_patient);
