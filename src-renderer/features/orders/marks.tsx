import {
  Ban,
  CircleCheck,
  CirclePlus,
  CircleSlash,
  Clock,
  ClockAlert,
  CloudOff,
  Hourglass,
  type LucideIcon,
  PackageCheck,
  PackageSearch,
  Store,
  ThumbsDown,
  TimerOff,
  Truck,
} from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";
import { promisedOf } from "./promise.ts";

const STATE_ICONS: Readonly<Record<OrderCard["state"], LucideIcon>> = {
  allocated: CirclePlus,
  accepted: CircleCheck,
  picking: PackageSearch,
  short: Hourglass,
  ready: PackageCheck,
  collected: CircleCheck,
  shipped: Truck,
  declined: ThumbsDown,
  cancelled: Ban,
  expired: TimerOff,
};

const STATE_LOOKS: Readonly<Record<OrderCard["state"], string>> = {
  allocated: "bg-accent text-on-accent",
  accepted: "bg-sunken text-ink",
  picking: "bg-brand-soft text-ink",
  short: "bg-warn-soft text-warn",
  ready: "bg-brand text-on-brand",
  collected: "bg-sunken text-ink-soft",
  shipped: "bg-sunken text-ink-soft",
  declined: "bg-sunken text-ink-soft",
  cancelled: "bg-danger-soft text-danger",
  expired: "bg-danger-soft text-danger",
};

const MARK = "inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-lg px-2 font-semibold text-sm";

/** Where an order stands: an icon and a word, the colour only besides. */
export function StateMark({ state }: Pick<OrderCard, "state">) {
  const Icon = STATE_ICONS[state] ?? CircleSlash;
  return (
    <span className={`${MARK} ${STATE_LOOKS[state]}`}>
      <Icon aria-hidden size={16} />
      {t(`orders.state.${state}`)}
    </span>
  );
}

const MOODS = {
  late: "bg-danger text-surface",
  soon: "bg-warn-soft text-warn",
  calm: "text-ink-soft px-0!",
} as const;

/** The order against what its customer was promised; nothing where no promise is open. */
export function PromiseMark({ card, now }: { readonly card: OrderCard; readonly now: number }) {
  const promised = promisedOf(card, now);
  if (promised === null) return null;
  const { mood, unit, count } = promised;
  const Icon = mood === "late" ? ClockAlert : Clock;
  return (
    <span className={`figures ${MARK} ${MOODS[mood]}`}>
      <Icon aria-hidden size={16} />
      {t(mood === "late" ? `orders.late.${unit}` : `orders.due.${unit}`, { count })}
    </span>
  );
}

export function KindMark({ kind }: Pick<OrderCard, "kind">) {
  const Icon = kind === "pickup" ? Store : Truck;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden size={18} className="shrink-0" />
      {t(kind === "pickup" ? "orders.pickup" : "orders.ship")}
    </span>
  );
}

/** What this till did to the order is not all at the server yet. */
export function UnsentMark() {
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-soft text-sm">
      <CloudOff aria-hidden size={16} />
      {t("orders.unsent")}
    </span>
  );
}

/** The shelf, to be read from two steps away. */
export function ShelfMark({ shelf }: { readonly shelf: string }) {
  return (
    <span
      role="img"
      aria-label={t("orders.shelf", { shelf })}
      className="figures grid min-h-11 min-w-11 max-w-32 place-items-center truncate rounded-xl border-2 border-ink px-2 font-extrabold text-lg"
    >
      {shelf}
    </span>
  );
}
