/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <glib.h>

G_BEGIN_DECLS

/* Exit codes of the command line (contract). */
#define IMP_EXIT_DONE 0
#define IMP_EXIT_FAILED 1
#define IMP_EXIT_USAGE 2
#define IMP_EXIT_STOP_RULE 4
#define IMP_EXIT_DAMAGED 5

/** One verb of the command line. @argv[0] is the verb. Returns: the exit code. */
typedef int (*ImpVerbFunc) (int argc, char **argv);

typedef struct
{
  const char *name;
  ImpVerbFunc run;
  const char *summary; /* one line of the general help, translatable */
} ImpVerb;

int imp_verb_build (int argc, char **argv);
int imp_verb_report (int argc, char **argv);
int imp_verb_verify (int argc, char **argv);
int imp_verb_trust (int argc, char **argv);
int imp_verb_emergency_key (int argc, char **argv);
int imp_verb_load (int argc, char **argv);
int imp_verb_generations (int argc, char **argv);
int imp_verb_search (int argc, char **argv);
int imp_verb_export (int argc, char **argv);
int imp_verb_image (int argc, char **argv);
int imp_verb_burn (int argc, char **argv);

/** imp_options_main: finds the verb and runs it; general help and version. */
int imp_options_main (const ImpVerb *verbs, guint n_verbs, int argc, char **argv);

/**
 * imp_options_parse:
 * @usage: behind the verb in the help: "DISC [--json]"
 * @entries: as of GOptionContext, ended by an empty one
 * @rest: (out) (transfer full): what is no option; a GStrv
 *
 * Reads the options of a verb; --help prints and ends the program with 0.
 * Returns: %FALSE with %IMP_ERROR_USAGE
 */
gboolean imp_options_parse (int argc, char **argv, const char *usage, const char *summary,
                            const GOptionEntry *entries, char ***rest, GError **error);

/**
 * imp_options_fail: says on standard error in one sentence why a verb failed.
 * Returns: the exit code for @error
 */
int imp_options_fail (const char *verb, const GError *error);

/** imp_options_sentence: what an error of ours means for people, translated, without its detail. */
const char *imp_options_sentence (const GError *error);

/** imp_options_print_json: @object: (transfer full): cJSON, on standard output as one line. */
void imp_options_print_json (cJSON *object);

/** imp_options_fail_usage: likewise for wrong use. */
int imp_options_fail_usage (const char *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
