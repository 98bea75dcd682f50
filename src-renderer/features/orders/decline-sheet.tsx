import { type FormEvent, useState } from "react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { ReasonChoice } from "../../app/reason-choice.tsx";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { decline } from "./act.ts";

const QUICK_REASONS = [
  "orders.declineReason.notThere",
  "orders.declineReason.damaged",
  "orders.declineReason.noTime",
  "orders.declineReason.closing",
] as const;

/** This store cannot do the order: another one is asked, and told why. */
export function DeclineSheet({ card, onClose }: { readonly card: OrderCard; readonly onClose: () => void }) {
  const [reason, setReason] = useState("");
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (reason.trim() !== "" && (await decline(card, reason.trim()))) onClose();
  }
  return (
    <Sheet
      title={t("orders.declineTitle", { number: card.number })}
      closeLabel={t("app.close")}
      onClose={onClose}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-lg">{t("orders.declineWhy")}</p>
        <ReasonChoice reasons={QUICK_REASONS.map((key) => t(key))} reason={reason} onReason={setReason} />
        <Button type="submit" look="danger" size="huge" disabled={reason.trim() === ""}>
          {t("orders.declineConfirm")}
        </Button>
      </form>
    </Sheet>
  );
}
