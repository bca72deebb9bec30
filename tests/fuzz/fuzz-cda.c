/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CDA document as bytes of any character set, read to its record and attachments. The bits of the first
 * byte choose what is known of its place.
 */
#include <string.h>

#include "imp-limits.h"
#include "imp-map-cda.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define IN_STORAGE 1   /* under the path of a patient */
#define HAS_FACILITY 2
#define IS_WANTED 4    /* attachments are */

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_date (const char *date)
{
  g_assert_true (*date == '\0' || disc_date_is_valid (date));
}

static void
check_facts (const ImpMapped *mapped)
{
  const ImpFacts *facts = &mapped->facts;

  check_text (facts->data_type);
  check_text (facts->patient_id);
  check_text (facts->other_ids);
  check_text (facts->name);
  check_text (facts->kana);
  check_date (facts->birth_date);
  check_date (facts->clinical_at);
  check_date (facts->sent_at);
  g_assert_cmpuint (mapped->findings->len, <=, IMP_MAX_FINDINGS_PER_MESSAGE);
  for (guint i = 0; i < mapped->findings->len; i++)
    check_text (((const ImpFinding *) g_ptr_array_index (mapped->findings, i))->detail);
}

/* One record with one item, of a known kind and state. */
static void
check_records (const ImpMapped *mapped)
{
  gsize len;
  const guint8 *bytes = disc_record_builder_get (mapped->records, &len);
  DiscRecordIter iter;
  DiscToken token;
  guint n_records = 0;
  guint n_items = 0;

  disc_record_iter_init (&iter, bytes, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      n_records += token == DISC_TOKEN_RECORD;
      n_items += token == DISC_TOKEN_ITEM;
      if (token == DISC_TOKEN_RECORD)
        g_assert_true (iter.live == disc_status_is_live (iter.status));
      if (token != DISC_TOKEN_VALUE)
        continue;
      g_assert_nonnull (disc_field_name (iter.field));
      g_assert_cmpuint (iter.value_len, >, 0);
      check_text (iter.value);
      if (iter.field == DISC_FIELD_TEXT)
        g_assert_cmpuint (iter.value_len, <=, IMP_MAX_VALUE_BYTES);
    }
  g_assert_cmpuint (n_records, ==, 1);
  g_assert_cmpuint (n_items, ==, 1);
}

/* It leads nowhere outside the folder; a name may begin with dots. */
static void
check_reference (const char *reference)
{
  g_auto (GStrv) parts = g_strsplit (reference, "/", -1);

  g_assert_true (reference[0] != '/');
  g_assert_false (g_strv_contains ((const char *const *) parts, ".."));
}

static void
check_attachments (const GPtrArray *attachments)
{
  gsize sum = 0;

  g_assert_cmpuint (attachments->len, <=, IMP_MAX_ATTACHMENTS);
  for (guint i = 0; i < attachments->len; i++)
    {
      const ImpAttachment *attachment = g_ptr_array_index (attachments, i);

      check_text (attachment->name);
      check_text (attachment->media_type);
      check_text (attachment->reference);
      g_assert_true ((attachment->bytes != NULL) != (attachment->reference != NULL));
      if (attachment->bytes != NULL)
        sum += g_bytes_get_size (attachment->bytes);
      else
        check_reference (attachment->reference);
    }
  g_assert_cmpuint (sum, <=, IMP_MAX_ATTACHMENT_BYTES);
}

static void
check_depth (const xmlNode *node, guint depth)
{
  g_assert_cmpuint (depth, <=, IMP_XML_MAX_DEPTH);
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      g_assert_cmpint (child->type, !=, XML_ENTITY_REF_NODE);
      g_assert_cmpint (child->type, !=, XML_DTD_NODE);
      if (child->type == XML_ELEMENT_NODE)
        check_depth (child, depth + 1);
    }
}

/* What the tags look like from outside is what the library makes of them. */
static void
check_xml (const GString *text)
{
  g_auto (ImpXmlProlog) prolog = { 0 };
  g_autoptr (xmlDoc) document = imp_xml_parse (text->str, text->len, NULL);
  const xmlNode *root;

  imp_xml_probe (text->str, text->len, &prolog);
  g_assert_true (prolog.root == NULL || prolog.namespace != NULL);
  if (document == NULL)
    return;
  root = xmlDocGetRootElement (document);
  g_assert_false (prolog.has_doctype);
  g_assert_cmpstr (prolog.root, ==, imp_xml_name (root));
  check_depth (root, 1);
}

static void
set_place (guint8 flags, ImpName *name, ImpCdaPlace *place)
{
  imp_name_parse ((flags & IN_STORAGE) != 0
                      ? "012/345/0123456789/20260410/^退院サマリ^^18842-5^退院時サマリー^LN/"
                        "0123456789_20260410_18842-5_7_20260410150000321_01_1/main_document.xml"
                      : "a.xml",
                  name);
  *place = (ImpCdaPlace){ name, NULL, (flags & HAS_FACILITY) != 0 ? "1310000001" : "" };
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  g_autoptr (GPtrArray) attachments =
      g_ptr_array_new_with_free_func ((GDestroyNotify) imp_attachment_free);
  g_autoptr (GError) error = NULL;
  ImpName name;
  ImpCdaPlace place;

  if (size < 1)
    return 0;
  set_place (data[0], &name, &place);
  imp_xml_may_be (data + 1, size - 1);
  imp_xml_decode (data + 1, size - 1, text);
  check_text (text->str);
  check_xml (text);
  if (!imp_map_cda (text->str, text->len, &place, mapped,
                    (data[0] & IS_WANTED) != 0 ? attachments : NULL, &error))
    {
      g_assert_nonnull (error);
      check_text (error->message);
      return 0;
    }
  check_facts (mapped);
  check_records (mapped);
  check_attachments (attachments);
  return 0;
}
