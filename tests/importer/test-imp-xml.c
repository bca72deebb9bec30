/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-xml.h"

/* Bytes in UTF-16 from ASCII. */
static GBytes *
utf16 (const char *text, gboolean big, gboolean mark)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  if (mark)
    g_byte_array_append (out, (const guint8 *) (big ? "\xfe\xff" : "\xff\xfe"), 2);
  for (const char *p = text; *p != '\0'; p++)
    {
      guint8 pair[2] = { big ? 0 : (guint8) *p, big ? (guint8) *p : 0 };

      g_byte_array_append (out, pair, 2);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static void
test_may_be (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
    gboolean may_be;
  } cases[] = {
    { "<?xml version=\"1.0\"?><a/>", 26, TRUE }, { "\xef\xbb\xbf<a/>", 7, TRUE },
    { " \r\n\t<ClinicalDocument", 21, TRUE },     { "<!-- x --><a/>", 14, TRUE },
    { "\xff\xfe<\0?\0", 6, TRUE },               { "\xfe\xff\0<\0?", 6, TRUE },
    { "<\0?\0", 4, TRUE },                       { "", 0, FALSE },
    { "<", 1, FALSE },                           { "< 5 mg", 6, FALSE },
    { "<5", 2, FALSE },                          { "MSH|", 4, FALSE },
    { "{\"a\":1}", 7, FALSE },                   { "\0<a", 3, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_xml_may_be ((const guint8 *) cases[i].bytes, cases[i].len), ==,
                     cases[i].may_be);
}

/* The declaration may say what it likes: spec fhir.md 6.4. */
static void
test_decode (void)
{
  static const char sjis[] = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x91\xde\x89\x40</a>";
  static const char lies[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\x91\xde\x89\x40</a>";
  static const char euc[] = "<?xml version=\"1.0\" encoding=\"EUC-JP\"?><a>\xc2\xe0\xb1\xa1</a>";
  static const char lost[] = "<a>\xff\xff</a>";
  static const char jis[] = "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><a>\x1b$BB`1!\x1b(B</a>";
  static const char latin[] = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
  /* no name of a character set that is to be asked for */
  static const char odd[] =
      "<?xml version='1.0' encoding='CP932//IGNORE'?><a>\x91\xde\x89\x40\xff\xff</a>";
  g_autoptr (GBytes) wide = utf16 ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>x</a>", TRUE, TRUE);
  const char *const texts[] = { sjis, lies, euc, jis };
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (xmlDoc) document = NULL;
      g_autofree char *text = NULL;

      g_assert_cmpuint (imp_xml_decode ((const guint8 *) texts[i], strlen (texts[i]), out), ==, 0);
      document = imp_xml_parse (out->str, out->len, &error);
      g_assert_no_error (error);
      text = imp_xml_text (xmlDocGetRootElement (document));
      g_assert_cmpstr (text, ==, "退院");
    }
  g_assert_cmpuint (imp_xml_decode (g_bytes_get_data (wide, NULL), g_bytes_get_size (wide), out), ==,
                    0);
  g_assert_nonnull (strstr (out->str, "<a>x</a>"));
  g_assert_cmpuint (imp_xml_decode ((const guint8 *) lost, strlen (lost), out), >, 0);
  g_assert_cmpuint (imp_xml_decode ((const guint8 *) latin, strlen (latin), out), ==, 0);
  g_assert_nonnull (strstr (out->str, "<a>é</a>"));
  g_assert_cmpuint (imp_xml_decode ((const guint8 *) odd, strlen (odd), out), >, 0);
}

static void
test_probe (void)
{
  static const char cda[] = "<?xml version=\"1.0\"?>\n<!-- c --><?xml-stylesheet href=\"a.xsl\"?>\n"
                            "<v3:ClinicalDocument xmlns:v3=\"urn:hl7-org:v3\"><v3:a>";
  g_auto (ImpXmlProlog) prolog = { 0 };
  g_auto (ImpXmlProlog) none = { 0 };
  static const struct
  {
    const char *xml;
    const char *root;
    const char *namespace;
    gboolean has_doctype;
  } cases[] = {
    { "<a/>", "a", "", FALSE },
    { "<a xmlns='u'>", "a", "u", FALSE },
    { "<x:a xmlns='u' xmlns:x='v'>", "a", "v", FALSE },
    { "<x:a xmlns='u' xmlns:xx='v'>", "a", "", FALSE },
    { "<a xmlns:x='v' xmlnsx='w'>", "a", "", FALSE },
    { "<!-- <b/> --><?b <b/>?>\n<a>", "a", "", FALSE },
    { "<?xml version='1.0'?>\n<!DOCTYPE a><a/>", NULL, NULL, TRUE },
    { "<!-- x --><!DOCTYPE a [ <!ELEMENT a ANY> ]><a/>", NULL, NULL, TRUE },
    { "<a x='", NULL, NULL, FALSE },
    { "</a>", NULL, NULL, FALSE },
    { "", NULL, NULL, FALSE },
  };

  imp_xml_probe (cda, strlen (cda), &prolog);
  g_assert_cmpstr (prolog.root, ==, "ClinicalDocument");
  g_assert_cmpstr (prolog.namespace, ==, "urn:hl7-org:v3");
  g_assert_false (prolog.has_doctype);
  imp_xml_probe ("<", 1, &none);
  g_assert_null (none.root);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpXmlProlog) found = { 0 };

      imp_xml_probe (cases[i].xml, strlen (cases[i].xml), &found);
      g_assert_cmpstr (found.root, ==, cases[i].root);
      g_assert_cmpstr (found.namespace, ==, cases[i].namespace);
      g_assert_cmpint (found.has_doctype, ==, cases[i].has_doctype);
    }
}

