import { create } from "zustand";
import type { Money } from "#domain/money/money.ts";
import type { GiftCardView } from "#protocol/till/credit.ts";
import { moneyText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import type { ManagersWord } from "../../app/manager-sheet.tsx";
import { closeOverlay } from "../../app/overlay.ts";
import { onceInTurn, pressedOnce } from "../../app/pressed-once.ts";
import { startNewSale } from "../../app/register.ts";
import { ask, client, tell } from "../../app/till.ts";
import { whyUnanswered } from "../../app/till-client.ts";
import { t } from "../../i18n/translate.ts";

interface GiftCardEntry {
  /** The code as it was typed so far. */
  readonly typed: string;
  /** The card that is sold or loaded; null: not chosen yet. */
  readonly card: GiftCardView | null;
}

const FRESH: GiftCardEntry = { typed: "", card: null };

/** The gift card on the counter. */
export const useGiftCard = create<GiftCardEntry>(() => FRESH);

export function beginGiftCard(): void {
  useGiftCard.setState(FRESH);
}

export function typeGiftCard(typed: string): void {
  useGiftCard.setState({ typed });
}

/** Looks a card up that was scanned or typed; null: one that the till will make. */
export function lookAtGiftCard(code: string | null): Promise<void> {
  return inTurn(async () => {
    useGiftCard.setState({ typed: code ?? "", card: null });
    const answer = await ask("giftCard", { code });
    if (answer?.ok === true) useGiftCard.setState({ card: answer.value });
  });
}

/** Gives back in money what lies on an unused card. Answers what was wrong with it; null: it is done. */
export async function payOutGiftCard({ code }: GiftCardView, word: ManagersWord): Promise<string | null> {
  if (code === null) return "creditUnknown";
  return pressedOnce("payOutGiftCard", code, async () => {
    try {
      const answer = await client.call("payOutGiftCard", { code, ...word });
      if (!answer.ok) return answer.reason;
      closeOverlay();
      tell("done", t("giftCard.payOut.done", { amount: moneyText(answer.value.amount) }));
      return null;
    } catch (error) {
      return whyUnanswered(error);
    }
  });
}

/** Puts that much for the card into the basket; pressed once more before it is there, it is there once. */
export async function sellGiftCard(amount: Money): Promise<void> {
  const { card } = useGiftCard.getState();
  if (card === null) return;
  const args = { code: card.code, amount };
  await onceInTurn("sellGiftCard", args, async () => {
    const answer = await ask("sellGiftCard", args, { most: moneyText(card.most) });
    if (answer?.ok !== true) return;
    startNewSale();
    closeOverlay();
    tell("done", t("giftCard.inBasket", { amount: moneyText(amount) }));
  });
}
