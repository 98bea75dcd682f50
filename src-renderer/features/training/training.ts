import { askApproved } from "../../app/approve.tsx";
import { closeOverlay } from "../../app/overlay.ts";
import { ask, tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** Puts the till to practise on in front, with a manager's word where whoever works here may not. */
export async function startTraining(): Promise<void> {
  const answer = await askApproved("startTraining", {}, { what: t("training.allow") });
  if (answer?.ok === true) closeOverlay();
}

export async function endTraining(): Promise<void> {
  const answer = await ask("endTraining", {});
  if (answer === null) return;
  closeOverlay();
  tell("done", t("training.ended"));
}
