/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

/* SS-MIX2 spec 2.6: ORC-1 (HL7 table 0119) and ORC-5 (table 0038). */
static const struct
{
  const char *controls; /* ORC-1 */
  const char *code;     /* ORC-5 */
  DiscStatus status;
} order_states[] = {
  { "CA OC CR", "CA", DISC_STATUS_CANCELLED },
  { "DC OD DR", "DC", DISC_STATUS_STOPPED },
  { "RP RU RQ", "RP", DISC_STATUS_SUPERSEDED }, /* the old half of a replacement */
  { "HD OH HR", "HD", DISC_STATUS_ON_HOLD },
};

/* OBX-11 (table 0085) and OBR-25 (table 0123). What is not listed is not known to be final. */
static const struct
{
  const char *codes;
  DiscStatus status;
} result_states[] = {
  { "F U", DISC_STATUS_COMPLETED },
  { "C", DISC_STATUS_CORRECTED },
  { "P S R I O", DISC_STATUS_PRELIMINARY },
  { "D", DISC_STATUS_DELETED },
  { "W", DISC_STATUS_ENTERED_IN_ERROR },
  { "X N", DISC_STATUS_CANCELLED },
}, panel_states[] = {
  { "F", DISC_STATUS_COMPLETED },
  { "C", DISC_STATUS_CORRECTED },
  { "P R A I S O", DISC_STATUS_PRELIMINARY },
  { "X", DISC_STATUS_CANCELLED },
};

static guint
strictness (ImpState state)
{
  switch (state.status)
    {
    case DISC_STATUS_ENTERED_IN_ERROR:
      return 10;
    case DISC_STATUS_DELETED:
      return 9;
    case DISC_STATUS_CANCELLED:
      return 8;
    case DISC_STATUS_STOPPED:
      return 7;
    case DISC_STATUS_SUPERSEDED:
      return 6;
    case DISC_STATUS_UNKNOWN:
      return state.live ? 4 : 5;
    case DISC_STATUS_ON_HOLD:
      return 3;
    case DISC_STATUS_PRELIMINARY:
      return 2;
    case DISC_STATUS_CORRECTED:
      return 1;
    default:
      return 0;
    }
}

ImpState
imp_state (DiscStatus status)
{
  return (ImpState){ status, status == DISC_STATUS_UNKNOWN || disc_status_is_live (status) };
}

ImpState
imp_state_stricter (ImpState a, ImpState b)
{
  return strictness (b) > strictness (a) ? b : a;
}

/* The strictest of what is said; completed, which is never stricter, where nothing is. */
static ImpState
read_order_state (ImpMapper *self, const ImpSegment *orc)
{
  ImpText control = imp_mapper_get (self, orc, 1, 1);
  ImpText code = imp_mapper_get (self, orc, 5, 1);
  ImpState state = imp_state (DISC_STATUS_COMPLETED);

  for (guint i = 0; i < G_N_ELEMENTS (order_states); i++)
    if (imp_text_is_one_of (control, order_states[i].controls) ||
        imp_text_is_one_of (code, order_states[i].code))
      state = imp_state_stricter (state, imp_state (order_states[i].status));

  return state;
}

ImpState
imp_state_of_order (ImpMapper *self, const ImpSegment *orc, ImpState base)
{
  if (orc == NULL)
    return base;
  /* Asked for every row of a panel. */
  if (self->state_orc != orc)
    {
      self->state_orc = orc;
      self->orc_state = read_order_state (self, orc);
    }
  return imp_state_stricter (base, self->orc_state);
}

ImpState
imp_state_of_panel (ImpMapper *self, const ImpSegment *panel, ImpState base)
{
  ImpText code = panel != NULL ? imp_mapper_code (self, panel, 25, 1) : IMP_TEXT_EMPTY;

  if (code.len == 0)
    return base;

  for (guint i = 0; i < G_N_ELEMENTS (panel_states); i++)
    if (imp_text_is_one_of (code, panel_states[i].codes))
      return imp_state_stricter (imp_state (panel_states[i].status), base);

  return imp_state_stricter (imp_state (DISC_STATUS_UNKNOWN), base);
}

ImpState
imp_state_of_result (ImpMapper *self, const ImpSegment *obx, const ImpSegment *panel)
{
  ImpText code = imp_mapper_code (self, obx, 11, 1);
  ImpState of_panel = imp_state_of_panel (self, panel, self->base);

  if (code.len == 0)
    {
      /* Final only where something says so. */
      gboolean says = panel != NULL && imp_mapper_code (self, panel, 25, 1).len > 0;

      return says ? of_panel : imp_state_stricter (imp_state (DISC_STATUS_UNKNOWN), self->base);
    }

  for (guint i = 0; i < G_N_ELEMENTS (result_states); i++)
    if (imp_text_is_one_of (code, result_states[i].codes))
      {
        ImpState state = imp_state_stricter (imp_state (result_states[i].status), self->base);

        /* OBR-25 speaks for rows that say nothing themselves, but a cancelled panel for all. */
        return of_panel.status == DISC_STATUS_CANCELLED ? imp_state_stricter (state, of_panel)
                                                        : state;
      }

  return imp_state_stricter (imp_state (DISC_STATUS_UNKNOWN), self->base);
}

ImpState
imp_state_of_request (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr,
                      const ImpSegment *obx)
{
  ImpState state = imp_state_of_order (self, orc, self->base);
  ImpState said = imp_state_of_panel (self, obr, self->base);

  if (said.status == DISC_STATUS_CANCELLED)
    state = imp_state_stricter (state, said);
  if (obx == NULL)
    return state;

  said = imp_state_of_result (self, obx, NULL);
  return said.live ? state : imp_state_stricter (state, said);
}
