/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-finding-detail.h"

#include <string.h>

#include <glib/gi18n.h>

#define MAX_PARTS 4
#define FILES " files: "

/*
 * The sentences of the importer. {1}, {2} stand for what differs from finding to finding: names of
 * segments and fields, codes, numbers, days. They are data and are not translated.
 */
static const char *const patterns[] = {
  N_ ("path and PID-3 disagree about whose it is"),
  N_ ("folder and file name disagree about whose it is"),
  N_ ("segment {1} is a second PID with another PID-3"),
  N_ ("this id names another person in another root: not joined"),
  N_ ("another root gives this id the same birth date and another name: not joined "
      "(--facility declares the roots one hospital)"),
  N_ ("this root does not tell which of several people of other roots it means: not joined"),
  N_ ("this root does not say whose the id is, and other roots name several people: not joined"),
  N_ ("this root does not say whose the id is: not joined by the bare number (--facility declares "
      "the roots one hospital)"),
  N_ ("another root does not say whose the id is: not joined by the bare number (--facility "
      "declares the roots one hospital)"),
  N_ ("birth date differs from the basic data"),
  N_ ("sex differs from the basic data"),
  N_ ("birth date and sex differ from the basic data"),
  N_ ("birth date or sex differ in {1} messages more"),
  N_ ("another live event under the same number: both are kept"),
  N_ ("the same event stands twice"),
  N_ ("a newer live file of the same record stands beside it"),
  N_ ("a newer live file holds the whole list"),
  N_ ("two live files of one name differ: both are kept"),
  N_ ("a newer live file under this name holds other things: both are kept"),
  N_ ("a newer live file gives an entry's number to another thing: both are kept"),
  N_ ("the same order number is live under two care dates"),
  N_ ("two documents have the same number: both are kept"),
  N_ ("it replaces a document whose number several have: all are kept"),
  N_ ("an older document says that it replaces this one: both are kept"),
  N_ ("an older order says that it replaces this one: both are kept"),
  N_ ("another order says that it replaces this one"),
  N_ ("a Provenance says that what it is about was deleted: it is left as it is"),
  N_ ("an empty shell in place of something that the server did not have: not imported"),
  N_ ("the server answered {1}: there is nothing to import"),
  N_ ("its message asks for something else than new data: it is left live"),
  N_ ("a later version of its message no longer lists it: it is left live"),
  N_ ("another Patient of this number has another birth date or sex: two charts"),
  N_ ("{1}: a date that cannot be right, kept as it is written"),
  N_ ("{1}: a date without hyphens"),
  N_ ("another document says that it replaces this one"),
  N_ ("documents say of each other that they replace them: all are kept"),
  N_ ("two documents have one version number: both are kept"),
  N_ ("a higher version of this document is older: both are kept"),
  N_ ("a higher version of this document stands beside it"),
  N_ ("a newer deletion stands beside the live file"),
  N_ ("a newer deletion of it names another patient: it is left live"),
  N_ ("only superseded versions are left: the newest one is missing"),
  N_ ("last segment {1} is cut off"),
  N_ ("the file ends within a character"),
  N_ ("characters lost"),
  N_ ("characters lost ({1})"),
  N_ ("{1} character-set escapes kept as they stand"),
  N_ ("kept as text: {1}"),
  N_ ("too long to be shown whole: the rest is in the source message"),
  N_ ("{1}: usage code {2} contradicts its text"),
  N_ ("the name says {1}, the message {2}"),
  N_ ("the name says {1}, MSH-9 {2}"),
  N_ ("file name says {1}, its folder another type"),
  N_ ("care date of the file name is not that of its folder"),
  N_ ("file name is not of the standard storage: state unknown"),
  N_ ("content folder is not of the extended storage's grammar: state unknown"),
  N_ ("content folder and type folder name different types"),
  N_ ("care date of the content folder is not that of the folder above"),
  N_ ("no words can be read of it: its content is not on the disc"),
  N_ ("{1} pictures or files in it are not on the disc"),
  N_ ("not on the disc of {1} pictures: number {2}: beyond what pictures may take "
      "(--max-image-bytes)"),
  N_ ("not on the disc of {1} pictures: number {2}: larger than a picture may be"),
  N_ ("{1} pictures left out: more than one document may have"),
  N_ ("“{1}” is a file beside the document: a document of its own, where it is there"),
  N_ ("nonXMLBody {1}: its content is not on the disc"),
  N_ ("{1} nullified entries are not shown"),
  N_ ("the text is longer than the ceiling for one value: the rest is in the source"),
  N_ ("attachment {1} is refused: {2}"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: the base64 is cut off"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: not base64 from character {3} on"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: the hexadecimal digits are cut off"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: not hexadecimal"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: it is empty"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: larger than the ceiling"),
  N_ ("OBX-5 of segment {1}: attachment {2} is refused: encoded in a way that is not known"),
  N_ ("OBX-5 of segment {1}: attachment {2} is said to be of another type than its bytes ({3})"),
  N_ ("from OBX-5 of segment {1} on: more attachments than the ceiling of {2} for one message"),
  N_ ("the words of its files are too long to be shown whole: the rest is in the backup"),
  N_ ("{1} attachments: more than the ceiling of {2} for one document"),
  N_ ("{1} values of the header are beyond the ceiling"),
  N_ ("{1} entries say nothing that can be put in words"),
  N_ ("{1} references lead to nothing in the document"),
  N_ ("{1} scripts or style sheets in the text are left out"),
  N_ ("the document has no body"),
  N_ ("{1} is no date: kept as text"),
  N_ ("recordTarget: the document is about several people"),
  N_ ("recordTarget: two numbers of this hospital"),
  N_ ("a document type is declared"),
  N_ ("not well-formed XML"),
  N_ ("line {1}: not well-formed XML"),
  N_ ("line {1}: nested too deep"),
  N_ ("too many elements"),
  N_ ("{1}, {2} bytes, “{3}”: runs when it is opened, and is never carried"),
  N_ ("{1}, {2} bytes, “{3}”: archives inside documents are not opened"),
  N_ ("{1}, {2} bytes, “{3}”: there is no safe reader for it; kept out"),
  N_ ("{1}, {2} bytes, “{3}”: pictures of this kind are not carried"),
  N_ ("{1}, {2} bytes, “{3}”: not carried"),
  N_ ("{1}, {2} bytes, “{3}”: too large"),
  N_ ("{1}, {2} bytes, “{3}”: nothing of it could be read"),
  N_ ("“{1}” is not there"),
  N_ ("a script inside"),
  N_ ("a script inside: {1}"),
  N_ ("a reference to something elsewhere inside"),
  N_ ("a reference to something elsewhere inside: {1}"),
  N_ ("a picture that is not carried inside"),
  N_ ("a picture that is not carried inside: {1}"),
  N_ ("a picture of a kind that is not carried inside"),
  N_ ("a picture of a kind that is not carried inside: {1}"),
  N_ ("an embedded object inside"),
  N_ ("an embedded object inside: {1}"),
  N_ ("a field that fetches something inside"),
  N_ ("a field that fetches something inside: {1}"),
  N_ ("a picture or film that is not carried inside"),
  N_ ("a picture or film that is not carried inside: {1}"),
  N_ ("an ActiveX control inside"),
  N_ ("an ActiveX control inside: {1}"),
  N_ ("a macro inside"),
  N_ ("a macro inside: {1}"),
  N_ ("an attached file inside"),
  N_ ("an attached file inside: {1}"),
  N_ ("a picture or drawing that is not carried inside"),
  N_ ("a picture or drawing that is not carried inside: {1}"),
  N_ ("a part under a password inside"),
  N_ ("a part under a password inside: {1}"),
  N_ ("{1} inside: {2}"),
  N_ ("{1} inside"),
  N_ ("characters lost: {1}"),
  N_ ("signs of a font that is not known: {1}"),
  N_ ("nested too deep"),
  N_ ("it is under a password"),
  N_ ("written by a program of before 1997: not read"),
  N_ ("the storage of a program that is not known"),
  N_ ("marks of deletion cannot be read: what was struck out may stand as if it were not"),
  N_ ("the list of slides cannot be read: former states of them may stand among them"),
  N_ ("the words of the mail are in packed RTF alone: not read"),
  N_ ("it cannot be read as HTML"),
  N_ ("it cannot be read as a PDF"),
  N_ ("text beyond {1} bytes left out"),
  N_ ("page {1} cannot be drawn"),
  N_ ("page {1} has no possible size and is not drawn"),
  N_ ("the system's tables of characters cannot be read: words may be missing"),
  N_ ("pages {1} to {2} left out"),
  N_ ("pages beyond {1} left out"),
  N_ ("pages that are not there: {1}"),
  N_ ("pages that could not be drawn: {1}"),
  N_ ("picture of page {1} left out: {2}"),
  N_ ("picture left out: {1}"),
  N_ ("picture of page {1}: {2}"),
  N_ ("picture: {1}"),
  N_ ("page {1}: {2}"),
  N_ ("a picture is damaged or cut off"),
  N_ ("of a moving picture the first one is kept"),
  N_ ("damaged, cut off or nested too deep"),
  N_ ("damaged or cut off"),
  N_ ("parts that are damaged or cut off: {1}"),
  N_ ("a part of it: {1}"),
  N_ ("not UTF-16, as its mark says"),
  N_ ("the converter failed on the pictures: the words alone were read"),
  N_ ("the converter crashed"),
  N_ ("the converter took too long"),
  N_ ("the converter gave back too much"),
  N_ ("the converter gave back something broken"),
  N_ ("the converter could not be started in confinement"),
  N_ ("line {1}: a document type is declared"),
  N_ ("line {1}: too many elements"),
  N_ ("line {1}: too many attributes"),
  N_ ("line {1}: too many namespaces"),
  N_ ("data type {1}"),
  N_ ("MSH-9 {1}"),
  N_ ("MSH-11 is not P"),
  N_ ("ORC without RXA"),
  N_ ("PID-3 is empty: the id of the path is taken"),
  N_ ("no id in the path and none in PID-3: kept apart, in nobody's chart"),
  N_ ("no number of this hospital in it: kept apart, in nobody's chart"),
  N_ ("another name: a former one, or another person under this id"),
  N_ ("the newest data is {1} days older than the end of the window"),
  N_ ("archive damaged or cut: {1}"),
  N_ ("does not begin with an MSH segment up to MSH-9"),
  N_ ("more than {1} segments"),
  N_ ("message of {1} bytes"),
  /* why a file was not read */
  N_ ("empty file"),
  N_ ("neither an HL7 message nor a document that is read"),
  N_ ("cannot be split into segments"),
  N_ ("larger than the ceiling for one file"),
  N_ ("not a regular file"),
  N_ ("symbolic link that leaves the source"),
  N_ ("second name of another member; its content stands there"),
  N_ ("permission denied"),
  N_ ("was there and then was not: renamed or removed while reading"),
  N_ ("the medium could not be read"),
  N_ ("name that leads out of the archive, too long or too deep"),
  N_ ("encrypted archive, or member of one"),
  N_ ("compressed data that is damaged, or packed in a way that is not read"),
  N_ ("archive member that is mostly holes"),
  N_ ("archive inside two archives: not opened"),
  N_ ("archive of a kind, or packed in a way, that is not read"),
  N_ ("archive that is damaged or ends early: what stands behind that place was not read"),
  N_ ("archive that grows out of all proportion when unpacked: the rest of it was not read"),
  N_ ("archive that unpacks to more than the ceiling: the rest of it was not read"),
  N_ ("archive with more members than the ceiling: the rest of it was not read"),
  N_ ("transaction storage (TR_*.DAT): not imported"),
  N_ ("file of the operating system, or a copy"),
  N_ ("symbolic link; the file is read at its own place"),
  N_ ("too many messages in one file"),
  N_ ("{1} messages from here on not read: more than the ceiling of {2} for one file"),
  N_ ("in a storage root beyond the ceiling for roots"),
  N_ ("more than {1} storage roots: {2} files of the others refused"),
  N_ ("folder could not be read: its files are not counted"),
  N_ ("{1}: {2} messages from before {3}"),
};

