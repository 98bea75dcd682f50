import { FileText, Gift, Mail, Printer, TicketCheck } from "lucide-react";
import type { Receipt } from "#protocol/till/receipt.ts";
import { openOverlay } from "../../app/overlay.ts";
import { ask, tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Paper } from "./paper.tsx";

/** The receipt on screen, and again on paper: marked as a copy, or without prices for whoever is given the goods. */
export function ReceiptSheet({
  receipt,
  onClose,
}: {
  readonly receipt: Receipt;
  readonly onClose: () => void;
}) {
  async function print(kind: "copy" | "gift" | "credit"): Promise<void> {
    const answer = await ask("reprint", { ticket: receipt.ticket, kind });
    if (answer?.ok === true) tell("done", t(kind === "gift" ? "receipt.giftPrinted" : "receipt.printed"));
  }
  return (
    <Sheet
      title={t("receipt.title", { number: receipt.number })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_17rem] items-start gap-5">
        <div className="rounded-2xl bg-sunken p-5">
          <Paper receipt={receipt} />
          {receipt.giftCards === undefined ? null : (
            <>
              <h3 className="mt-5 mb-2 text-center font-semibold">{t("receipt.giftCardSlip")}</h3>
              <Paper receipt={{ ...receipt, rows: receipt.giftCards }} />
            </>
          )}
        </div>
        <div className="sticky top-1 flex flex-col gap-3">
          {receipt.hasCreditSlip === true ? (
            <Button
              size="huge"
              className="col-span-2 px-2! text-lg!"
              icon={<TicketCheck aria-hidden className="shrink-0" />}
              onClick={() => void print("credit")}
            >
              {t("receipt.creditSlip")}
            </Button>
          ) : null}
          <Button
            size="huge"
            className="px-3! text-lg!"
            icon={<Gift aria-hidden className="shrink-0" />}
            onClick={() => void print("gift")}
          >
            {t("receipt.gift")}
          </Button>
          <Button
            look="primary"
            size="huge"
            className="px-3! text-lg!"
            icon={<Printer aria-hidden className="shrink-0" />}
            onClick={() => void print("copy")}
          >
            {t("receipt.print")}
          </Button>
          <Button
            size="huge"
            className="px-3! text-lg!"
            icon={<Mail aria-hidden className="shrink-0" />}
            onClick={() => openOverlay({ kind: "mailReceipt", receipt, document: { kind: "receipt" } })}
          >
            {t("receipt.mail")}
          </Button>
          <Button
            size="huge"
            className="px-3! text-lg!"
            icon={<FileText aria-hidden className="shrink-0" />}
            onClick={() => openOverlay({ kind: "invoice", receipt })}
          >
            {t("receipt.invoice")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
