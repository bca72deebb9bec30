/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-slice.h"

const char *
imp_slice_state_sentence (ImpSliceState state)
{
  static const char *const sentences[] = {
    [IMP_SLICE_WHOLE] = "whole",
    [IMP_SLICE_CUT_OFF] = "ends early",
    [IMP_SLICE_STRAY] = "not JSON",
    [IMP_SLICE_TOO_LARGE] = "larger than the ceiling for one entry",
    [IMP_SLICE_TOO_LONG] = "holds a string beyond the ceiling",
    [IMP_SLICE_TOO_DEEP] = "nested too deep",
    [IMP_SLICE_TOO_MANY] = "holds too many values",
  };

  return sentences[state];
}
