/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into the program for tests: its discs are sealed with the cheapest passphrase there is.
 * The true cost, half a second at each opening, is for thieves; tests/disc/check-sealed-disc.py
 * meets it. */
#include "config.h"

#include "imp-keys.h"

void __real_imp_keys_sealing (const ImpKeys *self, DiscSealing *out);
void __wrap_imp_keys_sealing (const ImpKeys *self, DiscSealing *out);

/* The linker puts it in the place of imp_keys_sealing(). */
void
__wrap_imp_keys_sealing (const ImpKeys *self, DiscSealing *out)
{
  __real_imp_keys_sealing (self, out);
  out->cost = DISC_SLOT_COST_LEAST;
}
