import { CloudOff, Mail } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import type { TicketId } from "#domain/ids.ts";
import { RECEIPT_LANGUAGES } from "#domain/receipt/language.ts";
import type { MailDocument } from "#protocol/sync/receipt-mails.ts";
import { isEmail } from "#protocol/till/mailing.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import { Sheet } from "../../ui/sheet.tsx";

/** The customer's language where it is known, else the store's. */
const OWN = "";

/** A receipt or an invoice goes to the customer by e-mail; the address of a customer who is known is there already. */
export function MailSheet({
  ticket,
  number,
  document,
  onClose,
}: {
  readonly ticket: TicketId;
  readonly number: string;
  readonly document: MailDocument;
  readonly onClose: () => void;
}) {
  const isOnline = useTill((till) => till.sync?.link.state === "online");
  const [email, setEmail] = useState("");
  const [language, setLanguage] = useState(OWN);
  const [tried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  const address = email.trim();
  useEffect(() => {
    let left = false;
    void ask("receiptContact", { ticket }).then((answer) => {
      // What the cashier began to type meanwhile is newer.
      if (!left && answer?.ok === true) setEmail((typed) => (typed === "" ? answer.value.email : typed));
    });
    return () => {
      left = true;
    };
  }, [ticket]);

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!isEmail(address) || isSending) return;
    setSending(true);
    const wished = language === OWN ? null : language;
    const answer = await ask("sendReceipt", { ticket, document, email: address, language: wished });
    setSending(false);
    if (answer?.ok !== true) return;
    onClose();
    tell("done", t(`mailing.${answer.value.state}`, { email: address }));
  }

  return (
    <Sheet title={t("mailing.title", { number })} closeLabel={t("app.close")} onClose={onClose}>
      <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-4">
        <Field
          label={t("mailing.email")}
          data-first-focus
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <LanguageChoice
          label={t("mailing.language")}
          none={t("mailing.storeLanguage")}
          languages={RECEIPT_LANGUAGES}
          chosen={language}
          onChoose={setLanguage}
        />
        {isOnline ? null : (
          <p className="flex items-start gap-3 rounded-2xl bg-warn-soft p-4 text-warn">
            <CloudOff aria-hidden className="shrink-0" />
            {t("mailing.offline")}
          </p>
        )}
        <p role="alert" className="min-h-6 font-semibold text-danger">
          {tried && !isEmail(address) ? t("mailing.notAnAddress") : null}
        </p>
        <Button
          type="submit"
          look="primary"
          size="huge"
          disabled={isSending}
          icon={<Mail aria-hidden className="shrink-0" />}
        >
          {t("mailing.send")}
        </Button>
      </form>
    </Sheet>
  );
}
