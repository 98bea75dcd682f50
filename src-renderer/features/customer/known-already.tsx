import { UserRoundCheck } from "lucide-react";
import type { Customer } from "#domain/customer/customer.ts";
import { apart, t } from "../../i18n/translate.ts";
import { contactsOf } from "./contacts.ts";
import { attachCustomer } from "./customer-store.ts";

/** Customers whom the one that is typed may be: one press takes the profile that is there. */
export function KnownAlready({ like }: { readonly like: readonly Customer[] }) {
  if (like.length === 0) return null;
  return (
    <section
      aria-label={t("customer.knownAlready")}
      className="flex flex-col gap-2 rounded-2xl bg-warn-soft p-3"
    >
      <p role="status" className="px-1 font-semibold text-warn">
        {t("customer.knownAlready")}
      </p>
      {like.map((customer) => (
        <button
          key={customer.id}
          type="button"
          aria-label={t("customer.takeThis", { name: customer.name })}
          onClick={() => void attachCustomer(customer.id)}
          className="press flex min-h-14 items-center gap-3 rounded-xl border border-line bg-surface px-4 text-start hover:border-brand"
        >
          <UserRoundCheck aria-hidden size={20} className="shrink-0" />
          <span className="min-w-0 flex-1">
            <bdi className="block truncate font-bold">{customer.name}</bdi>
            <span className="figures block truncate text-ink-soft text-sm">
              {contactsOf(customer).map(apart).join(" · ")}
            </span>
          </span>
          <span className="shrink-0 font-semibold text-sm">{t("customer.take")}</span>
        </button>
      ))}
    </section>
  );
}
