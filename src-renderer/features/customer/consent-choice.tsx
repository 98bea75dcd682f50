import { Check } from "lucide-react";
import { CONSENT_PURPOSES, type ConsentPurpose, type Customer } from "#domain/customer/customer.ts";
import { timeText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import type { CustomerForm } from "./customer-form.ts";

/** Each consent by itself, in the words in which the customer is asked; none is given before they say so. */
export function ConsentChoice({
  consents,
  known,
  onChoose,
}: {
  readonly consents: CustomerForm["consents"];
  readonly known: Customer | null;
  readonly onChoose: (purpose: ConsentPurpose, given: boolean) => void;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 border-0 p-0">
      <legend className="mb-1 font-bold">{t("customer.consents")}</legend>
      <p className="text-ink-soft text-sm">{t("customer.consentsHint")}</p>
      {CONSENT_PURPOSES.map((purpose) => {
        const given = consents[purpose];
        const word = lastWord(known, purpose);
        return (
          <label
            key={purpose}
            className="flex min-h-14 cursor-pointer items-center gap-3 rounded-2xl border border-line bg-paper px-4 py-2 focus-within:outline-2 focus-within:outline-brand hover:border-brand"
          >
            <input
              type="checkbox"
              className="peer sr-only"
              checked={given}
              onChange={(event) => onChoose(purpose, event.target.checked)}
            />
            <span
              aria-hidden
              className={`grid size-7 shrink-0 place-items-center rounded-lg border-2 ${given ? "border-brand bg-brand text-on-brand" : "border-edge bg-surface"}`}
            >
              {given ? <Check size={20} /> : null}
            </span>
            <span className="min-w-0">
              <span className="block leading-snug">{t(`customer.consent.${purpose}`)}</span>
              {word === null ? null : <span className="block text-ink-soft text-sm">{word}</span>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** When and where they last said yes or no; null where they never did. */
export function lastWord(customer: Customer | null, purpose: ConsentPurpose): string | null {
  const word = customer?.consents?.findLast((each) => each.purpose === purpose);
  if (word === undefined) return null;
  const { given, source, at } = word;
  return t(given ? "customer.consentGiven" : "customer.consentWithdrawn", { source, at: timeText(at) });
}
