/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

/* Rows of spec fhir.md 3.2. */
static const FhirMapCase encounters[] = {
  { "a stay",
    "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{\"code\":\"IMP\"},"
    "\"period\":"
    "{\"start\":\"2025-04-01T10:00:00+09:00\"},\"serviceType\":{\"text\":\"内科\"},\"participant\":"
    "[{\"type\":"
    "[{\"coding\":[{\"code\":\"ATND\"}]}],\"individual\":{\"display\":\"医師　一郎\"}},{\"type\":[{"
    "\"text\":"
    "\"紹介\"}],\"individual\":{\"display\":\"別の医師\"}}],\"hospitalization\":{\"admitSource\":{"
    "\"text\":"
    "\"救急車\"}},\"reasonCode\":[{\"text\":\"発熱\"}]}",
    "encounter active live\nat=2025-04-01T10:00:00+09:00\ndepartment=内科\n- "
    "event=入院（in-progress）\n"
    "event_code=IMP\ndoctor=医師　一郎\ncomment=紹介：別の医師\nstart=2025-04-01T10:00:00+09:00\n"
    "comment=入院経路：救急車\nreason=発熱\nstatus=in-progress\nage "
    "kept\nclinical_at=2025-04-01T10:00:00\n" },
  { "discharged",
    "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"code\":\"IMP\"},"
    "\"period\":{\"start\":"
    "\"2025-04-01\",\"end\":\"2025-04-09\"},\"hospitalization\":{\"dischargeDisposition\":{"
    "\"coding\":[{\"code\":"
    "\"exp\",\"display\":\"Expired\"}]}}}",
    "encounter completed live\n- event=入院（finished）\nend=2025-04-09\ndisposition=Expired\n"
    "disposition_code=exp\nage dated\nreaches_to=2025-04-09\n" },
  { "planned",
    "{\"resourceType\":\"Encounter\",\"status\":\"planned\",\"class\":{\"code\":\"IMP\"}}",
    "encounter planned live\nwarning=planned\nage dated\n" },
  { "class of no list",
    "{\"resourceType\":\"Encounter\",\"status\":\"finished\",\"class\":{\"code\":\"checkup\","
    "\"display\":\"健診\"}}",
    "- event=健診（finished）\nevent_code=checkup\n" },
  { "R5",
    "{\"resourceType\":\"Encounter\",\"status\":\"discontinued\",\"class\":[{\"coding\":[{\"code\":"
    "\"AMB\"}]}],"
    "\"actualPeriod\":{\"start\":\"2025-04-01\"},\"reason\":[{\"value\":[{\"concept\":{\"text\":"
    "\"咳\"}}]}]}",
    "encounter cancelled dead\nat=2025-04-01\n- event=外来（discontinued）\nreason=咳\n" },
  { "no status", "{\"resourceType\":\"Encounter\",\"class\":{\"code\":\"AMB\"}}",
    "encounter unknown live\nwarning=status-unknown\n- event=外来\nfinding not-understood: "
    "Encounter.status is missing\n" },
};

static void
test_encounter (void)
{
  fhir_map_check_cases (imp_fhir_map_encounter, encounters, G_N_ELEMENTS (encounters));
}

