import { Search, UserRound, UserRoundPlus } from "lucide-react";
import { useEffect } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import { useTyped } from "../../app/keyboard.ts";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { contactsOf } from "./contacts.ts";
import {
  attachCustomer,
  attachFirst,
  findCustomers,
  typeAheadCustomers,
  useCustomers,
} from "./customer-store.ts";
import { NeedsConnection } from "./needs-connection.tsx";

/** Finds the customer in front. A card that is scanned meanwhile needs no search. */
export function FindCustomerSheet({ onClose }: { readonly onClose: () => void }) {
  const { text, found } = useCustomers();
  const needsConnection = useTill((till) => till.sync?.customersNeedConnection === true);
  useTyped("over", typeAheadCustomers);
  useEffect(() => void findCustomers(""), []);
  return (
    <Sheet title={t("customer.find")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <form
        className="flex min-h-[min(26rem,55vh)] flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void attachFirst();
        }}
      >
        <search className="relative">
          <Search
            aria-hidden
            className="pointer-events-none absolute top-1/2 start-4 -translate-y-1/2 text-ink-soft"
            size={22}
          />
          <input
            data-first-focus
            type="search"
            autoComplete="off"
            aria-label={t("customer.search")}
            placeholder={t("customer.searchHint")}
            value={text}
            onChange={(event) => void findCustomers(event.target.value)}
            className="min-h-14 w-full select-text truncate rounded-2xl border border-edge bg-surface pe-4 ps-12 text-lg placeholder:text-ink-soft [&::-webkit-search-cancel-button]:hidden"
          />
        </search>
        {needsConnection ? <NeedsConnection /> : null}
        {found === null ? (
          needsConnection ? null : (
            <p className="text-ink-soft">{t("customer.scanHint")}</p>
          )
        ) : (
          <Results
            customers={found.customers}
            hasMore={found.hasMore}
            text={text}
            isPartial={needsConnection}
          />
        )}
        <Button
          size="large"
          className="mt-auto"
          icon={<UserRoundPlus aria-hidden />}
          onClick={() => openOverlay({ kind: "customerForm", known: null, searched: text })}
        >
          {t("customer.register")}
        </Button>
      </form>
    </Sheet>
  );
}

function Results({
  customers,
  hasMore,
  text,
  isPartial,
}: {
  readonly customers: readonly Customer[];
  readonly hasMore: boolean;
  readonly text: string;
  /** Nobody says that somebody is unknown while names cannot be read. */
  readonly isPartial: boolean;
}) {
  if (customers.length === 0)
    return isPartial ? null : (
      <p role="status" className="text-lg">
        {t("customer.nobody", { text })}
      </p>
    );
  return (
    <>
      <ul aria-label={t("customer.results")} className="flex flex-col gap-2">
        {customers.map((customer) => (
          <li key={customer.id} className="flex gap-2">
            <button
              type="button"
              onClick={() => void attachCustomer(customer.id)}
              className="press flex min-h-16 min-w-0 flex-1 flex-col justify-center rounded-2xl border border-line bg-paper px-5 py-2 text-start hover:border-brand"
            >
              <bdi className="truncate font-bold text-lg leading-tight">{customer.name}</bdi>
              <span className="figures truncate text-ink-soft text-sm">
                {contactsOf(customer).map(apart).join(" · ")}
              </span>
            </button>
            <Button
              className="min-h-16! w-16"
              aria-label={t("customer.show", { name: customer.name })}
              icon={<UserRound aria-hidden />}
              onClick={() => openOverlay({ kind: "customer", customer: customer.id })}
            />
          </li>
        ))}
      </ul>
      {hasMore ? <p className="text-ink-soft">{t("customer.hasMore", { count: customers.length })}</p> : null}
    </>
  );
}
