/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-patient-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-accessible.h"
#include "viewer-text.h"
#include "viewer-theme.h"

/* Columns and lines at 96 dpi (design.md section 5, "Search box and result row"). */
#define INDENT 26
#define BAR 6
#define GAP 8
#define ROW_HEIGHT 48
#define HEADING_HEIGHT 26
#define MIN_ROWS 4
#define USUAL_BYTES 33 /* eleven characters: narrower than the column of names */

typedef enum
{
  COLUMN_NAME,
  COLUMN_BIRTH,
  COLUMN_ID,
  COLUMN_PLACE,
  N_COLUMNS
} Column;

static const int column_widths[N_COLUMNS] = { 226, 250, 128, 0 };

/* One line of text in a column: the upper one is what people compare, the lower one explains. */
typedef struct
{
  char *text;
  const char *colour;
  double points;
  guint64 marks; /* characters that tell twins apart */
} Line;

typedef struct
{
  Line upper;
  Line lower;
} Cell;

struct _ViewerPatientRow
{
  GtkWidget parent_instance;

  ViewerPatientItem *item;
  ViewerPatientListKind kind;
  gboolean has_usual_height; /* of its kind */
  char *now;
  gboolean is_filled; /* the texts below are made when the row is drawn */
  Cell cells[N_COLUMNS];
  char *heading;
  GPtrArray *chips; /* text; a leading ▲ makes it amber */
};

G_DEFINE_FINAL_TYPE (ViewerPatientRow, viewer_patient_row, GTK_TYPE_WIDGET)

static void
clear (ViewerPatientRow *self)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_clear_pointer (&self->cells[i].upper.text, g_free);
      g_clear_pointer (&self->cells[i].lower.text, g_free);
    }
  g_clear_pointer (&self->heading, g_free);
  g_ptr_array_set_size (self->chips, 0);
  g_clear_pointer (&self->now, g_free);
  g_clear_object (&self->item);
  self->is_filled = FALSE;
}

static void
viewer_patient_row_finalize (GObject *object)
{
  ViewerPatientRow *self = VIEWER_PATIENT_ROW (object);

  clear (self);
  g_ptr_array_unref (self->chips);
  G_OBJECT_CLASS (viewer_patient_row_parent_class)->finalize (object);
}

/* The zoom reaches this widget as the resolution of its text. */
static double
scale_of (GtkWidget *widget)
{
  double dpi = pango_cairo_context_get_resolution (gtk_widget_get_pango_context (widget));

  return dpi > 0 ? dpi / 96 : 1;
}

static void
mark_characters (PangoAttrList *attributes, const Line *line, const GdkRGBA *colour)
{
  const char *at = line->text;

  for (guint i = 0; *at != '\0' && i < 64; i++)
    {
      const char *next = g_utf8_next_char (at);

      if (line->marks & (G_GUINT64_CONSTANT (1) << i))
        {
          PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
          PangoAttribute *under = pango_attr_underline_new (PANGO_UNDERLINE_DOUBLE);
          PangoAttribute *tint = pango_attr_underline_color_new (
            (guint16) (colour->red * 65535), (guint16) (colour->green * 65535),
            (guint16) (colour->blue * 65535));

          bold->start_index = under->start_index = tint->start_index = at - line->text;
          bold->end_index = under->end_index = tint->end_index = next - line->text;
          pango_attr_list_insert (attributes, bold);
          pango_attr_list_insert (attributes, under);
          pango_attr_list_insert (attributes, tint);
        }
      at = next;
    }
}

static PangoLayout *
line_layout (GtkWidget *widget, const Line *line, double width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, line->text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_size_new ((int) (line->points * PANGO_SCALE)));
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (line->marks != 0)
    {
      GdkRGBA colour = viewer_theme_color (widget, "v_warn_line");

      mark_characters (attributes, line, &colour);
    }
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  return layout;
}

static double
line_height (GtkWidget *widget, const Line *line, double width)
{
  double one = line->points * 96 / 72 * 1.3 * scale_of (widget);
  g_autoptr (PangoLayout) layout = NULL;
  int height;

  if (line->text == NULL || *line->text == '\0')
    return 0;
  /* No character is wider than the type is high: most lines need no layout to know they fit. */
  if (width <= 0 ||
      g_utf8_strlen (line->text, -1) * line->points * 96 / 72 * scale_of (widget) <= width)
    return one;
  layout = line_layout (widget, line, width);
  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (one, height);
}

static double
column_width (GtkWidget *widget, Column column, double total)
{
  double scale = scale_of (widget);
  double used = INDENT * scale;

  if (column != COLUMN_PLACE)
    return (column_widths[column] - GAP) * scale;
  for (guint i = 0; i < COLUMN_PLACE; i++)
    used += column_widths[i] * scale;
  return MAX (total - used - GAP, 100 * scale);
}

