/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of a CDA document in words: only where a section has none of its own, as in check-up
 * reports (spec fhir.md 7). A value without its negation, mood or state would say the opposite, and
 * so would a part of what is cancelled, or of what a relative has.
 */
#include "config.h"

#include <string.h>

#include "imp-cda-text.h"

/** What holds for an act and for all its parts. */
typedef struct
{
  guint indent;
  const char *about;   /* "" or whom it is about */
  const char *state;   /* "" or that it is cancelled or aborted */
  const char *negated; /* "" or that it is not so */
} Context;

static guint write_act (ImpCdaText *self, const xmlNode *act, Context context);

/* ---- what stands in front ------------------------------------------------------------------- */

char *
imp_cda_text_subject (ImpCdaText *self, const xmlNode *node)
{
  const xmlNode *relative = imp_xml_path (node, "subject/relatedSubject");
  g_autofree char *who = NULL;

  if (relative == NULL)
    return g_strdup ("");
  who = imp_cda_text_code (self, imp_xml_child (relative, "code"));
  return *who != '\0' ? g_strdup_printf ("【本人以外：%s】", who) : g_strdup ("【本人以外】");
}

static const char *
state_of (const xmlNode *act)
{
  return imp_xml_attribute (imp_xml_child (act, "statusCode"), "code");
}

static const char *
state_prefix (const xmlNode *act)
{
  static const struct
  {
    const char *state;
    const char *prefix;
  } prefixes[] = {
    { "aborted", "【中止】" },   { "cancelled", "【取消】" }, { "obsolete", "【旧版】" },
    { "suspended", "【中断】" }, { "held", "【保留】" },
  };
  const char *state = state_of (act);

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_strcmp0 (state, prefixes[i].state) == 0)
      return prefixes[i].prefix;
  return "";
}

static gboolean
is_negated (const xmlNode *act)
{
  const char *value = imp_xml_attribute (act, "negationInd");

  return g_strcmp0 (value, "true") == 0 || g_strcmp0 (value, "1") == 0;
}

/* What is meant to be done is not done: HL7 V3 ActMood. */
static const char *
mood_prefix (const xmlNode *act)
{
  const char *mood = imp_xml_attribute (act, "moodCode");

  if (mood == NULL || *mood == '\0' || strcmp (mood, "EVN") == 0)
    return "";
  if (strcmp (mood, "GOL") == 0)
    return "【目標】";
  return strcmp (mood, "DEF") == 0 ? "【定義】" : "【指示】";
}

/* ---- what it says --------------------------------------------------------------------------- */

/* What it is called: its code, the drugs or the substances it is about. */
static char *
name_of (ImpCdaText *self, const xmlNode *act)
{
  static const char *const paths[] = {
    "code",
    "consumable/manufacturedProduct/manufacturedMaterial/code",
    "consumable/manufacturedProduct/manufacturedMaterial/name",
    "consumable/manufacturedProduct/manufacturedLabeledDrug/code",
    "consumable/manufacturedProduct/manufacturedLabeledDrug/name",
    "product/manufacturedProduct/manufacturedMaterial/code",
    "product/manufacturedProduct/manufacturedMaterial/name",
  };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const xmlNode *node = imp_xml_path (act, paths[i]);
      g_autofree char *text = node != NULL ? imp_cda_text_value (self, node) : g_strdup ("");

      /* HL7 V3 ActCode: the value says what. */
      if (*text == '\0' || strcmp (text, "ASSERTION") == 0)
        continue;
      g_string_append_printf (out, "%s%s", out->len > 0 ? " / " : "", text);
    }
  return g_string_free (out, FALSE);
}

/* Adds and frees. */
static void
append_labelled (GString *line, const char *label, char *text)
{
  if (*text != '\0')
    g_string_append_printf (line, "　%s%s", label, text);
  g_free (text);
}

/* The substance of an allergy, the device of a procedure. */
static void
append_participants (ImpCdaText *self, const xmlNode *act, GString *line)
{
  static const char *const paths[] = { "playingEntity/code", "playingEntity/name",
                                       "playingDevice/code" };

  for (const xmlNode *one = imp_xml_child (act, "participant"); one != NULL && !self->is_cut;
       one = imp_xml_next (one))
    for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
      {
        const xmlNode *role = imp_xml_child (one, "participantRole");

        append_labelled (line, "", imp_cda_text_value (self, imp_xml_path (role, paths[i])));
      }
}

static void
append_range (ImpCdaText *self, const xmlNode *act, GString *line)
{
  for (const xmlNode *each = imp_xml_child (act, "referenceRange"); each != NULL && !self->is_cut;
       each = imp_xml_next (each))
    {
      const xmlNode *range = imp_xml_child (each, "observationRange");
      g_autofree char *limits = imp_cda_text_value (self, imp_xml_child (range, "value"));

      append_labelled (line, "基準値 ",
                       *limits != '\0'
                           ? g_steal_pointer (&limits)
                           : imp_cda_text_referenced (self, imp_xml_child (range, "text")));
    }
}

static const struct
{
  const char *element;
  const char *label;
  gboolean is_time;
} details[] = {
  { "doseQuantity", "用量 ", FALSE },      { "rateQuantity", "速度 ", FALSE },
  { "maxDoseQuantity", "最大量 ", FALSE }, { "quantity", "数量 ", FALSE },
  { "repeatNumber", "回数 ", FALSE },      { "routeCode", "経路 ", FALSE },
  { "methodCode", "方法 ", FALSE },        { "targetSiteCode", "部位 ", FALSE },
  { "approachSiteCode", "部位 ", FALSE },  { "effectiveTime", "日時 ", TRUE },
};

