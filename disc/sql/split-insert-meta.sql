-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a volume from the second on says of the disc. The key of the table.
INSERT INTO main.meta SELECT * FROM whole.meta
 WHERE key IN ('hospital', 'facility', 'as_of', 'window_from', 'built_at', 'id', 'made_by', 'months',
               'overrides', 'set_aside', 'n_patients', 'n_messages');
