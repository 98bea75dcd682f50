import { type DeviceId, type Instant, instant, type StaffId, type StoreId } from "../ids.ts";
import { ticketOf } from "../journal/effects.ts";
import type { Fact, JournalEntry } from "../journal/entry.ts";
import type { Money } from "../money/money.ts";
import type { Permission } from "./staff.ts";

/** What people did at tills that somebody may have to look into. */
export const STAFF_LOG_KINDS = [
  "clockedIn",
  "clockedOut",
  "signedIn",
  "signedOut",
  /** Somebody allowed by PIN what the one at the till might not do. */
  "approved",
  /** Goods were taken out of a basket, or all of it was given up. */
  "voided",
  /** The drawer was opened without a sale. */
  "drawerOpened",
] as const;
export type StaffLogKind = (typeof STAFF_LOG_KINDS)[number];

export interface StaffLogEntry {
  /** The journal entry's id. */
  readonly id: string;
  readonly kind: StaffLogKind;
  readonly staff: StaffId | null;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly at: Instant;
  /** Whose PIN allowed it; null where nobody had to. */
  readonly approvedBy: StaffId | null;
  /** What was allowed; null where nothing had to be. */
  readonly permission: Permission | null;
  /** In words: the reason that was typed, the goods, a receipt's number. */
  readonly what: string;
  /** The money that it was about, where it was about money. */
  readonly amount: Money | null;
}

type Told = Pick<StaffLogEntry, "kind" | "approvedBy" | "permission" | "what" | "amount">;

const NOTHING_MORE = { approvedBy: null, permission: null, what: "", amount: null } as const;

/** What an entry adds to the log of what people did; null where it is nothing of the kind. `actedAt`: when it was written, by the server's clock. */
export function staffLogOf(
  entry: Pick<JournalEntry, "id" | "staff" | "store" | "device" | "fact" | "at">,
  actedAt: Instant,
): StaffLogEntry | null {
  const { id, staff, store, device, fact } = entry;
  const told = toldBy(fact) ?? overrideOf(fact);
  return told === null ? null : { id, staff, store, device, at: momentOf(entry, actedAt), ...told };
}

/** Whoever forgot to clock out says later when they left: by the till's clock, as far off as it was when they said it. */
function momentOf({ fact, at }: Pick<JournalEntry, "fact" | "at">, actedAt: Instant): Instant {
  if (fact.type !== "staff.clockedOut" || fact.leftAt === undefined) return actedAt;
  return instant(Math.max(0, Math.min(actedAt, fact.leftAt + (actedAt - at))));
}

function toldBy(fact: Fact): Told | null {
  switch (fact.type) {
    case "staff.clockedIn":
      return { kind: "clockedIn", ...NOTHING_MORE };
    case "staff.clockedOut":
      return { kind: "clockedOut", ...NOTHING_MORE };
    case "staff.signedIn":
      return { kind: "signedIn", ...NOTHING_MORE };
    case "staff.signedOut":
      return { kind: "signedOut", ...NOTHING_MORE };
    case "action.approved": {
      const { permission, approvedBy, what } = fact;
      return { kind: "approved", approvedBy, permission, what, amount: null };
    }
    case "giftCard.paidOut": {
      const { manager, reason, amount } = fact;
      return approval(manager, { permission: "returns.override", what: reason, amount });
    }
    case "card.settledByHand": {
      const { approvedBy, reason, amount } = fact;
      return approval(approvedBy, { permission: "card.settle", what: reason, amount });
    }
    case "basket.voided":
      return voidOf(fact);
    case "drawer.opened": {
      const { approvedBy, reason } = fact;
      return {
        kind: "drawerOpened",
        approvedBy,
        permission: allowed("drawer.open", approvedBy),
        what: reason,
        amount: null,
      };
    }
    case "shift.opened":
      return approval(fact.approvedBy, { permission: "shift", what: "", amount: fact.float.total });
    case "cash.moved": {
      const permission = fact.kind === "pickup" ? "cash.pickup" : "cash.move";
      return approval(fact.approvedBy, { permission, what: fact.reason, amount: fact.amount });
    }
    case "shift.closed": {
      const { approvedBy, reason, variance } = fact;
      return approval(approvedBy, { permission: "shift.variance", what: reason ?? "", amount: variance });
    }
    case "day.closed":
      return approval(fact.approvedBy, { permission: "shift", what: "", amount: fact.report.turnover });
    default:
      return null;
  }
}

/** A return or a hand-out that somebody else had to allow. */
function overrideOf(fact: Fact): Told | null {
  if (fact.type === "order.handedOver" && fact.override !== null) {
    const { manager, reason } = fact.override;
    return approval(manager, { permission: "orders.handOverWithoutLease", what: reason, amount: null });
  }
  const ticket = ticketOf(fact);
  if (ticket === null || ticket.returning?.by !== "override") return null;
  const { manager, reason } = ticket.returning.override;
  const what = `${ticket.number}: ${reason}`;
  return approval(manager, { permission: "returns.override", what, amount: ticket.totals.due });
}

function voidOf(fact: Extract<Fact, { readonly type: "basket.voided" }>): Told {
  const { lines, whole, approvedBy } = fact;
  const [first] = lines;
  const minor = lines.reduce((sum, { total }) => sum + total.minor, 0);
  return {
    kind: "voided",
    approvedBy,
    permission: allowed(whole ? "basket.void" : "line.void", approvedBy),
    what: lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(", "),
    amount: first === undefined ? null : { minor, currency: first.total.currency },
  };
}

function approval(
  approvedBy: StaffId | null,
  of: { readonly permission: Permission; readonly what: string; readonly amount: Money | null },
): Told | null {
  return approvedBy === null ? null : { kind: "approved", approvedBy, ...of };
}

function allowed(permission: Permission, approvedBy: StaffId | null): Permission | null {
  return approvedBy === null ? null : permission;
}
