/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "fhir-map-fixture.h"

/* Device, DeviceUseStatement: spec fhir.md 3.7, 5.2. Every sample is invented. */

static void
test_device (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      "{\"resourceType\":\"Device\",\"status\":\"active\",\"identifier\":[{\"value\":\"D-1\"}],"
      "\"deviceName\":[{\"name\":\"ペースメーカX\",\"type\":\"user-friendly-name\"},{\"name\":"
      "\"PMX\"}],"
      "\"type\":{\"text\":\"植込み型ペースメーカ\",\"coding\":[{\"code\":\"P1\"}]},"
      "\"manufacturer\":\"会社\","
      "\"modelNumber\":\"M-7\",\"serialNumber\":\"007\",\"lotNumber\":\"L1\",\"expirationDate\":"
      "\"2030-01\",\"manufactureDate\":\"2020-01-05\",\"distinctIdentifier\":\"DI\",\"udiCarrier\":"
      "[{\"deviceIdentifier\":\"0123\",\"carrierHRF\":\"(01)0123\"}],\"safety\":[{\"text\":"
      "\"MRI条件付き\"}],"
      "\"property\":[{\"type\":{\"text\":\"電極\"},\"valueQuantity\":[{\"value\":2,\"unit\":\"本\"}"
      "]}],"
      "\"note\":[{\"text\":\"2020年植込み\"}]}",
      "device active live\n title=ペースメーカX\n order_no=D-1\n status=active\n "
      "name=ペースメーカX\n"
      "kind=植込み型ペースメーカ\n code=P1\n other_name=PMX\n lot=L1\n comment=製造：会社\n"
      "comment=型番：M-7\n comment=シリアル番号：007\n comment=個体識別番号：DI\n"
      "comment=製造日：2020-01-05\n comment=使用期限：2030-01\n comment=UDI：0123\n"
      "comment=UDI表記：(01)0123\n comment=安全性：MRI条件付き\n comment=電極：2 本\n"
      "comment=2020年植込み\n age kept" },
    { "a type alone", "{\"resourceType\":\"Device\",\"type\":{\"text\":\"人工弁\"}}",
      "device active live\n title=人工弁\n name=人工弁\n age kept\n ~warning\n ~finding" },
    { "the name of R5",
      "{\"resourceType\":\"Device\",\"name\":[{\"value\":\"ステントY\"}],\"type\":[{\"text\":"
      "\"ステント\"}]}",
      "title=ステントY\n name=ステントY\n kind=ステント" },
    { "no longer in use",
      "{\"resourceType\":\"Device\",\"status\":\"inactive\",\"type\":{\"text\":\"人工弁\"}}",
      "device completed live\n age kept" },
    { "error",
      "{\"resourceType\":\"Device\",\"status\":\"entered-in-error\",\"type\":{\"text\":\"人工弁\"}"
      "}",
      "device entered-in-error dead" },
  };

  fhir_map_check_cases (imp_fhir_map_device, cases, G_N_ELEMENTS (cases));
}

static void
test_use (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      "{\"resourceType\":\"DeviceUseStatement\",\"status\":\"active\",\"contained\":[{"
      "\"resourceType\":"
      "\"Device\",\"id\":\"d\",\"deviceName\":[{\"name\":\"クリップZ\"}],\"safety\":[{\"text\":"
      "\"MRI不可\"}]}],\"device\":{\"reference\":\"#d\"},\"timingPeriod\":{\"start\":\"2001-02-"
      "03\"},"
      "\"bodySite\":{\"text\":\"左中大脳動脈\"},\"reasonCode\":[{\"text\":\"脳動脈瘤\"}],"
      "\"recordedOn\":"
      "\"2020-01-01\",\"source\":{\"display\":\"本人\"}}",
      "device active live\n at=2001-02-03\n title=クリップZ\n status=active\n name=クリップZ\n"
      "comment=安全性：MRI不可\n start=2001-02-03\n site=左中大脳動脈\n "
      "comment=記録日：2020-01-01\n"
      "comment=情報源：本人\n reason=脳動脈瘤\n age kept\n ~end" },
    { "a display alone",
      "{\"resourceType\":\"DeviceUseStatement\",\"status\":\"intended\",\"device\":{\"display\":"
      "\"埋込型除細動器\"}}",
      "device planned live\n warning=not-done-yet\n name=埋込型除細動器\n ~finding" },
    { "leads nowhere",
      "{\"resourceType\":\"DeviceUseStatement\",\"status\":\"active\",\"device\":{\"reference\":"
      "\"Device/1\",\"display\":\"人工弁\"}}",
      "name=人工弁\n"
      "finding unresolved-reference: DeviceUseStatement.device leads nowhere" },
    { "R5",
      "{\"resourceType\":\"DeviceUsage\",\"status\":\"active\",\"device\":{\"concept\":{\"text\":"
      "\"人工内耳\"}},\"timingDateTime\":\"2010-01-01\"}",
      "at=2010-01-01\n title=人工内耳\n name=人工内耳" },
    { "stopped",
      "{\"resourceType\":\"DeviceUseStatement\",\"status\":\"stopped\",\"device\":{\"display\":"
      "\"気管カニューレ\"}}",
      "device stopped dead\n age kept" },
  };

  fhir_map_check_cases (imp_fhir_map_device_use, cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imp-fhir-map-device/device", test_device);
  g_test_add_func ("/imp-fhir-map-device/use", test_use);

  return g_test_run ();
}
