import { type ReactNode, useCallback } from "react";
import type { HistoryEntry } from "#domain/customer/history.ts";
import type { CustomerId, OrderId } from "#domain/ids.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { StatusBadge } from "./order-status.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 5_000;

/** What a customer bought and ordered, in stores and web shops alike. */
export function CustomerHistory({
  customer,
  onOpenOrder,
}: {
  readonly customer: CustomerId;
  readonly onOpenOrder: (order: OrderId) => void;
}) {
  const api = useApi();
  const { data, problem } = usePolled(
    useCallback(() => api.customerHistory(customer), [api, customer]),
    REFRESH_MS,
  );
  return (
    <Panel title={t("customers.history")}>
      <div className="px-5 py-2">
        <ProblemNote problem={problem} />
        {data?.entries.length === 0 && <p className="py-3 text-soft">{t("customers.noHistory")}</p>}
        <ul aria-label={t("customers.history")} className="divide-y divide-line">
          {data?.entries.map((entry) => (
            <li key={`${entry.kind} ${entry.id}`}>
              <Entry entry={entry} onOpenOrder={onOpenOrder} />
            </li>
          ))}
        </ul>
        {data?.hasMore === true && <p className="mt-3 text-soft">{t("customers.olderToo")}</p>}
      </div>
    </Panel>
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
