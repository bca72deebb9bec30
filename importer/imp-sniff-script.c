/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff-private.h"

#include <string.h>

/* A text that begins with one of these is a script, a page that acts, or a link that does. */
static const char *const beginnings[] = {
  "#!",
  "@echo off",
  "@echo on",
  "@powershell",
  "<?php",
  "<job",
  "<hta:",
  "<package>",
  "<script",
  "on error resume next",
  "option explicit",
  "windows registry editor version",
  "regedit4",
  "[autorun]",
  "[internetshortcut]",
  "[{000214a0-0000-0000-c000-000000000046}]",
  "[version]\r\nsignature=",
  /* A Windows program in base64: "MZ" and the usual bytes behind it. */
  "tvqqaamaaaaeaaaa",
  "tvpqaaiaaaaeaa8a",
  "tvroaqaaaaaaaaaa",
};

/* Each of them alone may be talked about; two different ones are meant. */
static const char *const signs[] = {
  "activexobject(",
  "-encodedcommand",
  "-executionpolicy bypass",
  "bcdedit /set",
  "certutil -decode",
  "cmd.exe /c",
  "createobject(",
  "cscript.exe",
  "downloadfile(",
  "downloadstring(",
  "eval(",
  "frombase64string(",
  "get-wmiobject",
  "iex (",
  "invoke-expression",
  "invoke-webrequest",
  "mshta.exe",
  "new-object system.",
  "new-object net.",
  "on error resume next",
  "powershell -",
  "powershell.exe",
  "reg add hk",
  "regsvr32",
  "rundll32",
  "schtasks /create",
  "setlocal enable",
  "taskkill /",
  "vssadmin delete",
  "wbadmin delete",
  "wmic shadowcopy",
  "wscript.shell",
  "wscript.exe",
  "[system.convert]::",
  "[system.reflection.",
};

gboolean
imp_sniff_script (const char *text)
{
  g_autofree char *folded = g_ascii_strdown (text, -1);
  const char *start = folded;
  guint n = 0;

  while (g_ascii_isspace (*start))
    start++;
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (start, beginnings[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (signs) && n < 2; i++)
    n += strstr (folded, signs[i]) != NULL;
  return n >= 2;
}
