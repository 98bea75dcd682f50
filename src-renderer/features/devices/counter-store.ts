import type { CounterSetup } from "#protocol/till/counter.ts";
import { askApproved } from "../../app/approve.tsx";
import { tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** Sets a part of the counter up; answers whether it was. */
export async function setUpCounter(
  part: Partial<CounterSetup>,
  device: "scanner" | "scale" | "pole" | "camera",
): Promise<boolean> {
  const answer = await askApproved("setUpCounter", part, { what: t(`counter.allow.${device}`) });
  if (answer?.ok !== true) return false;
  tell("done", t("counter.saved"));
  return true;
}
