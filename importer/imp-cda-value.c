/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the HL7 V3 data types in words, as written: CDA R2, spec fhir.md 7. */
#include "config.h"

#include <string.h>

#include "disc-date.h"
#include "imp-cda-text.h"

#define MAX_REFERENCED_BYTES 20000 /* of what an ID stands for */

/* ---- references ----------------------------------------------------------------------------- */

static void
collect_ids (ImpCdaText *self, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      const char *id = imp_xml_attribute (child, "ID");

      if (child->type != XML_ELEMENT_NODE)
        continue;
      if (id != NULL && !g_hash_table_contains (self->by_id, id))
        g_hash_table_insert (self->by_id, (gpointer) id, (gpointer) child);
      collect_ids (self, child);
    }
}

static const xmlNode *
find_id (ImpCdaText *self, const char *id)
{
  if (self->by_id == NULL)
    {
      self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
      collect_ids (self, self->root);
    }
  return g_hash_table_lookup (self->by_id, id);
}

/* (transfer full): @node in one line as the narrative shows it, or its beginning: many references
 * to one long text would be as many copies of it. */
static char *
words_of (ImpCdaText *self, const xmlNode *node)
{
  const gsize max_bytes = self->max_bytes;
  const gboolean is_cut = self->is_cut;
  char *words;

  self->max_bytes = MIN (max_bytes, MAX_REFERENCED_BYTES);
  self->is_cut = FALSE;
  words = imp_cda_text_apart (self, node);
  self->max_bytes = max_bytes;
  self->is_cut |= is_cut;
  g_strdelimit (words, "\n\t", ' ');
  return g_strstrip (words);
}

char *
imp_cda_text_referenced (ImpCdaText *self, const xmlNode *node)
{
  const char *value = imp_xml_attribute (imp_xml_child (node, "reference"), "value");
  guint number = imp_cda_media_number (self->media, node);
  const xmlNode *target;

  if (node == NULL)
    return g_strdup ("");
  if (number > 0)
    return imp_cda_text_media_mark (self, number);
  if (value == NULL || *value != '#')
    return words_of (self, node);
  target = find_id (self, value + 1);
  if (target != NULL)
    return words_of (self, target);
  self->n_unresolved++;
  return g_strdup ("");
}

/* ---- codes ---------------------------------------------------------------------------------- */

/* The name that a coding itself has. */
static const char *
name_of_code (const xmlNode *node)
{
  const char *name = imp_xml_attribute (node, "displayName");

  return name != NULL && *name != '\0' ? name : imp_xml_attribute (node, "code");
}

char *
imp_cda_text_code (ImpCdaText *self, const xmlNode *node)
{
  g_autofree char *words = NULL;
  const char *name;

  if (node == NULL)
    return g_strdup ("");
  words = imp_cda_text_referenced (self, imp_xml_child (node, "originalText"));
  if (*words != '\0')
    return g_steal_pointer (&words);
  name = name_of_code (node);
  if (name == NULL || *name == '\0')
    name = name_of_code (imp_xml_child (node, "translation"));
  return g_strdup (name != NULL ? name : "");
}

/* ---- amounts -------------------------------------------------------------------------------- */

/* One bound or amount as written: "5 mg". */
static char *
amount_text (const xmlNode *node)
{
  const char *value = imp_xml_attribute (node, "value");
  const char *unit = imp_xml_attribute (node, "unit");

  if (value == NULL)
    return g_strdup ("");
  if (unit == NULL || *unit == '\0' || strcmp (unit, "1") == 0)
    return g_strdup (value);
  return g_strdup_printf ("%s %s", value, unit);
}

static gboolean
includes_bound (const xmlNode *bound)
{
  const char *inclusive = imp_xml_attribute (bound, "inclusive");

  return g_strcmp0 (inclusive, "false") != 0 && g_strcmp0 (inclusive, "0") != 0;
}

