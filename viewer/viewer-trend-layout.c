/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-trend-layout.h"

#include "disc-date.h"
#include "viewer-decimal.h"

#include <math.h>
#include <string.h>

#define DAY_SECONDS 86400

static gboolean
is_measured (const ViewerLabCell *cell)
{
  return cell->value != NULL &&
         (cell->state == VIEWER_LAB_FINAL || cell->state == VIEWER_LAB_PRELIMINARY ||
          cell->state == VIEWER_LAB_CORRECTED);
}

GArray *
viewer_trend_points (const ViewerLabSheetModel *model, guint row, const char *from)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (ViewerTrendPoint));
  guint n = viewer_lab_sheet_model_n_columns (model);
  gboolean may_join = FALSE;

  for (guint c = 0; c < n; c++)
    {
      const ViewerLabCell *cell = viewer_lab_sheet_model_cell (model, row, c);
      const char *at = viewer_lab_sheet_model_column_at (model, c);
      ViewerTrendPoint point = { .cell = cell };
      const ViewerTrendPoint *last;

      if (cell == NULL || at == NULL || !disc_date_is_valid (at) ||
          disc_date_compare (at, from) < 0)
        continue;
      if (!is_measured (cell))
        {
          may_join = FALSE; /* a sample that gave no result breaks the line */
          continue;
        }
      point.seconds = disc_date_to_seconds (at);
      point.is_text = !viewer_decimal_to_double (cell->value, &point.value);
      last = points->len > 0 ? &g_array_index (points, ViewerTrendPoint, points->len - 1) : NULL;
      point.is_joined = may_join && !point.is_text && last != NULL && !last->is_text &&
                        point.seconds - last->seconds <= VIEWER_TREND_GAP_DAYS * DAY_SECONDS;
      may_join = !point.is_text;
      g_array_append_val (points, point);
    }
  return points;
}

/* 1, 2 or 5 times a power of ten. */
static double
round_step (double rough)
{
  double power = pow (10, floor (log10 (rough)));
  double digit = rough / power;

  if (digit <= 1)
    return power;
  if (digit <= 2)
    return 2 * power;
  return digit <= 5 ? 5 * power : 10 * power;
}

gboolean
viewer_trend_scale (const GArray *points, guint n_ticks, ViewerTrendScale *scale)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < points->len; i++)
    {
      const ViewerTrendPoint *point = &g_array_index (points, ViewerTrendPoint, i);

      if (point->is_text)
        continue;
      low = MIN (low, point->value);
      high = MAX (high, point->value);
    }
  if (low > high)
    return FALSE;
  if (high - low < fabs (high) * 1e-9 || high == low)
    {
      /* One height only: the point stands in the middle. */
      double margin = high != 0 ? fabs (high) * 0.1 : 1;

      low -= margin;
      high += margin;
    }
  scale->step = round_step ((high - low) / MAX (n_ticks, 1));
  scale->low = floor (low / scale->step + 1e-9) * scale->step;
  scale->high = ceil (high / scale->step - 1e-9) * scale->step;
  scale->decimals = (guint) MAX (0, (int) ceil (-log10 (scale->step) - 1e-9));
  return TRUE;
}

double
viewer_trend_y (const ViewerTrendScale *scale, double value)
{
  return (scale->high - value) / (scale->high - scale->low);
}

gboolean
viewer_trend_range (const char *range, double *low, double *high)
{
  static const char *const separators[] = { "-", "～", "〜", "~" };

  if (range == NULL || range[0] == '\0')
    return FALSE;

  /* A range may begin with the sign of a number. */
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      const char *at = strstr (range + 1, separators[i]);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      if (at == NULL)
        continue;
      first = g_strstrip (g_strndup (range, (gsize) (at - range)));
      second = g_strstrip (g_strdup (at + strlen (separators[i])));
      if (viewer_decimal_to_double (first, low) && viewer_decimal_to_double (second, high))
        return *low < *high;
    }
  return FALSE;
}