static double
draw_line (GtkWidget *widget, GtkSnapshot *snapshot, const Line *line, double x, double y,
           double width)
{
  g_autoptr (PangoLayout) layout = NULL;
  GdkRGBA colour;

  if (line->text == NULL || *line->text == '\0')
    return 0;
  layout = line_layout (widget, line, width);
  colour = viewer_theme_color (widget, line->colour);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
  return line_height (widget, line, width);
}

/* Kana above kanji, everything else below what it explains: the smaller line may stand on top. */
static void
draw_cell (ViewerPatientRow *self, GtkSnapshot *snapshot, Column column, double x, double width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const Cell *cell = &self->cells[column];
  double height = line_height (widget, &cell->upper, width) +
                  line_height (widget, &cell->lower, width);
  double y = MAX (2, (gtk_widget_get_height (widget) - height) / 2);

  y += draw_line (widget, snapshot, &cell->upper, x, y, width);
  draw_line (widget, snapshot, &cell->lower, x, y, width);
}

static double
draw_chip (GtkWidget *widget, GtkSnapshot *snapshot, const char *text, double right)
{
  gboolean is_warning = g_str_has_prefix (text, "▲");
  Line line = { (char *) text, is_warning ? "v_warn" : "v_ink2", 9, 0 };
  g_autoptr (PangoLayout) layout = line_layout (widget, &line, 0);
  GdkRGBA frame = viewer_theme_color (widget, is_warning ? "v_warn_line" : "v_ink2");
  GdkRGBA ground = viewer_theme_color (widget, is_warning ? "v_warn_bg" : "v_surface");
  int width, height;
  graphene_rect_t area;
  GskRoundedRect outline;

  pango_layout_get_pixel_size (layout, &width, &height);
  area = GRAPHENE_RECT_INIT ((float) (int) (right - width - 14),
                             (float) ((gtk_widget_get_height (widget) - height - 4) / 2),
                             (float) (width + 12), (float) (height + 4));
  gtk_snapshot_append_color (snapshot, &ground, &area);
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]) { 1, 1, 1, 1 },
                              (GdkRGBA[4]) { frame, frame, frame, frame });
  draw_line (widget, snapshot, &line, area.origin.x + 6, area.origin.y + 2, 0);
  return area.origin.x - 6;
}

static void
set_line (Line *line, char *text, const char *colour, double points, guint64 marks)
{
  g_free (line->text);
  *line = (Line) { text, colour, points, marks };
}

static char *
place_text (const DiscPatientRow *row)
{
  g_autofree char *place = viewer_text_place (row->ward, row->room, row->bed);
  g_autofree char *department = viewer_text_department (row->department);

  if (row->flags & DISC_PATIENT_DISPUTED_ONLY)
    return g_strdup (_ ("No chart: disputed records only"));
  if (row->flags & DISC_PATIENT_ANY_DEATH)
    return g_strdup (viewer_text_death (row->flags));
  if (row->place == DISC_PLACE_IN)
    return g_strdup_printf ("%s　%s", _ ("In-patient"), place);
  if (row->place == DISC_PLACE_LEAVE)
    return g_strdup_printf ("%s　%s", _ ("On leave"), place);
  if (row->place == DISC_PLACE_OUT)
    return g_strdup_printf ("%s　%s", _ ("Out-patient"), department);
  return g_strdup (_ ("place unknown"));
}

static char *
seen_text (const DiscPatientRow *row, const char *now)
{
  gboolean is_in = row->place == DISC_PLACE_IN || row->place == DISC_PLACE_LEAVE;
  g_autofree char *at = viewer_text_short (is_in ? row->place_at : row->last_seen_at, now);
  g_autofree char *department = viewer_text_department (row->department);

  if (*at == '\0')
    return g_strdup (is_in ? department : "");
  if (is_in)
    {
      g_autofree char *as_of = g_strdup_printf (_ ("as of %s"), at);

      return g_strdup_printf ("%s　%s", department, as_of);
    }
  return g_strdup_printf (_ ("last visit %s"), at);
}

