import type { ReactNode } from "react";
import { CONSENT_PURPOSES, type Customer } from "#domain/customer/customer.ts";
import type { OrderEntry } from "#domain/customer/history.ts";
import { dateText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { languageName } from "../../ui/language-choice.tsx";
import { lastWord } from "./consent-choice.tsx";
import { consentsOf } from "./customer-form.ts";

/** What is known of a customer besides what they bought. */
export function ProfileFacts({
  customer,
  groups,
  orders,
}: {
  readonly customer: Customer;
  /** The retailer's groups that they are in, by name. */
  readonly groups: readonly string[];
  /** What they ordered, in whatever state. */
  readonly orders: readonly OrderEntry[];
}) {
  const open = orders.filter(({ status }) => status !== "completed" && status !== "cancelled");
  const { language, notes, preferences, company, addresses = [], taxExemption } = customer;
  const given = consentsOf(customer);
  return (
    <section aria-label={t("customer.profile")} className="flex flex-col gap-3">
      {groups.length === 0 && taxExemption === undefined ? null : (
        <ul className="flex flex-wrap gap-2">
          {groups.map((group) => (
            <li key={group} className="rounded-full bg-brand-soft px-3 py-1 font-semibold text-sm">
              {group}
            </li>
          ))}
          {taxExemption === undefined ? null : (
            <li className="rounded-full bg-brand-soft px-3 py-1 font-semibold text-good text-sm">
              {t("customer.taxExempt", { certificate: taxExemption.certificate })}
              {taxExemption.validUntil === null
                ? ""
                : ` · ${t("customer.until", { day: dateText(taxExemption.validUntil) })}`}
            </li>
          )}
        </ul>
      )}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        <Fact
          name={t("customer.openOrders")}
          what={open.map(({ number, status }) => `${number} · ${t(`customer.status.${status}`)}`).join("\n")}
        />
        <Fact name={t("customer.notes")} what={notes} />
        <Fact name={t("customer.preferences")} what={preferences} />
        <Fact
          name={t("customer.company")}
          what={
            company &&
            [company.name, ...company.address, company.vatId].filter((each) => each !== "").join(", ")
          }
        />
        <Fact
          name={t("customer.address")}
          what={addresses
            .map(
              ({ lines, postcode, city, country }) => `${lines.join(", ")}, ${postcode} ${city}, ${country}`,
            )
            .join("\n")}
        />
        <Fact name={t("customer.language")} what={language && languageName(language)} />
        <Fact
          name={t("customer.consents")}
          what={CONSENT_PURPOSES.flatMap((purpose) => {
            const word = lastWord(customer, purpose);
            if (word === null) return [];
            const way = t(`customer.consentName.${purpose}`);
            return [`${way}: ${given[purpose] ? t("customer.yes") : t("customer.no")} (${word})`];
          }).join("\n")}
        />
      </dl>
    </section>
  );
}

function Fact({ name, what }: { readonly name: string; readonly what: string | undefined }): ReactNode {
  if (what === undefined || what === "") return null;
  return (
    <>
      <dt className="font-semibold text-ink-soft text-sm">
        <bdi>{name}</bdi>
      </dt>
      <dd className="whitespace-pre-line text-sm">{what}</dd>
    </>
  );
}
