import { useEffect, useState } from "react";
import type { ScaleReading } from "#protocol/till/counter.ts";
import { t } from "../i18n/translate.ts";
import { weightText } from "./format.ts";
import { client } from "./till.ts";

/** What lies on the scale, while mounted: the scale is asked as long as somebody wants to know. */
export function useScale(): ScaleReading {
  const [reading, setReading] = useState<ScaleReading>({ state: "none" });
  useEffect(() => client.watch("scale", setReading), []);
  return reading;
}

/** What lies on the scale or why it cannot be sold by, in words. */
export function scaleText(reading: ScaleReading): string {
  switch (reading.state) {
    case "stable":
      return t("scale.stable", { weight: weightText(reading.grams) });
    case "none":
      return t("price.weighHint");
    default:
      return t(`scale.${reading.state}`);
  }
}
