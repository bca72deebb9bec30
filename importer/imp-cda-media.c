/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-cda-media.h"

#include <string.h>

#include "imp-base64.h"
#include "imp-error.h"
#include "imp-inflate.h"

/* ---- where they are ------------------------------------------------------------------------- */

static gboolean
is_base64 (const xmlNode *node)
{
  const char *representation = imp_xml_attribute (node, "representation");

  return representation != NULL && g_ascii_strcasecmp (representation, "B64") == 0;
}

static gboolean
is_external (const xmlNode *node)
{
  return node != NULL && node->type == XML_ELEMENT_NODE &&
         g_str_has_prefix (imp_xml_name (node), "external");
}

/* Writers also put words and names of IDs where a reference should stand: only what is said to be a
 * file is one. */
static gboolean
may_point (const xmlNode *node)
{
  return imp_xml_attribute (node, "mediaType") != NULL || imp_xml_is (node, "value") ||
         imp_xml_is (node->parent, "nonXMLBody") || is_external (node->parent);
}

/* (nullable): where it points to, other than into the document itself. */
static const char *
pointer_of (const xmlNode *node)
{
  const char *value;

  if (imp_xml_is (node, "linkHtml"))
    value = imp_xml_attribute (node, "href");
  else
    value = imp_xml_attribute (imp_xml_child (node, "reference"), "value");
  return value != NULL && *value != '\0' && *value != '#' ? value : NULL;
}

/* A link of the words is text; to a file of the document's folder it is also that file. */
static gboolean
is_link_to_file (const xmlNode *node)
{
  const char *pointer = pointer_of (node);
  g_autofree char *path = pointer != NULL ? imp_attachment_clean_reference (pointer) : NULL;

  return path != NULL && strchr (path, '.') != NULL;
}

/* The whole body as one file. Plain text is words, not a file, unless it is packed. */
static gboolean
is_body (const xmlNode *node)
{
  const char *type = imp_xml_attribute (node, "mediaType");

  return imp_xml_is (node, "text") && imp_xml_is (node->parent, "nonXMLBody") &&
         (type == NULL || !g_str_has_prefix (type, "text/plain"));
}

static gboolean
is_media (const xmlNode *node)
{
  if (imp_xml_is (node, "linkHtml"))
    return is_link_to_file (node);
  return is_base64 (node) || is_body (node) || (pointer_of (node) != NULL && may_point (node)) ||
         (imp_xml_is (node, "value") && imp_xml_is (node->parent, "observationMedia"));
}

static void
note_id (ImpCdaMedia *self, const xmlNode *holder, guint number)
{
  const char *id = imp_xml_attribute (holder, "ID");

  if (id != NULL && *id != '\0' && !g_hash_table_contains (self->by_id, id))
    g_hash_table_insert (self->by_id, (gpointer) id, GUINT_TO_POINTER (number));
}

/* What renderMultiMedia may name: the media itself, or a region of it. */
static void
note_ids (ImpCdaMedia *self, const xmlNode *node, guint number)
{
  const xmlNode *parent = node->parent;

  note_id (self, parent, number);
  parent = parent != NULL ? parent->parent : NULL;
  if (imp_xml_is (parent, "entryRelationship") && imp_xml_is (parent->parent, "regionOfInterest"))
    note_id (self, parent->parent, number);
}

static void
collect (ImpCdaMedia *self, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type != XML_ELEMENT_NODE)
        continue;
      if (is_media (child))
        {
          g_ptr_array_add (self->nodes, (gpointer) child);
          g_hash_table_insert (self->by_node, (gpointer) child,
                               GUINT_TO_POINTER (self->nodes->len));
          note_ids (self, child, self->nodes->len);
        }
      collect (self, child);
    }
}

ImpCdaMedia *
imp_cda_media_new (const xmlNode *root)
{
  ImpCdaMedia *self = g_new0 (ImpCdaMedia, 1);

  self->nodes = g_ptr_array_new ();
  self->by_node = g_hash_table_new (NULL, NULL);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->marked = g_hash_table_new (NULL, NULL);
  collect (self, root);
  return self;
}

void
imp_cda_media_free (ImpCdaMedia *self)
{
  g_ptr_array_unref (self->nodes);
  g_hash_table_unref (self->by_node);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->marked);
  g_free (self);
}

guint
imp_cda_media_number (const ImpCdaMedia *self, const xmlNode *node)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->by_node, node));
}

guint
imp_cda_media_number_of_id (const ImpCdaMedia *self, const char *id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, id));
}

void
imp_cda_media_mark (ImpCdaMedia *self, guint number)
{
  g_hash_table_add (self->marked, GUINT_TO_POINTER (number));
}

gboolean
imp_cda_media_is_marked (const ImpCdaMedia *self, guint number)
{
  return g_hash_table_contains (self->marked, GUINT_TO_POINTER (number));
}