static void
fill_person (ViewerPatientRow *self, const DiscPatientRow *row, const char *now)
{
  const ViewerPatientMarks *marks = viewer_patient_item_get_marks (self->item);
  g_autofree char *era = viewer_text_birth (row->birth_date);
  g_autofree char *age = viewer_text_age (row->birth_date, now);
  guint n_same = viewer_patient_item_get_n_same (self->item);
  guint n_records = viewer_patient_item_get_count (self->item);

  set_line (&self->cells[COLUMN_NAME].upper,
            g_strdup (row->kana ? row->kana : _ ("no reading recorded")), "v_ink2", 9.75, 0);
  set_line (&self->cells[COLUMN_NAME].lower,
            g_strdup (row->name ? row->name : _ ("no name recorded")), "v_ink", 14.25,
            marks->name);
  set_line (&self->cells[COLUMN_BIRTH].upper,
            g_strdup (row->birth_date ? row->birth_date : _ ("unknown")), "v_ink", 12,
            marks->birth_date);
  set_line (&self->cells[COLUMN_BIRTH].lower,
            g_strdup_printf ("%s　%s　%s", era, age ? age : _ ("age not certain"),
                             viewer_text_sex (row->sex)),
            "v_ink3", 9, 0);
  set_line (&self->cells[COLUMN_ID].upper, g_strdup (_ ("Patient ID")), "v_ink3", 9, 0);
  set_line (&self->cells[COLUMN_ID].lower, g_strdup (row->id), "v_ink", 12, marks->id);
  set_line (&self->cells[COLUMN_PLACE].upper, place_text (row), "v_ink", 12, 0);
  set_line (&self->cells[COLUMN_PLACE].lower, seen_text (row, now), "v_ink3", 9, 0);

  if (n_same > 1 && !viewer_patient_item_is_in_group (self->item))
    g_ptr_array_add (self->chips, g_strdup_printf (_ ("▲ Same name: %u"), n_same));
  if (row->n_disputed > 0)
    g_ptr_array_add (self->chips, g_strdup_printf (_ ("▲ Patient mismatch: %u"), row->n_disputed));
  if (row->flags & DISC_PATIENT_TEST)
    g_ptr_array_add (self->chips, g_strdup (_ ("▲ Training or test data")));
  if (row->flags & DISC_PATIENT_LOST_CHARACTER)
    g_ptr_array_add (self->chips, g_strdup (_ ("■ = lost character")));
  if (n_records > 0)
    g_ptr_array_add (self->chips,
                     g_strdup_printf (ngettext ("%u record", "%u records", n_records), n_records));
}

static char *
heading_text (ViewerPatientItem *item)
{
  guint n = viewer_patient_item_get_count (item);
  g_autofree char *count = viewer_text_count (n);

  switch (viewer_patient_item_get_kind (item))
    {
    case VIEWER_PATIENT_LIST_SAME_NAME:
      return g_strdup_printf (_ ("▲ Same name: the reading of %s people is the same. "
                                 "What differs is underlined."),
                              count);
    case VIEWER_PATIENT_LIST_MORE:
      return g_strdup_printf (_ ("and %s more people: type more of the name, or the birth date"),
                              count);
    case VIEWER_PATIENT_LIST_WORDS:
      if (viewer_patient_item_is_at_least (item))
        return g_strdup_printf (_ ("In the records of at least %s people these words occur"),
                                count);
      return g_strdup_printf (_ ("In the records of %s people these words occur"), count);
    case VIEWER_PATIENT_LIST_PERSON:
    default:
      return NULL;
    }
}

/* What a screen reader says: the same lines, in the order of the columns. */
static void
tell_accessible (ViewerPatientRow *self)
{
  g_autoptr (GString) text = g_string_new (self->heading);

  for (guint i = 0; self->heading == NULL && i < N_COLUMNS; i++)
    g_string_append_printf (text, "%s %s ",
                            self->cells[i].upper.text ? self->cells[i].upper.text : "",
                            self->cells[i].lower.text ? self->cells[i].lower.text : "");
  for (guint i = 0; i < self->chips->len; i++)
    g_string_append_printf (text, "%s ", (char *) g_ptr_array_index (self->chips, i));
  viewer_accessible_name (GTK_WIDGET (self), text->str);
}

static void
ensure_filled (ViewerPatientRow *self)
{
  const DiscPatientRow *row = viewer_patient_item_get_row (self->item);

  if (self->is_filled)
    return;
  self->is_filled = TRUE;
  if (row != NULL)
    fill_person (self, row, self->now);
  else
    self->heading = heading_text (self->item);
  tell_accessible (self);
}

/* Most rows need no text to know their height: a full date and a name of usual length. */
static gboolean
is_usual (const DiscPatientRow *row)
{
  return row->birth_date != NULL && strlen (row->birth_date) == 10 && row->name != NULL &&
         strlen (row->name) <= USUAL_BYTES && row->kana != NULL &&
         strlen (row->kana) <= USUAL_BYTES;
}