/* Whether @text is @pattern with something in place of each {n}; the parts point into @text. */
static gboolean
match (const char *pattern, const char *text, char *parts[MAX_PARTS])
{
  for (guint i = 0; i < MAX_PARTS; i++)
    g_clear_pointer (&parts[i], g_free);

  while (*pattern != '\0')
    {
      const char *rest, *next, *end;

      if (*pattern != '{')
        {
          if (*pattern++ != *text++)
            return FALSE;
          continue;
        }
      rest = pattern + strlen ("{1}");
      next = strchr (rest, '{');
      if (*rest == '\0')
        end = text + strlen (text);
      else
        {
          g_autofree char *literal =
              next != NULL ? g_strndup (rest, (gsize) (next - rest)) : g_strdup (rest);

          end = strstr (text, literal);
        }
      if (end == NULL || end == text)
        return FALSE;
      parts[pattern[1] - '1'] = g_strndup (text, (gsize) (end - text));
      pattern = rest;
      text = end;
    }

  return *text == '\0';
}

static char *
fill (const char *pattern, char *const parts[MAX_PARTS])
{
  GString *out = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0'; p++)
    if (p[0] == '{' && p[1] >= '1' && p[1] < '1' + MAX_PARTS && p[2] == '}' &&
        parts[p[1] - '1'] != NULL)
      {
        g_string_append (out, parts[p[1] - '1']);
        p += 2;
      }
    else
      g_string_append_c (out, *p);

  return g_string_free (out, FALSE);
}

