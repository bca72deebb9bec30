/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-injection-page.h"

#include <glib/gi18n.h>

#include "viewer-field-text.h"
#include "viewer-text.h"

static void
add_joined (ViewerRow *row, guint column, const char *css, const char *const *texts, guint n,
            const char *separator)
{
  g_autofree char *text = viewer_values_join (texts, n, separator);

  viewer_row_add (row, column, css, text);
}

/* "フロセミド注２０ｍｇ　1管": the amount never stands without the name that carries the strength.
 */
static void
add_drug (ViewerRow *row, guint column, const ViewerInjectionDrug *drug, gboolean is_first,
          gboolean is_live)
{
  g_autofree char *amount =
      drug->amount != NULL
          ? g_strconcat (drug->amount, drug->amount_unit != NULL ? drug->amount_unit : "", NULL)
          : NULL;
  g_autofree char *text = NULL;
  const char *what = drug->is_base       ? C_ ("component", "base")
                     : drug->is_additive ? C_ ("component", "additive")
                                         : NULL;

  viewer_row_line (row, column);
  text = g_strdup_printf ("%s%s%s%s", is_first ? "" : "＋ ",
                          drug->drug != NULL ? drug->drug : _ ("Drug not said"),
                          amount != NULL ? "　" : "", amount != NULL ? amount : "");
  viewer_row_add (row, column, !is_live ? "drug struck" : is_first ? "drug strong" : "drug", text);
  viewer_row_add (row, column, "ink3 small", what);
}

static void
add_warnings_of (ViewerRow *row, guint column, const DiscValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (values[i].field == DISC_FIELD_WARNING)
      {
        g_autofree char *text = viewer_warning_text (values[i].value);

        viewer_row_add (row, column, "chip warn", text);
      }
}

/* Of the order, and of each drug of it. */
static void
add_warnings (ViewerRow *row, guint column, const ViewerInjection *injection)
{
  const DiscRecord *record = injection->entry->record;

  add_warnings_of (row, column, record->values, record->n_values);
  for (guint i = 0; i < injection->drugs->len; i++)
    {
      const DiscItem *item = g_array_index (injection->drugs, ViewerInjectionDrug, i).item;

      add_warnings_of (row, column, item->values, item->n_values);
    }
}

void
viewer_injection_add_order (ViewerRow *row, guint column, const ViewerInjection *injection)
{
  const char *status = viewer_text_status_of (injection->entry->record);
  g_autoptr (GPtrArray) flags = viewer_text_flags (injection->entry->message->flags);
  g_autofree char *rp = injection->rp != NULL ? g_strdup_printf ("RP %s", injection->rp) : NULL;
  const char *head[] = {
    rp, injection->method, injection->route, injection->rate, injection->volume, injection->device
  };
  const char *css = injection->is_live ? "ink2 small" : "struck small";

  add_joined (row, column, css, head, G_N_ELEMENTS (head), "　");
  if (status != NULL)
    viewer_row_add (row, column, "chip dashed", status);
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, column, "chip warn", g_ptr_array_index (flags, i));
  add_warnings (row, column, injection);
  for (guint i = 0; i < injection->drugs->len; i++)
    add_drug (row, column, &g_array_index (injection->drugs, ViewerInjectionDrug, i), i == 0,
              injection->is_live);
  viewer_row_line (row, column);
  viewer_row_add (row, column, injection->is_live ? NULL : "struck", injection->comment);
  if (injection->times != NULL)
    {
      g_autofree char *times = g_strdup_printf (_ ("%s doses"), injection->times);

      viewer_row_add (row, column, "strong", times);
    }
}

const char *
viewer_injection_outcome_text (ViewerGivenOutcome outcome)
{
  switch (outcome)
    {
    case VIEWER_GIVEN_YES:
      return _ ("given");
    case VIEWER_GIVEN_UNSPECIFIED:
      return _ ("recorded as given, completion not said");
    case VIEWER_GIVEN_PARTLY:
      return _ ("partly given");
    case VIEWER_GIVEN_NOT:
      return _ ("not given");
    case VIEWER_GIVEN_REFUSED:
      return _ ("patient refused");
    case VIEWER_GIVEN_RUNNING:
      return _ ("being given");
    case VIEWER_GIVEN_PAUSED:
      return _ ("paused");
    case VIEWER_GIVEN_UNCLEAR:
    default:
      return _ ("meaning of the code not known");
    }
}

const char *
viewer_injection_outcome_mark (ViewerGivenOutcome outcome)
{
  switch (outcome)
    {
    case VIEWER_GIVEN_YES:
    case VIEWER_GIVEN_UNSPECIFIED:
      return "●";
    case VIEWER_GIVEN_PARTLY:
    case VIEWER_GIVEN_RUNNING:
    case VIEWER_GIVEN_PAUSED:
      return "◐";
    case VIEWER_GIVEN_NOT:
    case VIEWER_GIVEN_REFUSED:
      return "×";
    case VIEWER_GIVEN_UNCLEAR:
    default:
      return "?";
    }
}

/* "● 08:05" when all of it was given; the word, amount and reason wherever it was not. */
static void
add_given (ViewerRow *row, guint column, const ViewerGiven *given)
{
  gboolean is_refusal =
      given->outcome == VIEWER_GIVEN_NOT || given->outcome == VIEWER_GIVEN_REFUSED;
  g_autofree char *time = given->given_at != NULL ? viewer_text_time (given->given_at) : NULL;

  viewer_row_add (row, column, is_refusal ? "crit-block" : "strong",
                  viewer_injection_outcome_mark (given->outcome));
  viewer_row_add (row, column, "small", time);
  if (given->outcome == VIEWER_GIVEN_YES)
    return;
  viewer_row_add (row, column, "small", viewer_injection_outcome_text (given->outcome));
  if (given->outcome == VIEWER_GIVEN_PARTLY)
    for (guint i = 0; i < given->items->len; i++)
      {
        const DiscItem *item = g_ptr_array_index (given->items, i);
        const char *amount = disc_item_value (item, DISC_FIELD_AMOUNT);
        const char *unit = disc_item_value (item, DISC_FIELD_AMOUNT_UNIT);
        g_autofree char *text =
            amount != NULL ? g_strdup_printf ("%s %s", amount, unit != NULL ? unit : "") : NULL;

        viewer_row_add (row, column, "strong", text);
      }
  viewer_row_add (row, column, "small", given->reason);
}

void
viewer_injection_add_slot (ViewerRow *row, guint column, const ViewerInjectionSlot *slot)
{
  g_autofree char *planned = slot->start != NULL ? viewer_text_time (slot->start) : NULL;

  viewer_row_line (row, column);
  if (!slot->is_ordered)
    viewer_row_add (row, column, "ink3 small", _ ("not among the planned times"));
  else
    viewer_row_add (row, column, slot->is_live ? NULL : "struck",
                    planned != NULL && planned[0] != '\0' ? planned : _ ("no time"));
  for (guint i = 0; i < slot->given->len; i++)
    add_given (row, column, g_ptr_array_index (slot->given, i));
  if (slot->given->len > 0)
    return;
  if (!slot->is_live)
    viewer_row_add (row, column, "ink3 small", viewer_text_status (slot->entry->record->status));
  else if (slot->is_after_disc)
    viewer_row_add (row, column, "ink2 small", _ ("? planned"));
  else
    {
      viewer_row_add (row, column, NULL, "○");
      viewer_row_add (row, column, "ink2 small", _ ("no record of giving"));
    }
}