/* From the bed to the ward; the one that is not over. */
static void
test_places (void)
{
  static const char others[] =
      "[{\"resourceType\":\"Location\",\"id\":\"b\",\"name\":\"3\",\"physicalType\":{\"coding\":[{"
      "\"code\":\"bd\"}]},"
      "\"partOf\":{\"reference\":\"Location/"
      "r\"}},{\"resourceType\":\"Location\",\"id\":\"r\",\"name\":\"512\","
      "\"physicalType\":{\"coding\":[{\"code\":\"ro\"}]},\"partOf\":{\"reference\":\"Location/"
      "w\"}},"
      "{\"resourceType\":\"Location\",\"id\":\"w\",\"name\":\"５東\",\"physicalType\":{\"coding\":["
      "{\"code\":\"wa\"}]},"
      "\"partOf\":{\"reference\":\"Location/b\"}},"
      "{\"resourceType\":\"Encounter\",\"id\":\"stay\",\"class\":{\"code\":\"IMP\"}},"
      "{\"resourceType\":\"Encounter\",\"id\":\"er\",\"class\":{\"code\":\"EMER\"}}]";
  g_autofree char *bed =
      fhir_map_dump (imp_fhir_map_encounter,
                     "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{"
                     "\"code\":\"IMP\"},\"location\":["
                     "{\"location\":{\"display\":\"ICU\"},\"status\":\"completed\",\"period\":{"
                     "\"end\":\"2025-04-02\"}},"
                     "{\"location\":{\"reference\":\"Location/b\"},\"status\":\"active\"}]}",
                     others, NULL);
  g_autofree char *reserved =
      fhir_map_dump (imp_fhir_map_encounter,
                     "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{"
                     "\"code\":\"IMP\"},\"location\":[{\"location\":{\"display\":\"６西\"},"
                     "\"status\":\"reserved\"}]}",
                     others, NULL);
  g_autofree char *left =
      fhir_map_dump (imp_fhir_map_encounter,
                     "{\"resourceType\":\"Encounter\",\"status\":\"in-progress\",\"class\":{"
                     "\"code\":\"IMP\"},\"location\":[{\"location\":{\"display\":\"５東\"},"
                     "\"status\":\"completed\",\"period\":{\"end\":\"2025-04-05\"}}]}",
                     others, NULL);
  g_autofree char *lost = fhir_map_dump (imp_fhir_map_encounter,
                                         "{\"resourceType\":\"Encounter\",\"status\":\"in-"
                                         "progress\",\"location\":[{\"location\":{\"reference\":"
                                         "\"Location/none\",\"display\":\"６西\"}}]}",
                                         others, NULL);
  g_autofree char *part = fhir_map_dump (imp_fhir_map_encounter,
                                         "{\"resourceType\":\"Encounter\",\"status\":\"finished\","
                                         "\"partOf\":{\"reference\":\"Encounter/stay\"}}",
                                         others, NULL);
  g_autofree char *after = fhir_map_dump (imp_fhir_map_encounter,
                                          "{\"resourceType\":\"Encounter\",\"status\":\"finished\","
                                          "\"partOf\":{\"reference\":\"Encounter/er\"}}",
                                          others, NULL);

  fhir_map_expect (bed, "bed=3\nroom=512\nward=５東\nfrom=ICU  – 2025-04-02 completed\n");
  /* Where a bed is only kept for him, or that he has left, he is not. */
  fhir_map_expect (reserved, "from=６西 reserved\n~ward=６西\n");
  fhir_map_expect (left, "from=５東  – 2025-04-05 completed\n~ward=５東\n");
  fhir_map_expect (lost,
                   "ward=６西\nfinding unresolved-reference: Encounter.location leads nowhere\n");
  fhir_map_expect (part, "warning=part-of-stay\n");
  fhir_map_expect (after, "comment=別の受診に含まれる\n~warning=part-of-stay\n");
}

static const FhirMapCase appointments[] = {
  { "booked",
    "{\"resourceType\":\"Appointment\",\"status\":\"booked\",\"description\":\"再診\",\"start\":"
    "\"2025-12-01T09:00:00Z\","
    "\"end\":\"2025-12-01T09:10:00Z\",\"participant\":[{\"actor\":{\"reference\":\"Patient/"
    "1\"}},{\"actor\":"
    "{\"display\":\"医師　一郎\"}}],\"comment\":\"採血あり\"}",
    "appointment active live\nat=2025-12-01T09:00:00Z\ntitle=再診\n- start=2025-12-01T09:00:00Z\n"
    "end=2025-12-01T09:10:00Z\nby=医師　一郎\nstatus=booked\ncomment=採血あり\n"
    "clinical_at=2025-12-01T18:00:00\nreaches_to=2025-12-01T18:10:00\n" },
  { "did not come", "{\"resourceType\":\"Appointment\",\"status\":\"noshow\"}",
    "appointment cancelled dead\n" },
};

static void
test_appointment (void)
{
  fhir_map_check_cases (imp_fhir_map_appointment, appointments, G_N_ELEMENTS (appointments));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-map-visit/Encounter: spec 3.2", test_encounter);
  g_test_add_func ("/imp-fhir-map-visit/places: spec 3.2", test_places);
  g_test_add_func ("/imp-fhir-map-visit/Appointment: spec 3.7", test_appointment);
  return g_test_run ();
}
