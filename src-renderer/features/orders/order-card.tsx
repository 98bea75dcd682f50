import { HandCoins, KeyRound, PackageOpen, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useCustomerName } from "../../app/customer-name.ts";
import { moneyText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { laneOf } from "./lanes.ts";
import { leaseWords } from "./lease.ts";
import { KindMark, PromiseMark, ShelfMark, StateMark, UnsentMark } from "./marks.tsx";

/** States that their lane does not say already. */
const MARKED_STATES: ReadonlySet<OrderCard["state"]> = new Set(["allocated", "accepted", "short"]);

/** An order in a lane: who waits for what until when, and where it lies. Pressing it opens it. */
export function OrderCardButton({
  card,
  now,
  onOpen,
}: {
  readonly card: OrderCard;
  readonly now: number;
  readonly onOpen: () => void;
}) {
  const isOnline = useTill((till) => till.sync?.link.state === "online");
  const customerName = useCustomerName(card.customerName);
  const lease = leaseWords(card, isOnline);
  const isOver = laneOf(card) === "done";
  const state = t(`orders.state.${card.state}`);
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-label={t("orders.card", { number: card.number, name: customerName, state })}
      className={`press flex w-full flex-col gap-1.5 rounded-2xl border bg-surface p-3 text-start shadow-tile hover:border-brand ${card.toRestock ? "border-2 border-danger" : "border-line"}`}
    >
      <span className="flex w-full items-center justify-between gap-2">
        <span className="figures shrink-0 text-ink-soft">{card.number}</span>
        {isOver ? <StateMark state={card.state} /> : <PromiseMark card={card} now={now} />}
      </span>
      <span className="flex w-full items-center justify-between gap-2">
        <span className="min-w-0">
          <bdi className="line-clamp-2 font-bold text-lg leading-tight">{customerName}</bdi>
          <span className="figures mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
            <KindMark kind={card.kind} />
            {tCount("basket.pieces", card.pieces)}
          </span>
        </span>
        {card.shelf === null || card.shelf === "" ? null : <ShelfMark shelf={card.shelf} />}
      </span>
      <Hints card={card} lease={lease} />
    </button>
  );
}

function Hints({ card, lease }: { readonly card: OrderCard; readonly lease: string | null }) {
  const isOpen = laneOf(card) !== "done";
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 empty:hidden">
      {MARKED_STATES.has(card.state) ? <StateMark state={card.state} /> : null}
      {card.toRestock ? (
        <Hint icon={<PackageOpen aria-hidden size={16} />} words={t("orders.toRestock")} look="text-danger" />
      ) : null}
      {card.due.minor > 0 && isOpen ? (
        <Hint
          icon={<HandCoins aria-hidden size={16} />}
          words={t("orders.toPay", { amount: moneyText(card.due) })}
          look="text-warn"
        />
      ) : null}
      {card.state === "picking" && card.claimedBy !== null ? (
        <Hint
          icon={<UserRound aria-hidden size={16} />}
          words={claimWords(card.claimedBy)}
          look="text-ink-soft"
        />
      ) : null}
      {lease === null ? null : (
        <Hint icon={<KeyRound aria-hidden size={16} />} words={lease} look="text-warn" />
      )}
      {card.unsent ? <UnsentMark /> : null}
    </span>
  );
}

export function claimWords({ name, isMine }: NonNullable<OrderCard["claimedBy"]>): string {
  return isMine ? t("orders.claimedByMe") : t("orders.claimedBy", { name });
}

function Hint({
  icon,
  words,
  look,
}: {
  readonly icon: ReactNode;
  readonly words: string;
  readonly look: string;
}) {
  return (
    <span className={`figures inline-flex items-center gap-1.5 font-semibold text-sm ${look}`}>
      {icon}
      {words}
    </span>
  );
}
