-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 id, ?2 media_type, ?3 width, ?4 height, ?5 original_width, ?6 original_height, ?7 page, ?8 name,
-- ?9 size, ?10 data, ?11 absent.
INSERT INTO build.picture (id, media_type, width, height, original_width, original_height, page, name,
                           size, data, absent)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
