/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-open-problem.h"

#include <glib/gi18n.h>

#include "disc-error.h"
#include "viewer-error.h"

/* What, and what to do (design.md section 5, "Empty and error texts"). */
static const char *
sentence_for_disc (int code)
{
  switch ((DiscError) code)
    {
    case DISC_ERROR_NOT_A_DISC:
      return _ ("There is no emergency disc in this folder. "
                "Check the drive, then choose the folder that holds the disc's files.");
    case DISC_ERROR_TOO_NEW:
      return _ ("This disc was made by a newer version of this program. "
                "Use the viewer that lies on the disc.");
    case DISC_ERROR_CORRUPT:
      return _ ("This disc is damaged. Try its USB copy or an older disc.");
    case DISC_ERROR_TRUNCATED:
      return _ ("This disc ends early: it was not burnt or copied to its end. "
                "Try its USB copy or an older disc.");
    case DISC_ERROR_ALTERED:
      return _ ("This disc was altered after it was signed. Do not use it; keep it as evidence, "
                "and take an older disc.");
    case DISC_ERROR_FOREIGN:
      return _ ("A piece of another disc stands on this one. Do not use it; keep it as evidence, "
                "and take an older disc.");
    case DISC_ERROR_SWAPPED:
      return _ ("Pieces of this disc stand in each other's place. Do not use it; keep it as "
                "evidence, and take an older disc.");
    case DISC_ERROR_SIGNER:
      return _ ("This disc was not signed by a hospital that this laptop trusts. Compare its "
                "fingerprint with the sheet in the safe; if it is not the same, do not use the "
                "disc.");
    case DISC_ERROR_VOLUME:
      return _ ("This is not the first volume of its disc. Insert volume 1 and start from it; the "
                "others are needed only for source messages.");
    case DISC_ERROR_ELSEWHERE:
      return _ ("The disc is not in the drive any more. Insert it again.");
    case DISC_ERROR_PASSPHRASE:
    case DISC_ERROR_LOCKED:
      return _ ("That does not open this disc. Try again, or take the emergency key from the "
                "envelope.");
    case DISC_ERROR_IO:
    case DISC_ERROR_NO_SPACE:
    case DISC_ERROR_EXISTS:
    case DISC_ERROR_LIMIT:
    case DISC_ERROR_SQL:
    default:
      return _ ("This disc could not be read. Clean it or try its USB copy or another drive.");
    }
}

const char *
viewer_open_problem_sentence (const GError *error)
{
  if (g_error_matches (error, VIEWER_ERROR, VIEWER_ERROR_TRUST))
    return _ ("The list of trusted hospitals on this laptop cannot be read or written. "
              "The disc itself may be in order: call the IT officer, or use another laptop.");
  if (g_error_matches (error, VIEWER_ERROR, VIEWER_ERROR_STORE))
    return _ ("The store of this laptop cannot be read. Use a disc or its USB copy, and tell the IT "
              "officer.");
  if (g_error_matches (error, VIEWER_ERROR, VIEWER_ERROR_PASSPHRASE_FILE))
    return _ ("The file named holds no passphrase. Enter it here.");
  return sentence_for_disc (error->domain == DISC_ERROR ? error->code : DISC_ERROR_IO);
}