static void
assert_refused (const char *text, gsize len, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = imp_xml_parse (text, len, &error);

  g_assert_null (document);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, why));
}

/* Every document type, whatever stands before it; spec fhir.md 0.1 facts 6 and 7. */
static void
test_doctype (void)
{
  static const char *const texts[] = {
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
    "<?xml version=\"1.0\"?><!-- <a> --><?pi x?>\n<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
    "<a b=\"&d;&d;&d;&d;&d;&d;&d;&d;\">&d;</a>",
    "<!DOCTYPE a PUBLIC \"-//x\" \"http://127.0.0.1:9/x.dtd\"><a/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) wide = utf16 (texts[i], i % 2 == 0, TRUE);
      g_autoptr (GString) text = g_string_new (NULL);

      assert_refused (texts[i], strlen (texts[i]), "document type");
      imp_xml_decode (g_bytes_get_data (wide, NULL), g_bytes_get_size (wide), text);
      assert_refused (text->str, text->len, "document type");
    }
}

static char *
repeat (const char *head, const char *piece, guint n, const char *tail)
{
  GString *text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (text, piece);
  g_string_append (text, tail);
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *deep = repeat ("", "<a>", 100000, "");
  g_autofree char *closed = repeat ("<r>", "<a>", 150, "");
  g_autofree char *wide = repeat ("<r>", "<a/>", 1000001, "</r>");
  g_autofree char *many = repeat ("<r>", "<a/>", 300000, "</r>");
  g_autofree char *long_text = repeat ("<r>", "0123456789abcdef", 1000000, "</r>");
  g_autofree char *long_value = repeat ("<r a=\"", "0123456789abcdef", 1000000, "\"/>");
  g_autofree char *deep_and_closed = NULL;
  g_autofree char *many_pis = repeat ("<r>", "<?p?>", 1000001, "</r>");
  g_autofree char *stray = repeat ("<r>", "</r>", 1000, "");
  GString *text = g_string_new (closed);
  const char *const good[] = { many, long_text, long_value };

  for (guint i = 0; i < 150; i++)
    g_string_append (text, "</a>");
  g_string_append (text, "</r>");
  deep_and_closed = g_string_free (text, FALSE);

  assert_refused (deep, strlen (deep), "");
  assert_refused (deep_and_closed, strlen (deep_and_closed), "too deep");
  assert_refused (wide, strlen (wide), "too many elements");
  assert_refused (many_pis, strlen (many_pis), "too many elements");
  assert_refused (stray, strlen (stray), "not well-formed");
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (xmlDoc) document = imp_xml_parse (good[i], strlen (good[i]), &error);

      g_assert_no_error (error);
      g_assert_nonnull (document);
    }
}

/* What the library compares each with each: a million of either would take it hours. */
static void
test_attributes (void)
{
  g_autoptr (GString) attributes = g_string_new ("<r ");
  g_autoptr (GString) namespaces = g_string_new ("<r ");
  g_autoptr (GString) nested = g_string_new ("");
  g_autoptr (GString) in_turn = g_string_new ("<r>");
  g_autoptr (GString) few = g_string_new ("<r ");
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (xmlDoc) siblings = NULL;
  g_auto (ImpXmlProlog) prolog = { 0 };

  for (guint i = 0; i < 1000000; i++)
    g_string_append_printf (attributes, "a%u='' ", i);
  g_string_append (attributes, "/>");
  for (guint i = 0; i < 1001; i++)
    g_string_append_printf (namespaces, "xmlns:a%u='u' ", i);
  g_string_append (namespaces, "/>");
  for (guint i = 0; i < 90; i++)
    {
      g_string_append (nested, "<r ");
      for (guint n = 0; n < 20; n++)
        g_string_append_printf (nested, "xmlns:a%u-%u='u' ", i, n);
      g_string_append (nested, ">");
    }
  for (guint i = 0; i < 5000; i++)
    g_string_append (in_turn, "<v xmlns:xsi='u' xsi:type='PQ'/>");
  g_string_append (in_turn, "</r>");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (few, "a%u='' ", i);
  g_string_append (few, "/>");

  assert_refused (attributes->str, attributes->len, "too many attributes");
  assert_refused (namespaces->str, namespaces->len, "too many attributes");
  assert_refused (nested->str, nested->len, "too many namespaces");
  document = imp_xml_parse (few->str, few->len, NULL);
  g_assert_nonnull (document);
  siblings = imp_xml_parse (in_turn->str, in_turn->len, NULL);
  g_assert_nonnull (siblings);
  imp_xml_probe (attributes->str, attributes->len, &prolog);
  g_assert_cmpstr (prolog.root, ==, "r");
}

