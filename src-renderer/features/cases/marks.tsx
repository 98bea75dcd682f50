import {
  BadgeCheck,
  CalendarClock,
  CircleCheck,
  CircleDot,
  ClockAlert,
  CloudOff,
  Hammer,
  type LucideIcon,
  MessageCircleWarning,
  PackageCheck,
  Store,
  Truck,
  UserRound,
  Wrench,
} from "lucide-react";
import type { CaseRow } from "#protocol/till/cases.ts";
import { dayText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";

const STATUS_ICONS: Readonly<Record<CaseRow["status"], LucideIcon>> = {
  open: CircleDot,
  inProgress: Hammer,
  waitingForCustomer: UserRound,
  waitingForSupplier: Truck,
  readyForPickup: PackageCheck,
  closed: CircleCheck,
};

const STATUS_LOOKS: Readonly<Record<CaseRow["status"], string>> = {
  open: "bg-accent text-on-accent",
  inProgress: "bg-brand-soft text-ink",
  waitingForCustomer: "bg-warn-soft text-warn",
  waitingForSupplier: "bg-warn-soft text-warn",
  readyForPickup: "bg-brand text-on-brand",
  closed: "bg-sunken text-ink-soft",
};

const KIND_ICONS: Readonly<Record<CaseRow["kind"], LucideIcon>> = {
  complaint: MessageCircleWarning,
  warranty: BadgeCheck,
  repair: Wrench,
};

const MARK = "inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-lg px-2 font-semibold text-sm";

/** Where a case stands, and how it ended: an icon and a word, the colour only besides. */
export function StatusMark({ status, outcome }: Pick<CaseRow, "status" | "outcome">) {
  const Icon = STATUS_ICONS[status];
  return (
    <span className={`${MARK} ${STATUS_LOOKS[status]}`}>
      <Icon aria-hidden size={16} />
      {outcome === null ? t(`cases.status.${status}`) : t(`cases.outcome.${outcome}`)}
    </span>
  );
}

export function KindMark({ kind }: Pick<CaseRow, "kind">) {
  const Icon = KIND_ICONS[kind];
  return (
    <span className="inline-flex items-center gap-1.5 text-ink-soft">
      <Icon aria-hidden size={18} className="shrink-0" />
      {t(`cases.kind.${kind}`)}
    </span>
  );
}

/** By when the customer was promised to hear, or when it was closed. */
export function DeadlineMark({ row }: { readonly row: CaseRow }) {
  if (row.closedAt !== null)
    return (
      <span className="figures text-ink-soft text-sm">
        {t("cases.closedOn", { day: dayText(row.closedAt) })}
      </span>
    );
  if (row.status === "readyForPickup") return null;
  const Icon = row.isOverdue ? ClockAlert : CalendarClock;
  const day = dayText(row.deadline);
  return (
    <span className={`figures ${MARK} ${row.isOverdue ? "bg-danger text-surface" : "px-0! text-ink-soft"}`}>
      <Icon aria-hidden size={16} />
      {t(row.isOverdue ? "cases.overdue" : "cases.until", { day })}
    </span>
  );
}

/** What else there is to know: another store has it, or the server does not know it yet. */
export function PlaceMarks({ row }: { readonly row: CaseRow }) {
  return (
    <>
      {row.elsewhere === null ? null : (
        <span className={`${MARK} bg-warn-soft text-warn`}>
          <Store aria-hidden size={16} />
          {row.elsewhere === ""
            ? t("cases.elsewhereUnknown")
            : t("cases.elsewhere", { store: row.elsewhere })}
        </span>
      )}
      {row.unsent ? (
        <span className="inline-flex items-center gap-1.5 text-ink-soft text-sm">
          <CloudOff aria-hidden size={16} />
          {t("cases.unsent")}
        </span>
      ) : null}
    </>
  );
}
