import { Printer } from "lucide-react";
import type { Receipt } from "#protocol/till/receipt.ts";
import { ask, tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Paper } from "./paper.tsx";

/** The receipt on screen, and again on paper, marked as a copy. */
export function ReceiptSheet({
  receipt,
  onClose,
}: {
  readonly receipt: Receipt;
  readonly onClose: () => void;
}) {
  async function print(): Promise<void> {
    const answer = await ask("reprint", { ticket: receipt.ticket });
    if (answer?.ok === true) tell("done", t("receipt.printed"));
  }
  return (
    <Sheet
      title={t("receipt.title", { number: receipt.number })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="narrow"
      footer={
        <Button
          look="primary"
          size="huge"
          className="w-full"
          icon={<Printer aria-hidden />}
          onClick={() => void print()}
        >
          {t("receipt.print")}
        </Button>
      }
    >
      <div className="rounded-2xl bg-sunken p-5">
        <Paper receipt={receipt} />
      </div>
    </Sheet>
  );
}