/* What the tags are told apart by must be what the library goes by. */
static void
test_scan (void)
{
  static const char *const good[] = {
    "<a b='>' c=\"/>\"/>",
    "<a><!-- <b> </a> --><![CDATA[<b></a>]]><?p <b> ?>x > y</a>",
    "<a\n b = '1'\r\n/ >",
    "<x:a xmlns:x='u'></x:a >",
  };
  static const char *const bad[] = {
    "<a b='<'/>", "<a b/>", "<a b=/>", "<a 'b'/>", "<a b='1/>", "<a /b>", "</a>", "<a></a></a>",
    "<a><!-- x </a>", "<a><![CDATA[ </a>", "<a><? </a>", "< a/>", "<a><>x</a>",
  };
  static const char *const late[] = {
    "<a><!DOCTYPE b><b/></a>", "<a/><!DOCTYPE a>", "<a><!ENTITY x 'y'>&x;</a>",
    "<a><![IGNORE[x]]></a>", "<!doctype a><a/>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (xmlDoc) document = imp_xml_parse (good[i], strlen (good[i]), NULL);

      g_test_message ("%s", good[i]);
      g_assert_cmpint (document != NULL, ==, i != 2); /* "/ >" is none */
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], strlen (bad[i]), "not well-formed");
  for (guint i = 0; i < G_N_ELEMENTS (late); i++)
    assert_refused (late[i], strlen (late[i]), "document type");
}

static void
test_places (void)
{
  static const char deep[] = "<a>\n<b>\n<c x='1' x='2'/>\n</b></a>";

  assert_refused (deep, strlen (deep), "line 3: ");
  assert_refused ("<a>\n\n<b", 7, "line 3: ");
}

static void
test_broken (void)
{
  static const char *const texts[] = {
    "",           "<",        "<a>",           "<a><b></a></b>", "<a>&nbsp;</a>", "<a>&x;</a>",
    "<a b=1/>",   "<a/><b/>", "<a>\x01</a>",   "<a>&#1;</a>",    "text",          "<?xml?>",
    "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"></a>",
  };
  static const char inclusion[] = "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
                                  "<xi:include href=\"/etc/passwd\" parse=\"text\"/></a>";
  g_autoptr (xmlDoc) document = imp_xml_parse (inclusion, strlen (inclusion), NULL);
  g_autofree char *text = imp_xml_text (xmlDocGetRootElement (document));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]), "");
  g_assert_cmpstr (text, ==, "");
}

static void
test_walk (void)
{
  static const char xml[] = "<r xmlns:x=\"urn:x\"><x:a n=\"1\">one<!-- no --> <b>two</b>\n three</x:a>"
                            "<c/><a x:n=\"2\"/></r>";
  g_autoptr (xmlDoc) document = imp_xml_parse (xml, strlen (xml), NULL);
  const xmlNode *root = xmlDocGetRootElement (document);
  const xmlNode *first = imp_xml_child (root, "a");
  g_autofree char *text = imp_xml_text (first);
  static const char undeclared[] = "<x:r y:n='1'><x:a/></x:r>";
  g_autoptr (xmlDoc) other = imp_xml_parse (undeclared, strlen (undeclared), NULL);

  g_assert_cmpstr (imp_xml_name (xmlDocGetRootElement (other)), ==, "r");
  g_assert_nonnull (imp_xml_child (xmlDocGetRootElement (other), "a"));
  g_assert_cmpstr (imp_xml_attribute (xmlDocGetRootElement (other), "n"), ==, "1");
  g_assert_true (imp_xml_is (root, "r"));
  g_assert_cmpstr (text, ==, "one two three");
  g_assert_cmpstr (imp_xml_attribute (first, "n"), ==, "1");
  g_assert_cmpstr (imp_xml_attribute (imp_xml_next (first), "n"), ==, "2");
  g_assert_null (imp_xml_next (imp_xml_next (first)));
  g_assert_nonnull (imp_xml_path (root, "a/b"));
  g_assert_null (imp_xml_path (root, "a/c"));
  g_assert_null (imp_xml_attribute (NULL, "n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/xml/may-be", test_may_be);
  g_test_add_func ("/importer/xml/decode", test_decode);
  g_test_add_func ("/importer/xml/probe", test_probe);
  g_test_add_func ("/importer/xml/doctype", test_doctype);
  g_test_add_func ("/importer/xml/limits", test_limits);
  g_test_add_func ("/importer/xml/attributes", test_attributes);
  g_test_add_func ("/importer/xml/scan", test_scan);
  g_test_add_func ("/importer/xml/places", test_places);
  g_test_add_func ("/importer/xml/broken", test_broken);
  g_test_add_func ("/importer/xml/walk", test_walk);
  return g_test_run ();
}
