import { FileText } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { MAX_RECIPIENT_CHARS, MAX_VAT_ID_CHARS } from "#domain/invoice/recipient.ts";
import type { IssuedInvoice } from "#protocol/till/mailing.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import { onceInTurn } from "../../app/pressed-once.ts";
import { ask, tell } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { EMPTY_FORM, formOf, type InvoiceForm, recipientOf } from "./invoice-form.ts";

const FIELDS = [
  { name: "name", label: "invoice.name", most: MAX_RECIPIENT_CHARS, isWhole: true },
  { name: "street", label: "invoice.street", most: MAX_RECIPIENT_CHARS, isWhole: false },
  { name: "town", label: "invoice.town", most: MAX_RECIPIENT_CHARS, isWhole: false },
  { name: "country", label: "invoice.country", most: MAX_RECIPIENT_CHARS, isWhole: false },
  // Typed with blanks or dots it is longer than it is.
  { name: "vatId", label: "invoice.vatId", most: 2 * MAX_VAT_ID_CHARS, isWhole: false },
] as const;

/** Whom the invoice over a sale is for. A company that has one already, or a customer who is known, is filled in. */
export function InvoiceSheet({
  receipt,
  onIssued,
  onClose,
}: {
  readonly receipt: Pick<Receipt, "ticket" | "number">;
  readonly onIssued: (issued: IssuedInvoice) => void;
  readonly onClose: () => void;
}) {
  const { ticket, number } = receipt;
  const [form, setForm] = useState(EMPTY_FORM);
  const [tried, setTried] = useState(false);
  const recipient = recipientOf(form);
  useEffect(() => {
    let left = false;
    void ask("receiptContact", { ticket }).then((answer) => {
      if (!left && answer?.ok === true) setForm(filledWith(formOf(answer.value.recipient)));
    });
    return () => {
      left = true;
    };
  }, [ticket]);

  async function issue(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (recipient === null) return;
    const wish = { ticket, recipient, language: null };
    const answer = await onceInTurn("issueInvoice", wish, () => ask("issueInvoice", wish));
    if (answer?.ok !== true) return;
    onIssued(answer.value);
    tell("done", t(answer.value.printed ? "invoice.printed" : "invoice.notPrinted"));
  }

  return (
    <Sheet title={t("invoice.title", { number })} closeLabel={t("app.close")} onClose={onClose}>
      <form onSubmit={(event) => void issue(event)} noValidate className="grid grid-cols-2 gap-3">
        {FIELDS.map(({ name, label, most, isWhole }, index) => (
          <Field
            key={name}
            className={isWhole ? "col-span-2" : ""}
            label={t(label)}
            {...(index === 0 ? { "data-first-focus": true } : {})}
            autoComplete="off"
            maxLength={most}
            value={form[name]}
            onChange={(event) => setForm({ ...form, [name]: event.target.value })}
          />
        ))}
        <p role="alert" className="col-span-2 min-h-6 font-semibold text-danger">
          {tried && recipient === null ? t("refused.recipientIncomplete") : null}
        </p>
        <Button
          type="submit"
          look="primary"
          size="huge"
          className="col-span-2"
          icon={<FileText aria-hidden className="shrink-0" />}
        >
          {t("invoice.issue")}
        </Button>
      </form>
    </Sheet>
  );
}

/** What the cashier began to type meanwhile is newer than what is known. */
function filledWith(known: InvoiceForm): (typed: InvoiceForm) => InvoiceForm {
  return (typed) => (Object.values(typed).every((text) => text === "") ? known : typed);
}
