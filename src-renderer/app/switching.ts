import type { VerbAnswer } from "#protocol/till/contract.ts";
import { refusalWords, t } from "../i18n/translate.ts";
import { isBusyNow } from "./awake.ts";
import { client, tell } from "./till.ts";
import { whyUnanswered } from "./till-client.ts";
import { waitText } from "./wait-text.ts";

/** Whoever holds a badge to the scanner takes over; what the one before had rung up waits for them. Not while money is under way. */
export async function switchBy(badge: string): Promise<void> {
  if (isBusyNow()) return tell("refusal", t("switch.busy"));
  try {
    const answer = await client.call("signIn", { badge });
    if (!answer.ok) tell("refusal", whyNot(answer));
  } catch (error) {
    tell("refusal", refusalWords(whyUnanswered(error)));
  }
}

function whyNot({ reason, waitMs }: Extract<VerbAnswer<"signIn">, { readonly ok: false }>): string {
  if (reason !== "throttled") return t(`lock.refused.${reason}`);
  return `${t("lock.badgesThrottled")} ${t("lock.waitLeft", { wait: waitText(waitMs) })}`;
}
