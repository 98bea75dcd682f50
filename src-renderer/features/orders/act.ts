import type { OrderCard } from "#protocol/till/orders.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { keepCard } from "./orders-store.ts";

type SimpleVerb = "acceptOrder" | "startPicking" | "stopPicking" | "restockOrder";

/** Does one act on an order, after whatever was begun before; a refusal is put into words. Gives the order after it, null when nothing happened. */
export function actOnCard(verb: SimpleVerb, card: OrderCard): Promise<OrderCard | null> {
  return inTurn(async () => {
    const answer = await ask(verb, { fulfilment: card.id });
    if (answer?.ok !== true) return null;
    keepCard(answer.value);
    return answer.value;
  });
}

/** A colleague who began is not there any more: the claim is taken back, and picking begins anew in these hands. */
export async function takeOver(card: OrderCard): Promise<void> {
  if ((await actOnCard("stopPicking", card)) !== null) await actOnCard("startPicking", card);
}

export async function restock(card: OrderCard): Promise<void> {
  const done = await actOnCard("restockOrder", card);
  if (done === null) return;
  playTone("done");
  tell("done", t("orders.restock.done", { number: card.number }));
}

export function decline(card: OrderCard, reason: string): Promise<boolean> {
  return inTurn(async () => {
    const answer = await ask("declineOrder", { fulfilment: card.id, reason });
    if (answer?.ok !== true) return false;
    keepCard(answer.value);
    tell("done", t("orders.declined", { number: card.number }));
    return true;
  });
}

export async function printSlip(card: OrderCard): Promise<void> {
  const answer = await ask("printPickSlip", { fulfilment: card.id });
  if (answer?.ok === true) tell("done", t("orders.slipPrinted"));
}
