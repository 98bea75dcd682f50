import { Mail } from "lucide-react";
import type { IssuedInvoice } from "#protocol/till/mailing.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Paper } from "./paper.tsx";

/** An invoice that was just made out, as it reads, and from here to the customer's mailbox. */
export function IssuedSheet({
  issued,
  onMail,
  onClose,
}: {
  readonly issued: IssuedInvoice;
  readonly onMail: () => void;
  readonly onClose: () => void;
}) {
  const { paper } = issued;
  return (
    <Sheet
      title={t("invoice.issued", { number: paper.number })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="narrow"
      footer={
        <div className="grid grid-cols-2 gap-3">
          <Button
            size="huge"
            className="px-2! text-lg!"
            icon={<Mail aria-hidden className="shrink-0" />}
            onClick={onMail}
          >
            {t("receipt.mail")}
          </Button>
          <Button look="primary" size="huge" onClick={onClose}>
            {t("app.done")}
          </Button>
        </div>
      }
    >
      <div className="rounded-2xl bg-sunken p-5">
        <Paper receipt={paper} />
      </div>
    </Sheet>
  );
}
