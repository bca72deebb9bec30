/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of a CDA document in words: only where a section has none of its own, as in check-up reports
 * (spec fhir.md 7). A value without its negation, mood or state would say the opposite.
 */
#include "config.h"

#include <string.h>

#include "imp-cda-text.h"

static void write_act (ImpCdaText *self, const xmlNode *act, guint indent);

/* ---- values --------------------------------------------------------------------------------- */

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

/* (transfer full): the words that "#id" points to in this document, or "". */
static char *
referenced (ImpCdaText *self, const xmlNode *node)
{
  const char *value = imp_xml_attribute (imp_xml_child (node, "reference"), "value");
  const xmlNode *target;

  if (value == NULL || *value != '#')
    return imp_xml_text (node);
  if (self->by_id == NULL)
    {
      self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
      collect_ids (self, self->root);
    }
  target = g_hash_table_lookup (self->by_id, value + 1);
  return imp_xml_text (target);
}

char *
imp_cda_text_code (ImpCdaText *self, const xmlNode *node)
{
  g_autofree char *words = NULL;
  const char *name;

  if (node == NULL)
    return g_strdup ("");
  words = referenced (self, imp_xml_child (node, "originalText"));
  if (*words != '\0')
    return g_steal_pointer (&words);
  name = imp_xml_attribute (node, "displayName");
  if (name == NULL || *name == '\0')
    name = imp_xml_attribute (node, "code");
  return g_strdup (name != NULL ? name : "");
}

/* One bound or amount as written: "5 mg". */
static void
append_amount (GString *out, const xmlNode *node)
{
  const char *value = imp_xml_attribute (node, "value");
  const char *unit = imp_xml_attribute (node, "unit");

  if (value == NULL)
    return;
  g_string_append (out, value);
  if (unit != NULL && strcmp (unit, "1") != 0)
    g_string_append_printf (out, " %s", unit);
}

static void
append_interval (GString *out, const xmlNode *node)
{
  const xmlNode *low = imp_xml_child (node, "low");
  const xmlNode *high = imp_xml_child (node, "high");

  append_amount (out, node);
  if (low == NULL && high == NULL)
    return;
  append_amount (out, low);
  g_string_append (out, " - ");
  append_amount (out, high);
}

/* (transfer full): a value of any type: PQ, IVL_PQ, CD, CO, ST, INT, TS, ...; "" where there is none. */
static char *
value_text (ImpCdaText *self, const xmlNode *node)
{
  GString *out = g_string_new (NULL);
  const char *missing = imp_xml_attribute (node, "nullFlavor");

  append_interval (out, node);
  if (out->len == 0)
    {
      g_autofree char *code = imp_cda_text_code (self, node);
      g_autofree char *words = *code == '\0' ? imp_xml_text (node) : g_strdup (code);

      g_string_append (out, words);
    }
  if (out->len == 0 && missing != NULL)
    g_string_append (out, "未記載");
  return g_string_free (out, FALSE);
}

/* ---- acts ----------------------------------------------------------------------------------- */

static const char *
state_prefix (const xmlNode *act)
{
  const char *state = imp_xml_attribute (imp_xml_child (act, "statusCode"), "code");

  if (g_strcmp0 (state, "aborted") == 0)
    return "【中止】";
  return g_strcmp0 (state, "cancelled") == 0 ? "【取消】" : "";
}

static gboolean
is_nullified (const xmlNode *act)
{
  return g_strcmp0 (imp_xml_attribute (imp_xml_child (act, "statusCode"), "code"), "nullified") == 0;
}

/* What it is called: its code, the drug or the substance it is about. */
static char *
name_of (ImpCdaText *self, const xmlNode *act)
{
  static const char *const paths[] = {
    "code", "consumable/manufacturedProduct/manufacturedMaterial/code",
    "consumable/manufacturedProduct/manufacturedMaterial/name",
    "participant/participantRole/playingEntity/code"
  };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const xmlNode *node = imp_xml_path (act, paths[i]);
      g_autofree char *code = imp_cda_text_code (self, node);
      g_autofree char *text = *code == '\0' ? imp_xml_text (node) : g_strdup (code);

      if (*text == '\0' || strcmp (text, "ASSERTION") == 0)
        continue;
      g_string_append_printf (out, "%s%s", out->len > 0 ? " / " : "", text);
    }
  return g_string_free (out, FALSE);
}

