import { useState } from "react";
import type { GiftCardView } from "#protocol/till/credit.ts";
import { moneyText } from "../../app/format.ts";
import { ManagerSheet } from "../../app/manager-sheet.tsx";
import { refusalWords, t } from "../../i18n/translate.ts";
import { payOutGiftCard } from "./gift-card-store.ts";

const QUICK_REASONS = ["giftCard.payOut.reason.unwanted", "giftCard.payOut.reason.error"] as const;

/** A manager allows that what lies on an unused card is given back in money. */
export function PayOutSheet({
  card,
  onClose,
}: {
  readonly card: GiftCardView;
  readonly onClose: () => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <ManagerSheet
      title={t("giftCard.payOut")}
      quickReasons={QUICK_REASONS.map((key) => t(key))}
      problem={problem}
      confirm={t("giftCard.payOut.confirm", { amount: moneyText(card.balance) })}
      onAllow={async (word) => {
        const wrong = await payOutGiftCard(card, word);
        setProblem(wrong === null ? null : refusalWords(wrong, { most: moneyText(card.balance) }));
      }}
      onClose={onClose}
    >
      <p className="figures font-bold text-xl">{t("giftCard.left", { amount: moneyText(card.balance) })}</p>
      <p className="text-ink-soft">{t("giftCard.payOut.what")}</p>
    </ManagerSheet>
  );
}