static void
append_details (ImpCdaText *self, const xmlNode *act, GString *line)
{
  append_participants (self, act, line);
  append_range (self, act, line);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    for (const xmlNode *node = imp_xml_child (act, details[i].element);
         node != NULL && !self->is_cut; node = imp_xml_next (node))
      append_labelled (line, details[i].label,
                       details[i].is_time ? imp_cda_text_time (self, node)
                                          : imp_cda_text_value (self, node));
  append_labelled (line, "", imp_cda_text_referenced (self, imp_xml_child (act, "text")));
}

static void
append_values (ImpCdaText *self, const xmlNode *act, GString *line)
{
  for (const xmlNode *value = imp_xml_child (act, "value"); value != NULL && !self->is_cut;
       value = imp_xml_next (value))
    {
      g_autofree char *text = imp_cda_text_value (self, value);

      if (*text != '\0')
        g_string_append_printf (line, "：%s", text);
    }
  append_labelled (line, "", imp_cda_text_code (self, imp_xml_child (act, "interpretationCode")));
}

/* ---- a line --------------------------------------------------------------------------------- */

static void
write_media (ImpCdaText *self, const xmlNode *act, const Context *context)
{
  for (const xmlNode *value = imp_xml_child (act, "value"); value != NULL && !self->is_cut;
       value = imp_xml_next (value))
    {
      guint number = imp_cda_media_number (self->media, value);

      if (number == 0)
        continue;
      imp_cda_text_end_line (self);
      imp_cda_text_add (self, context->state);
      imp_cda_text_add (self, context->about);
      imp_cda_text_media (self, number);
      imp_cda_text_end_line (self);
    }
}

/* Returns: whether it says anything itself */
static gboolean
write_line (ImpCdaText *self, const xmlNode *act, const Context *context)
{
  const char *missing = imp_cda_null_words (imp_xml_attribute (act, "nullFlavor"));
  g_autofree char *name = name_of (self, act);
  g_autoptr (GString) line = g_string_new (NULL);

  append_values (self, act, line);
  append_details (self, act, line);
  if (*name == '\0' && line->len == 0 && missing != NULL)
    g_string_append (line, missing);
  if (*name == '\0' && line->len == 0)
    return FALSE;
  imp_cda_text_end_line (self);
  for (guint i = 0; i < context->indent; i++)
    imp_cda_text_add (self, "　");
  imp_cda_text_add (self, context->state);
  imp_cda_text_add (self, mood_prefix (act));
  imp_cda_text_add (self, context->negated);
  imp_cda_text_add (self, context->about);
  imp_cda_text_add (self, name);
  imp_cda_text_add (self, line->str);
  imp_cda_text_end_line (self);
  return TRUE;
}

/* ---- acts ----------------------------------------------------------------------------------- */

static gboolean
is_act (const xmlNode *node)
{
  static const char *const names[] = { "act",       "observation",      "substanceAdministration",
                                       "supply",    "procedure",        "encounter",
                                       "organizer", "observationMedia", "regionOfInterest",
                                       NULL };

  return node->type == XML_ELEMENT_NODE && g_strv_contains (names, imp_xml_name (node));
}

/* Returns: lines written */
static guint
write_acts (ImpCdaText *self, const xmlNode *node, const Context *context)
{
  guint n = 0;

  for (const xmlNode *child = node->children; child != NULL && !self->is_cut; child = child->next)
    if (is_act (child))
      n += write_act (self, child, *context);
  return n;
}

/* What a negated act is made of is negated with it; its reason, what it refers to and what it led
 * to are not: HL7 V3 ActRelationshipType. */
static gboolean
is_part (const xmlNode *relationship)
{
  static const char *const types[] = { "SUBJ", "COMP", "XCRPT", NULL };
  const char *type = imp_xml_attribute (relationship, "typeCode");

  return type == NULL || g_strv_contains (types, type);
}

static guint
write_parts (ImpCdaText *self, const xmlNode *act, const Context *context)
{
  Context inner = *context;
  guint n = 0;

  inner.indent++;
  for (const xmlNode *child = act->children; child != NULL && !self->is_cut; child = child->next)
    if (imp_xml_is (child, "entryRelationship") || imp_xml_is (child, "component"))
      {
        inner.negated = is_part (child) ? context->negated : "";
        n += write_acts (self, child, &inner);
      }
  return n;
}

static guint
write_act (ImpCdaText *self, const xmlNode *act, Context context)
{
  g_autofree char *subject = imp_cda_text_subject (self, act);
  const char *state = state_prefix (act);
  guint n = 0;

  if (g_strcmp0 (state_of (act), "nullified") == 0)
    {
      self->n_hidden++;
      return 1;
    }
  if (*subject != '\0')
    context.about = subject;
  if (*state != '\0')
    context.state = state;
  if (is_negated (act))
    context.negated = "【否定】";
  if (imp_xml_is (act, "observationMedia"))
    {
      write_media (self, act, &context);
      return 1;
    }
  n += write_line (self, act, &context);
  return n + write_parts (self, act, &context);
}

void
imp_cda_text_entry (ImpCdaText *self, const xmlNode *entry, const char *about)
{
  const Context context = { .about = about, .state = "", .negated = "" };

  if (write_acts (self, entry, &context) == 0 && !self->is_cut)
    self->n_not_shown++;
}