static const xmlNode *
node_of (const ImpCdaMedia *self, guint number)
{
  return g_ptr_array_index (self->nodes, number - 1);
}

const char *
imp_cda_media_type (const ImpCdaMedia *self, guint number)
{
  return imp_xml_attribute (node_of (self, number), "mediaType");
}

/* ---- what they hold ------------------------------------------------------------------------- */

static gboolean
fail (GError **error, const char *why)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, why);
  return FALSE;
}

/* Its own text, not that of reference, thumbnail and the like. */
static char *
own_text (const xmlNode *node)
{
  GString *text = g_string_new (NULL);

  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      g_string_append (text, (const char *) child->content);
  return g_string_free (text, FALSE);
}

/* HL7 V3 ED.integrityCheck: SHA-1 unless it says otherwise. */
static gboolean
has_sum (const char *expected, const char *algorithm, GBytes *bytes)
{
  GChecksumType type =
      algorithm != NULL && strstr (algorithm, "256") != NULL ? G_CHECKSUM_SHA256 : G_CHECKSUM_SHA1;
  g_autoptr (GChecksum) sum = g_checksum_new (type);
  g_autofree char *text = NULL;
  guint8 digest[64];
  gsize len = sizeof digest;

  g_checksum_update (sum, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_checksum_get_digest (sum, digest, &len);
  text = g_base64_encode (digest, len);
  return strcmp (text, expected) == 0;
}

/* Whether it is the sum of the bytes as sent or of those unpacked: writers differ. */
static gboolean
check_sum (const xmlNode *node, GBytes *sent, GBytes *unpacked, GError **error)
{
  const char *expected = imp_xml_attribute (node, "integrityCheck");
  const char *algorithm = imp_xml_attribute (node, "integrityCheckAlgorithm");

  if (expected == NULL || has_sum (expected, algorithm, sent) ||
      has_sum (expected, algorithm, unpacked))
    return TRUE;
  return fail (error, "its checksum is another one");
}

/* (transfer full): HL7 V3 ED.compression. */
static GBytes *
unpack (const xmlNode *node, GBytes *bytes, gsize max_bytes, GError **error)
{
  static const struct
  {
    const char *name;
    GZlibCompressorFormat format;
  } formats[] = {
    { "DF", G_ZLIB_COMPRESSOR_FORMAT_RAW },
    { "GZ", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "ZL", G_ZLIB_COMPRESSOR_FORMAT_ZLIB },
  };
  const char *name = imp_xml_attribute (node, "compression");

  if (name == NULL || *name == '\0')
    return g_bytes_ref (bytes);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (name, formats[i].name) == 0)
      return imp_inflate (bytes, formats[i].format, max_bytes, error);
  fail (error, "compressed in a way that is not known");
  return NULL;
}

static GBytes *
read_base64 (const xmlNode *node, const char *text, gsize max_bytes, GError **error)
{
  g_autoptr (GBytes) sent = imp_base64_decode (text, strlen (text), max_bytes, error);
  g_autoptr (GBytes) unpacked = NULL;

  if (sent == NULL)
    return NULL;
  unpacked = unpack (node, sent, max_bytes, error);
  if (unpacked == NULL || !check_sum (node, sent, unpacked, error))
    return NULL;
  return g_steal_pointer (&unpacked);
}

static ImpAttachment *
read_pointer (const xmlNode *node, const char *type, GError **error)
{
  const char *pointer = pointer_of (node);
  g_autofree char *path = pointer != NULL ? imp_attachment_clean_reference (pointer) : NULL;

  if (path == NULL)
    {
      fail (error, pointer != NULL ? "it is not in the folder of the document" : "it is empty");
      return NULL;
    }
  return imp_attachment_new (strrchr (path, '/') != NULL ? strrchr (path, '/') + 1 : path, type,
                             NULL, path);
}

ImpAttachment *
imp_cda_media_read (const ImpCdaMedia *self, guint number, gsize max_bytes, GError **error)
{
  const xmlNode *node = node_of (self, number);
  const char *type = imp_cda_media_type (self, number);
  const char *name = imp_xml_attribute (node->parent, "ID");
  g_autofree char *text = own_text (node);
  g_autoptr (GBytes) bytes = NULL;

  if (imp_xml_is (node, "linkHtml") || text[strspn (text, " \t\r\n")] == '\0')
    return read_pointer (node, type, error);
  if (is_base64 (node))
    {
      bytes = read_base64 (node, text, max_bytes, error);
      return bytes != NULL ? imp_attachment_new (name, type, bytes, NULL) : NULL;
    }
  if (pointer_of (node) != NULL)
    return read_pointer (node, type, error);
  if (strlen (text) > max_bytes)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LIMIT, "larger than the ceiling");
      return NULL;
    }
  bytes = g_bytes_new (text, strlen (text));
  return imp_attachment_new (name, type, bytes, NULL);
}