static void
viewer_patient_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  ViewerPatientRow *self = VIEWER_PATIENT_ROW (widget);
  double scale = scale_of (widget);
  const DiscPatientRow *row = self->item ? viewer_patient_item_get_row (self->item) : NULL;
  double usual = row ? ROW_HEIGHT * scale : HEADING_HEIGHT * scale;
  double height = usual;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = (int) (INDENT * scale);
      return;
    }
  if (row != NULL && !is_usual (row))
    ensure_filled (self);
  for (guint i = 0; row != NULL && self->is_filled && i < N_COLUMNS; i++)
    {
      double width = column_width (widget, i, for_size > 0 ? for_size : 1000 * scale);

      height = MAX (height, line_height (widget, &self->cells[i].upper, width) +
                              line_height (widget, &self->cells[i].lower, width) + 4 * scale);
    }
  self->has_usual_height = self->has_usual_height && height <= usual;
  *minimum = *natural = (int) height;
}

static void
viewer_patient_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerPatientRow *self = VIEWER_PATIENT_ROW (widget);
  double scale = scale_of (widget);
  double total = gtk_widget_get_width (widget);
  double x = INDENT * scale, right = total - 4;

  if (self->item == NULL)
    return;
  ensure_filled (self);
  if (viewer_patient_item_is_in_group (self->item) ||
      viewer_patient_item_get_kind (self->item) == VIEWER_PATIENT_LIST_SAME_NAME)
    {
      GdkRGBA bar = viewer_theme_color (widget, "v_warn_line");

      gtk_snapshot_append_color (snapshot, &bar,
                                 &GRAPHENE_RECT_INIT (0, 0, (float) (BAR * scale),
                                                      (float) gtk_widget_get_height (widget)));
    }
  if (self->heading != NULL)
    {
      gboolean is_same =
        viewer_patient_item_get_kind (self->item) == VIEWER_PATIENT_LIST_SAME_NAME;
      Line line = { self->heading, is_same ? "v_warn" : "v_ink2", 9.75, 0 };
      double y = (gtk_widget_get_height (widget) - line_height (widget, &line, 0)) / 2;

      draw_line (widget, snapshot, &line, 16 * scale, y, 0);
      return;
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      draw_cell (self, snapshot, i, x, column_width (widget, i, total));
      x += column_widths[i] * scale;
    }
  for (guint i = 0; i < self->chips->len; i++)
    right = draw_chip (widget, snapshot, g_ptr_array_index (self->chips, i), right);
}

static GtkSizeRequestMode
viewer_patient_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
viewer_patient_row_class_init (ViewerPatientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_patient_row_finalize;
  widget_class->get_request_mode = viewer_patient_row_get_request_mode;
  widget_class->measure = viewer_patient_row_measure;
  widget_class->snapshot = viewer_patient_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "patientrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
viewer_patient_row_init (ViewerPatientRow *self)
{
  self->chips = g_ptr_array_new_with_free_func (g_free);
}

GtkWidget *
viewer_patient_row_new (void)
{
  return g_object_new (VIEWER_TYPE_PATIENT_ROW, NULL);
}

guint
viewer_patient_row_n_in (GtkWidget *widget, int height)
{
  double least =
      (HEADING_HEIGHT + 2 * ROW_HEIGHT) / 3.0 * scale_of (widget); /* two people below each */

  return (guint) MAX (height / least, MIN_ROWS) + 2;
}

static const char *
class_of (ViewerPatientListKind kind)
{
  switch (kind)
    {
    case VIEWER_PATIENT_LIST_SAME_NAME:
      return "heading";
    case VIEWER_PATIENT_LIST_MORE:
    case VIEWER_PATIENT_LIST_WORDS:
      return "words";
    case VIEWER_PATIENT_LIST_PERSON:
    default:
      return NULL;
    }
}

static void
set_kind (ViewerPatientRow *self, ViewerPatientListKind kind)
{
  const char *before = class_of (self->kind), *after = class_of (kind);

  self->kind = kind;
  if (before != NULL && g_strcmp0 (before, after) != 0)
    gtk_widget_remove_css_class (GTK_WIDGET (self), before);
  if (after != NULL && g_strcmp0 (before, after) != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), after);
}

/* Most rows get the height they had: then nothing needs to be measured. */
void
viewer_patient_row_set_item (ViewerPatientRow *self, ViewerPatientItem *item, const char *now)
{
  ViewerPatientListKind kind = item ? viewer_patient_item_get_kind (item)
                                    : VIEWER_PATIENT_LIST_PERSON;
  const DiscPatientRow *row = item ? viewer_patient_item_get_row (item) : NULL;
  gboolean has_usual_height = item != NULL && (row == NULL || is_usual (row));
  gboolean is_as_high = self->has_usual_height && has_usual_height && kind == self->kind;

  clear (self);
  set_kind (self, kind);
  self->has_usual_height = has_usual_height;
  if (item != NULL)
    {
      self->item = g_object_ref (item);
      self->now = g_strdup (now);
    }
  if (is_as_high)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}