static char *
translate (const char *detail)
{
  char *parts[MAX_PARTS] = { NULL };
  char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (patterns) && text == NULL; i++)
    if (match (patterns[i], detail, parts))
      text = fill (_ (patterns[i]), parts);

  for (guint i = 0; i < MAX_PARTS; i++)
    g_free (parts[i]);
  return text;
}

/* "12 files: why they were left out" */
static char *
translate_files (const char *detail)
{
  gsize digits = strspn (detail, "0123456789");
  g_autofree char *number = g_strndup (detail, digits);
  g_autofree char *why = NULL;

  if (digits == 0 || !g_str_has_prefix (detail + digits, FILES))
    return NULL;
  why = translate (detail + digits + strlen (FILES));
  /* Translators: number of files, why they were left out. */
  return why != NULL ? g_strdup_printf (_ ("%s files: %s"), number, why) : NULL;
}

/* "why it was refused (in more detail)" */
static char *
translate_refusal (const char *detail)
{
  const char *more = strstr (detail, " (");
  g_autofree char *outer = more ? g_strndup (detail, more - detail) : NULL;
  g_autofree char *why = NULL;
  g_autofree char *inner = NULL;
  g_autofree char *inner_text = NULL;

  if (more == NULL || !g_str_has_suffix (more, ")"))
    return NULL;
  inner = g_strndup (more + 2, strlen (more) - 3);
  inner_text = translate (inner);
  why = translate (outer);
  /* Translators: why a file was refused, and the same in more detail. */
  return why != NULL ? g_strdup_printf (_ ("%s (%s)"), why, inner_text ? inner_text : inner)
                     : NULL;
}

char *
viewer_finding_detail (const char *detail)
{
  char *text = translate (detail);

  if (text == NULL)
    text = translate_files (detail);
  if (text == NULL)
    text = translate_refusal (detail);
  return text != NULL ? text : g_strdup (detail);
}