static void
append_labelled (GString *line, const char *label, char *text)
{
  if (*text != '\0')
    g_string_append_printf (line, "　%s%s", label, text);
  g_free (text);
}

static char *
interval_text (const xmlNode *node)
{
  GString *out = g_string_new (NULL);

  append_interval (out, node);
  return g_string_free (out, FALSE);
}

static void
append_values (ImpCdaText *self, const xmlNode *act, GString *line)
{
  const xmlNode *range = imp_xml_path (act, "referenceRange/observationRange");
  g_autofree char *limits = interval_text (imp_xml_child (range, "value"));

  for (const xmlNode *value = imp_xml_child (act, "value"); value != NULL; value = imp_xml_next (value))
    {
      g_autofree char *text = value_text (self, value);

      if (*text != '\0')
        g_string_append_printf (line, "：%s", text);
    }
  append_labelled (line, "", imp_cda_text_code (self, imp_xml_child (act, "interpretationCode")));
  append_labelled (line, "基準値 ",
                   *limits != '\0' ? g_strdup (limits) : imp_xml_text (imp_xml_child (range, "text")));
  append_labelled (line, "用量 ", interval_text (imp_xml_child (act, "doseQuantity")));
  append_labelled (line, "経路 ", imp_cda_text_code (self, imp_xml_child (act, "routeCode")));
  append_labelled (line, "日時 ", interval_text (imp_xml_child (act, "effectiveTime")));
  append_labelled (line, "", referenced (self, imp_xml_child (act, "text")));
}

static void
write_line (ImpCdaText *self, const xmlNode *act, guint indent)
{
  const char *mood = imp_xml_attribute (act, "moodCode");
  g_autofree char *name = name_of (self, act);
  GString *line = g_string_new (NULL);
  g_autofree char *text = NULL;

  append_values (self, act, line);
  if (*name == '\0' && line->len == 0)
    {
      g_string_free (line, TRUE);
      return;
    }
  g_string_prepend (line, name);
  if (imp_xml_path (act, "subject/relatedSubject") != NULL)
    g_string_prepend (line, "【本人以外】");
  if (g_strcmp0 (imp_xml_attribute (act, "negationInd"), "true") == 0)
    g_string_prepend (line, "【否定】");
  /* What is meant to be done is not done. */
  if (mood != NULL && strcmp (mood, "EVN") != 0)
    g_string_prepend (line, "【指示】");
  g_string_prepend (line, state_prefix (act));
  for (guint i = 0; i < indent; i++)
    g_string_prepend (line, "　");
  text = g_string_free (line, FALSE);
  imp_cda_text_add_line (self, text);
}

static gboolean
is_act (const xmlNode *node)
{
  static const char *const names[] = { "act", "observation", "substanceAdministration", "supply",
                                       "procedure", "encounter", "organizer", "observationMedia",
                                       "regionOfInterest", NULL };

  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, (const char *) node->name);
}

static void
write_inner (ImpCdaText *self, const xmlNode *node, guint indent)
{
  for (const xmlNode *child = node->children; child != NULL && !self->is_cut; child = child->next)
    if (is_act (child))
      write_act (self, child, indent);
}

static void
write_act (ImpCdaText *self, const xmlNode *act, guint indent)
{
  if (is_nullified (act))
    {
      self->n_hidden++;
      return;
    }
  if (imp_xml_is (act, "observationMedia"))
    {
      self->n_media++;
      imp_cda_text_add_line (self, "[図]");
      return;
    }
  write_line (self, act, indent);
  for (const xmlNode *child = act->children; child != NULL; child = child->next)
    if (imp_xml_is (child, "entryRelationship") || imp_xml_is (child, "component"))
      write_inner (self, child, indent + 1);
}

void
imp_cda_text_entry (ImpCdaText *self, const xmlNode *entry)
{
  write_inner (self, entry, 0);
}
