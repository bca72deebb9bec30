/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

/* Rows of spec fhir.md 3.1, and what goes wrong of section 9. */
static const FhirMapCase patients[] = {
  { "all of him",
    "{\"resourceType\":\"Patient\",\"active\":true,\"identifier\":[{\"system\":\"urn:oid:1\","
    "\"value\":\"００12\"},"
    "{\"use\":\"old\",\"value\":\"9\"}],\"name\":[{\"use\":\"official\",\"text\":\"髙橋　花子\","
    "\"extension\":"
    "[{\"url\":\"http://hl7.org/fhir/StructureDefinition/"
    "iso21090-EN-representation\",\"valueCode\":\"IDE\"}]},"
    "{\"text\":\"タカハシ　ハナコ\"},{\"use\":\"maiden\",\"text\":\"旧姓　花子\"}],\"gender\":"
    "\"female\","
    "\"birthDate\":\"1948-04\",\"address\":[{\"text\":\"東京都\",\"postalCode\":\"100-0001\"},{"
    "\"use\":\"old\","
    "\"text\":\"大阪\"}],\"telecom\":[{\"system\":\"phone\",\"value\":\"03-1\"},{\"system\":"
    "\"email\","
    "\"value\":\"a@b\"}],\"communication\":[{\"language\":{\"text\":\"日本語\"}}]}",
    "demographics active live\n- "
    "name=髙橋　花子\nkana=タカハシ　ハナコ\nother_name=旧姓　花子（maiden）\n"
    "birth_date=1948-04\nsex=F\nid=００12\nid_root=urn:oid:1\ncomment=旧番号：9\naddress="
    "東京都\npostal_code=100-0001\n"
    "comment=旧住所：大阪\nphone=03-1\ncomment=email：a@b\nlanguage=日本語\nage kept\n" },
  /* Nothing is made up. */
  { "nothing said", "{\"resourceType\":\"Patient\"}",
    "demographics active live\nage kept\n~sex\n~birth_date\n~name\n~phone\n" },
  { "gender of no list", "{\"resourceType\":\"Patient\",\"gender\":\"m\"}",
    "comment=性別：m\n~sex\n" },
  { "birth date that is kept back",
    "{\"resourceType\":\"Patient\",\"_birthDate\":{\"extension\":[{\"url\":"
    "\"http://hl7.org/fhir/StructureDefinition/data-absent-reason\",\"valueCode\":\"masked\"}]}}",
    "comment=生年月日：非開示\n~birth_date\n" },
  { "dead", "{\"resourceType\":\"Patient\",\"deceasedDateTime\":\"2025-11\"}",
    "warning=deceased\ncomment=死亡：2025-11\n" },
  { "not dead", "{\"resourceType\":\"Patient\",\"deceasedBoolean\":false}",
    "demographics active live\n~warning\n" },
  { "second of twins", "{\"resourceType\":\"Patient\",\"multipleBirthInteger\":2}",
    "warning=multiple-birth\ncomment=多胎：2\n" },
  { "address in parts",
    "{\"resourceType\":\"Patient\",\"address\":[{\"line\":[\"1-2-3\",\"A棟\"],\"city\":\"横浜市\","
    "\"state\":\"14\"}]}",
    "address=14 横浜市 1-2-3 A棟\n" },
  { "contact",
    "{\"resourceType\":\"Patient\",\"contact\":[{\"relationship\":[{\"text\":\"妻\"}],\"name\":{"
    "\"text\":\"花\"},"
    "\"telecom\":[{\"value\":\"090\"}]}]}",
    "contact active live\n- name=花\nrelation=妻\nphone=090\n" },
  { "a number that was joined",
    "{\"resourceType\":\"Patient\",\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":"
    "\"Patient/2\"}}]}",
    "comment=番号統合（replaced-by）：Patient/2\n" },
};

static const FhirMapCase coverages[] = {
  { "insurance",
    "{\"resourceType\":\"Coverage\",\"status\":\"active\",\"type\":{\"text\":\"国保\"},"
    "\"subscriberId\":\"123\","
    "\"payor\":[{\"display\":\"ある市\"}],\"period\":{\"start\":\"2020-04-01\"},\"extension\":[{"
    "\"url\":"
    "\"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSymbol\","
    "\"valueString\":\"ア\"}]}",
    "coverage active live\nat=2020-04-01\n- "
    "name=国保\nvalue=123\ncomment=記号：ア\ncustodian=ある市\n"
    "start=2020-04-01\nstatus=active\nage kept\n" },
  { "枝番 as extension and as element, the same",
    "{\"resourceType\":\"Coverage\",\"status\":\"active\",\"dependent\":\"01\",\"extension\":[{"
    "\"url\":\"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
    "JP_Coverage_InsuredPersonSubNumber\",\"valueString\":\"01\"}]}",
    "coverage active live\n- comment=枝番：01\nstatus=active\n" },
  { "枝番 as extension and as element, two",
    "{\"resourceType\":\"Coverage\",\"status\":\"active\",\"dependent\":\"02\",\"extension\":[{"
    "\"url\":\"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
    "JP_Coverage_InsuredPersonSubNumber\",\"valueString\":\"01\"}]}",
    "coverage active live\n- comment=枝番：01\ncomment=枝番：02\nstatus=active\n" },
  { "ended", "{\"resourceType\":\"Coverage\",\"status\":\"cancelled\"}",
    "coverage cancelled dead\n" },
};

static const FhirMapCase relatives[] = {
  { "key person",
    "{\"resourceType\":\"RelatedPerson\",\"active\":false,\"name\":[{\"text\":\"次郎\"}],"
    "\"relationship\":[{\"text\":\"長男\"}]}",
    "contact completed live\nwarning=inactive\n- name=次郎\nrelation=長男\nage kept\n" },
};

static void
test_patient (void)
{
  fhir_map_check_cases (imp_fhir_map_patient, patients, G_N_ELEMENTS (patients));
}

static void
test_coverage (void)
{
  fhir_map_check_cases (imp_fhir_map_coverage, coverages, G_N_ELEMENTS (coverages));
}

static void
test_related_person (void)
{
  fhir_map_check_cases (imp_fhir_map_related_person, relatives, G_N_ELEMENTS (relatives));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-map-person/Patient: spec 3.1", test_patient);
  g_test_add_func ("/imp-fhir-map-person/Coverage: spec 3.7", test_coverage);
  g_test_add_func ("/imp-fhir-map-person/RelatedPerson: spec 3.7", test_related_person);
  return g_test_run ();
}
