import { ArrowLeft, KeyRound, MessageSquareText, Phone } from "lucide-react";
import { useEffect } from "react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useCustomerName } from "../../app/customer-name.ts";
import { dayText, timeText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { HandOutLines } from "./hand-out-lines.tsx";
import { HandOutPanel } from "./hand-out-panel.tsx";
import { History } from "./history.tsx";
import { leaseWords } from "./lease.ts";
import { KindMark, PromiseMark, StateMark, UnsentMark } from "./marks.tsx";
import { NewPanel } from "./new-panel.tsx";
import { OrderLines } from "./order-lines.tsx";
import { closeOrder } from "./orders-store.ts";
import { OverPanel } from "./over-panel.tsx";
import { PackPanel } from "./pack-panel.tsx";
import { PickLines } from "./pick-lines.tsx";
import { PickPanel } from "./pick-panel.tsx";
import { useNow } from "./use-now.ts";

type Phase = "new" | "pick" | "watch" | "handOut" | "pack" | "over";

/** What there is to do with an order now. */
export function phaseOf({ state, kind, claimedBy }: OrderCard): Phase {
  switch (state) {
    case "allocated":
    case "accepted":
      return "new";
    case "picking":
      return claimedBy === null || claimedBy.isMine ? "pick" : "watch";
    // What was missing may turn up while HQ asks.
    case "short":
      return "pick";
    case "ready":
      return kind === "pickup" ? "handOut" : "pack";
    case "collected":
    case "shipped":
    case "declined":
    case "cancelled":
    case "expired":
      return "over";
  }
}

/** One order: its articles on one side, what to do with it on the other. */
export function OrderView({ card, code }: { readonly card: OrderCard; readonly code: string }) {
  const phase = phaseOf(card);
  useEffect(leaveSearchField, []);
  return (
    <div className="rise tight:block tight:h-auto grid h-full min-h-0 grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem] 2xl:grid-cols-[minmax(0,1fr)_32rem]">
      <section aria-label={card.number} className="flex min-h-0 min-w-0 flex-col">
        <Head card={card} />
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll where nothing in it takes the focus
          tabIndex={0}
          className="thin-scroll flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 pb-6 xl:px-6"
        >
          {card.note === "" ? null : <Note note={card.note} />}
          <LinesOf card={card} phase={phase} />
          <History card={card} />
        </div>
      </section>
      <aside
        aria-label={t("orders.act")}
        className="thin-scroll flex min-h-0 flex-col overflow-y-auto border-line border-s bg-surface"
      >
        <PanelOf card={card} phase={phase} code={code} />
      </aside>
    </div>
  );
}

/** The order was found: what is typed or scanned now is about it, and no search. */
function leaveSearchField(): void {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

function LinesOf({ card, phase }: { readonly card: OrderCard; readonly phase: Phase }) {
  if (phase === "pick") return <PickLines card={card} />;
  if (phase === "handOut") return <HandOutLines card={card} />;
  return <OrderLines card={card} />;
}

function PanelOf({
  card,
  phase,
  code,
}: {
  readonly card: OrderCard;
  readonly phase: Phase;
  readonly code: string;
}) {
  switch (phase) {
    case "new":
    case "watch":
      return <NewPanel card={card} />;
    case "pick":
      return <PickPanel card={card} />;
    case "handOut":
      return <HandOutPanel card={card} code={code} />;
    case "pack":
      return <PackPanel card={card} />;
    case "over":
      return <OverPanel card={card} />;
  }
}

function Head({ card }: { readonly card: OrderCard }) {
  const now = useNow();
  const isOnline = useTill((till) => till.sync?.link.state === "online");
  const customerName = useCustomerName(card.customerName);
  const lease = leaseWords(card, isOnline);
  return (
    <header className="flex items-start gap-3 p-3 xl:p-4">
      <Button
        className="min-h-14!"
        icon={<ArrowLeft aria-hidden className="rtl:-scale-x-100" />}
        aria-label={t("orders.back")}
        onClick={closeOrder}
      />
      <div className="min-w-0 flex-1">
        <h2 className="font-extrabold text-2xl leading-tight">
          <bdi className="line-clamp-2">{customerName}</bdi>
        </h2>
        <p className="figures mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
          <span className="font-semibold text-ink">{card.number}</span>
          <KindMark kind={card.kind} />
          <span>{t("orders.placed", { time: timeText(card.placedAt) })}</span>
          {card.phone === null ? null : (
            <span className="inline-flex items-center gap-1.5">
              <Phone aria-hidden size={16} />
              <bdi dir="ltr">{card.phone}</bdi>
            </span>
          )}
        </p>
      </div>
      <div className="flex flex-col items-end gap-1.5">
        <StateMark state={card.state} />
        <PromiseMark card={card} now={now} />
        {card.state === "ready" && card.kind === "pickup" && card.collectBy !== null ? (
          <span className="figures text-ink-soft text-sm">
            {t("orders.keptUntil", { day: dayText(card.collectBy) })}
          </span>
        ) : null}
        {card.unsent ? <UnsentMark /> : null}
        {lease === null ? null : (
          <span className="inline-flex items-center gap-1.5 rounded-lg bg-warn-soft px-2 py-1 font-semibold text-sm text-warn">
            <KeyRound aria-hidden size={16} className="shrink-0" />
            {lease}
          </span>
        )}
      </div>
    </header>
  );
}

function Note({ note }: { readonly note: string }) {
  return (
    <p className="flex items-start gap-3 rounded-2xl bg-warn-soft p-4 text-warn">
      <MessageSquareText aria-hidden className="shrink-0" />
      <span>
        <span className="block font-semibold text-sm">{t("orders.note")}</span>
        <bdi className="text-lg">{note}</bdi>
      </span>
    </p>
  );
}
