import { type LucideIcon, ReceiptText, ShoppingBag } from "lucide-react";
import type { ReactNode } from "react";
import type { HistoryEntry, OrderEntry, PurchaseEntry } from "#domain/customer/history.ts";
import type { TicketId } from "#domain/ids.ts";
import type { TillHistory } from "#protocol/till/customers.ts";
import { moneyText, timeText } from "../../app/format.ts";
import { apart, t, tCount } from "../../i18n/translate.ts";

/** What a customer bought and ordered, the newest first, and whether that is all. */
export function HistoryList({
  history,
  reach,
  onOpenReceipt,
}: {
  readonly history: TillHistory;
  readonly reach: "asking" | "everywhere" | "here";
  readonly onOpenReceipt: (ticket: TicketId) => void;
}) {
  const { entries, hasMore, receiptsHere } = history;
  return (
    <section aria-label={t("customer.history")} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-bold text-lg">{t("customer.history")}</h3>
        <p
          role="status"
          className={`text-sm ${reach === "here" ? "font-semibold text-warn" : "text-ink-soft"}`}
        >
          {t(`customer.reach.${reach}`)}
        </p>
      </div>
      {entries.length === 0 && reach !== "asking" ? (
        <p className="text-ink-soft">{t("customer.noHistory")}</p>
      ) : null}
      <ul className="flex flex-col gap-2">
        {entries.map((entry) => (
          <li key={`${entry.kind} ${entry.id}`}>
            {entry.kind === "purchase" && receiptsHere.includes(entry.id) ? (
              <button
                type="button"
                aria-label={t("customer.openReceipt", { number: entry.number })}
                onClick={() => onOpenReceipt(entry.id)}
                className="press w-full rounded-2xl border border-line bg-paper text-start hover:border-brand"
              >
                <EntryRow entry={entry} />
              </button>
            ) : (
              <div className="rounded-2xl border border-line">
                <EntryRow entry={entry} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {hasMore ? <p className="text-ink-soft">{t("customer.olderToo")}</p> : null}
    </section>
  );
}

function EntryRow({ entry }: { readonly entry: HistoryEntry }) {
  switch (entry.kind) {
    case "purchase":
      return (
        <Row
          Icon={ReceiptText}
          entry={entry}
          words={withRefund(t("customer.purchase", { store: entry.storeName }), entry)}
        />
      );
    case "order":
      return (
        <Row
          Icon={ShoppingBag}
          entry={entry}
          words={withRefund(t("customer.order", { channel: entry.channel }), entry)}
          mark={t(`customer.status.${entry.status}`)}
        />
      );
  }
}

function withRefund(words: string, { refunded }: HistoryEntry): string {
  if (refunded === undefined) return words;
  return `${words} · ${t("customer.refunded", { amount: moneyText(refunded) })}`;
}

function Row({
  Icon,
  entry,
  words,
  mark,
}: {
  readonly Icon: LucideIcon;
  readonly entry: PurchaseEntry | OrderEntry;
  readonly words: string;
  /** How it stands, where that is news. */
  readonly mark?: ReactNode;
}) {
  return (
    <span className="flex min-h-16 items-center gap-4 px-4 py-2">
      <Icon aria-hidden size={24} className="shrink-0 text-ink-soft" />
      <span className="min-w-0 flex-1 leading-snug">
        <span className="block truncate">
          <span className="figures font-bold">{entry.number}</span> · {words}
        </span>
        <span className="block truncate text-ink-soft text-sm">
          {timeText(entry.at)} · {goodsWords(entry)}
        </span>
      </span>
      {mark === undefined ? null : (
        <span className="shrink-0 rounded-full bg-brand-soft px-3 py-1 font-semibold text-sm">{mark}</span>
      )}
      <span className="figures w-28 shrink-0 text-end font-bold text-lg">{moneyText(entry.total)}</span>
    </span>
  );
}

function goodsWords({ goods, pieces }: PurchaseEntry | OrderEntry): string {
  const named = goods.map(({ name, quantity }) => (quantity === 1 ? name : `${quantity} × ${name}`));
  return [tCount("basket.pieces", pieces), ...named].map(apart).join(" · ");
}
