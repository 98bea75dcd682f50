import { PenLine, Search, UserRoundMinus, UserRoundPlus } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId, TicketId } from "#domain/ids.ts";
import { useCustomerName } from "../../app/customer-name.ts";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { contactsOf } from "./contacts.ts";
import { attachCustomer, detachCustomer, loadCustomer, openSearch, useCustomers } from "./customer-store.ts";
import { HistoryList } from "./history-list.tsx";
import { NeedsConnection } from "./needs-connection.tsx";
import { ProfileFacts } from "./profile-facts.tsx";

/** A customer: who it is, and what they bought and ordered in both channels. */
export function CustomerSheet({
  customer: id,
  onOpenReceipt,
  casesOf,
  pointsOf,
  onClose,
}: {
  readonly customer: CustomerId;
  readonly onOpenReceipt: (ticket: TicketId) => void;
  /** What they came with, besides what they bought. */
  readonly casesOf: (customer: Customer) => ReactNode;
  readonly pointsOf: (customer: Customer) => ReactNode;
  readonly onClose: () => void;
}) {
  const opened = useCustomers((state) => state.opened);
  const attached = useTill((till) => till.basket?.customer?.id === id);
  useEffect(() => void loadCustomer(id), [id]);
  const shown = opened?.customer.id === id ? opened : null;
  const needsConnection = useTill((till) => till.sync?.customersNeedConnection === true);
  const title = useCustomerName(shown?.customer.name ?? "", t("customer.title"));
  return (
    <Sheet
      title={title}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
      footer={
        <div className="flex flex-wrap gap-3">
          <Button size="large" icon={<Search aria-hidden />} onClick={openSearch}>
            {t("customer.other")}
          </Button>
          {shown === null || needsConnection ? null : (
            <Button
              size="large"
              icon={<PenLine aria-hidden />}
              onClick={() => openOverlay({ kind: "customerForm", known: shown.customer, searched: "" })}
            >
              {t("customer.editShort")}
            </Button>
          )}
          {attached ? (
            <Button
              size="large"
              className="flex-1"
              icon={<UserRoundMinus aria-hidden />}
              onClick={() => void detachCustomer()}
            >
              {t("customer.detach")}
            </Button>
          ) : (
            <Button
              size="large"
              look="primary"
              className="flex-1"
              icon={<UserRoundPlus aria-hidden />}
              onClick={() => void attachCustomer(id)}
            >
              {t("customer.attach")}
            </Button>
          )}
        </div>
      }
    >
      {shown === null ? (
        <p className="text-ink-soft">{t("app.loading")}</p>
      ) : (
        <div className="flex min-h-[min(20rem,45vh)] flex-col gap-4">
          {needsConnection ? <NeedsConnection /> : null}
          <p className="figures text-ink-soft text-lg empty:hidden">
            {contactsOf(shown.customer).map(apart).join(" · ")}
          </p>
          <ProfileFacts
            customer={shown.customer}
            groups={shown.groups}
            orders={shown.history.entries.filter((entry) => entry.kind === "order")}
          />
          {pointsOf(shown.customer)}
          {casesOf(shown.customer)}
          <HistoryList history={shown.history} reach={shown.reach} onOpenReceipt={onOpenReceipt} />
        </div>
      )}
    </Sheet>
  );
}