/* A bound alone must not read as an amount. */
static char *
interval_text (const xmlNode *node)
{
  const xmlNode *low = imp_xml_child (node, "low");
  const xmlNode *high = imp_xml_child (node, "high");
  g_autofree char *from = amount_text (low);
  g_autofree char *to = amount_text (high);

  if (*from != '\0' && *to != '\0')
    return g_strdup_printf ("%s%s - %s%s", includes_bound (low) ? "" : ">", from,
                            includes_bound (high) ? "" : "<", to);
  if (*from != '\0')
    return g_strdup_printf ("%s%s", includes_bound (low) ? "≧" : ">", from);
  if (*to != '\0')
    return g_strdup_printf ("%s%s", includes_bound (high) ? "≦" : "<", to);
  return amount_text (imp_xml_child (node, "center"));
}

/* RTO: a titre of 1:128, an amount in a time. */
static char *
ratio_text (const xmlNode *node)
{
  g_autofree char *above = amount_text (imp_xml_child (node, "numerator"));
  g_autofree char *below = amount_text (imp_xml_child (node, "denominator"));

  if (*above == '\0' || *below == '\0')
    return g_strdup (above);
  return g_strdup_printf ("%s / %s", above, below);
}

/* ---- times ---------------------------------------------------------------------------------- */

/* Returns: (transfer full): the first of them that says something, the others are freed */
static char *
first_of (char *a, char *b)
{
  char *rest = *a != '\0' ? b : a;

  g_free (rest);
  return rest == a ? b : a;
}

/* One that is none stays as written. */
static char *
point_text (const xmlNode *node)
{
  const char *value = imp_xml_attribute (node, "value");
  char iso[DISC_DATE_MAX];

  if (value == NULL)
    return g_strdup ("");
  return g_strdup (disc_date_from_hl7 (value, strlen (value), iso) ? iso : value);
}

/* TS, IVL_TS, PIVL_TS ("every 6 h"); EIVL_TS has a code. */
char *
imp_cda_text_time (ImpCdaText *self, const xmlNode *node)
{
  g_autofree char *from = point_text (imp_xml_child (node, "low"));
  g_autofree char *to = point_text (imp_xml_child (node, "high"));
  g_autofree char *period = amount_text (imp_xml_child (node, "period"));
  g_autofree char *event = imp_cda_text_code (self, imp_xml_child (node, "event"));

  if (*from != '\0' && *to != '\0')
    return g_strdup_printf ("%s 〜 %s", from, to);
  if (*from != '\0' || *to != '\0')
    return g_strdup_printf ("%s %s", *from != '\0' ? from : to, *from != '\0' ? "から" : "まで");
  if (*period != '\0')
    return g_strdup_printf ("%s ごと", period);
  return first_of (point_text (node), g_steal_pointer (&event));
}

/* ---- any ------------------------------------------------------------------------------------ */

/* TS, IVL_TS, PIVL_TS, ... by xsi:type. */
static gboolean
is_time (const xmlNode *node)
{
  const char *type = imp_xml_attribute (node, "type");

  return type != NULL && g_str_has_suffix (type, "TS");
}

char *
imp_cda_text_value (ImpCdaText *self, const xmlNode *node)
{
  const char *missing;
  char *text;

  if (node == NULL)
    return g_strdup ("");
  text = is_time (node) ? imp_cda_text_time (self, node) : g_strdup ("");
  if (*text == '\0')
    text = first_of (text, first_of (amount_text (node), interval_text (node)));
  if (*text == '\0')
    text = first_of (text, ratio_text (node));
  if (*text == '\0')
    text = first_of (text, imp_cda_text_code (self, node));
  if (*text == '\0')
    text = first_of (text, imp_cda_text_referenced (self, node));
  missing = imp_cda_null_words (imp_xml_attribute (node, "nullFlavor"));
  if (*text != '\0' || missing == NULL)
    return text;
  /* Of one value of a form: the box was left empty. */
  return first_of (text, g_strdup (g_strcmp0 (imp_xml_attribute (node, "nullFlavor"), "NI") == 0
                                       ? "未記載"
                                       : missing));
}
