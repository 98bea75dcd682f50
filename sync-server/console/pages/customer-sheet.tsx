import { type ReactNode, useCallback } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import type { HistoryEntry } from "#domain/customer/history.ts";
import type { OrderId } from "#domain/ids.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Sheet } from "../ui/sheet.tsx";
import { usePolled } from "../use-polled.ts";
import { CustomerCases } from "./customer-cases.tsx";
import { StatusBadge } from "./order-status.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 5_000;

/** One customer, and the one history of stores and web shops. */
export function CustomerSheet({
  customer,
  onOpenOrder,
  onClose,
}: {
  readonly customer: Customer;
  readonly onOpenOrder: (order: OrderId) => void;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const { data, problem } = usePolled(
    useCallback(() => api.customerHistory(customer.id), [api, customer.id]),
    REFRESH_MS,
  );
  const { email, phone, cardNumber } = customer;
  return (
    <Sheet title={customer.name} closeLabel={t("common.close")} onClose={onClose}>
      <p className="figures text-soft">
        {[email, phone, cardNumber].filter((each) => each !== null).join(" · ")}
      </p>
      <ProblemNote problem={problem} />
      <CustomerCases customer={customer.id} />
      <h3 className="mt-5 mb-2 font-semibold">{t("customers.history")}</h3>
      {data?.entries.length === 0 && <p className="text-soft">{t("customers.noHistory")}</p>}
      <ul aria-label={t("customers.history")} className="divide-y divide-line">
        {data?.entries.map((entry) => (
          <li key={`${entry.kind} ${entry.id}`}>
            <Entry entry={entry} onOpenOrder={onOpenOrder} />
          </li>
        ))}
      </ul>
      {data?.hasMore === true && <p className="mt-3 text-soft">{t("customers.olderToo")}</p>}
    </Sheet>
  );
}

function Entry({
  entry,
  onOpenOrder,
}: {
  readonly entry: HistoryEntry;
  readonly onOpenOrder: (order: OrderId) => void;
}) {
  switch (entry.kind) {
    case "purchase":
      return (
        <Line
          entry={entry}
          head={<span className="figures font-medium">{entry.number}</span>}
          words={withRefund(t("customers.purchase", { store: entry.storeName }), entry)}
        />
      );
    case "order":
      return (
        <Line
          entry={entry}
          head={
            <>
              <button
                type="button"
                onClick={() => onOpenOrder(entry.id)}
                aria-label={t("orders.open", { number: entry.number })}
                className="figures font-medium text-brand hover:underline"
              >
                {entry.number}
              </button>
              <StatusBadge status={entry.status} />
            </>
          }
          words={withRefund(t("customers.order", { channel: entry.channel }), entry)}
        />
      );
  }
}

function withRefund(words: string, { refunded }: HistoryEntry): string {
  if (refunded === undefined) return words;
  return `${words} · ${t("customers.refunded", { amount: amountText(refunded) })}`;
}

function Line({
  entry: { at, total, goods, pieces },
  head,
  words,
}: {
  readonly entry: HistoryEntry;
  readonly head: ReactNode;
  readonly words: string;
}) {
  const named = goods.map(({ name, quantity }) => `${numberText(quantity)} × ${name}`);
  const unnamed = pieces - goods.reduce((sum, { quantity }) => sum + quantity, 0);
  if (unnamed > 0) named.push(t("customers.andMore", { count: numberText(unnamed) }));
  return (
    <div className="flex items-start gap-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">{head}</p>
        <p className="text-soft text-sm">
          {words} · {dateTimeText(at)}
        </p>
        <p className="text-sm">{named.join(", ")}</p>
      </div>
      <span className="figures whitespace-nowrap font-medium">{amountText(total)}</span>
    </div>
  );
}
