import type { Permission } from "../staff/staff.ts";

/** DESIGN.md section 4: where a fulfilment stands. */
export type FulfilmentState =
  | "allocated"
  | "accepted"
  | "picking"
  | "short"
  | "ready"
  | "collected"
  | "shipped"
  | "declined"
  | "cancelled"
  | "expired";

export const FULFILMENT_STATES: readonly FulfilmentState[] = [
  "allocated",
  "accepted",
  "picking",
  "short",
  "ready",
  "collected",
  "shipped",
  "declined",
  "cancelled",
  "expired",
];

export type FulfilmentActType =
  | "allocated"
  | "accepted"
  | "declined"
  | "pickingStarted"
  | "pickingStopped"
  | "picked"
  | "handedOver"
  | "shipped"
  | "cancelled"
  | "expired"
  | "restocked";

export interface Transition {
  readonly from: readonly FulfilmentState[];
  /** Where it leads; several where the act itself decides (a pick that fell short, a hand-out of a part). */
  readonly to: readonly FulfilmentState[];
  /** What a member of staff needs; null where staff never does it. */
  readonly permission: Permission | null;
  readonly reasonDue: boolean;
}

const OPEN = ["allocated", "accepted", "picking", "short", "ready"] as const;

/** The one table of what may happen to a fulfilment; till, server and console read it. The server keeps placed orders that no store has yet. */
export const TRANSITIONS: Readonly<Record<FulfilmentActType, Transition>> = {
  allocated: { from: [], to: ["allocated"], permission: null, reasonDue: false },
  accepted: { from: ["allocated"], to: ["accepted"], permission: "orders.pick", reasonDue: false },
  declined: {
    from: ["allocated", "accepted", "picking", "short"],
    to: ["declined"],
    permission: "orders.decline",
    reasonDue: true,
  },
  pickingStarted: {
    from: ["allocated", "accepted"],
    to: ["picking"],
    permission: "orders.pick",
    reasonDue: false,
  },
  pickingStopped: { from: ["picking"], to: ["accepted"], permission: "orders.pick", reasonDue: false },
  picked: {
    from: ["allocated", "accepted", "picking", "short"],
    to: ["ready", "short"],
    permission: "orders.pick",
    reasonDue: false,
  },
  handedOver: {
    from: ["ready"],
    to: ["collected", "ready"],
    permission: "orders.handOver",
    reasonDue: false,
  },
  shipped: { from: ["ready"], to: ["shipped"], permission: "orders.ship", reasonDue: false },
  cancelled: { from: OPEN, to: ["cancelled"], permission: null, reasonDue: true },
  expired: { from: ["ready"], to: ["expired"], permission: null, reasonDue: false },
  restocked: {
    from: ["cancelled", "expired", "declined"],
    to: ["cancelled", "expired", "declined"],
    permission: "orders.pick",
    reasonDue: false,
  },
};

/** Whether the act is one for this state. */
export function fits(act: FulfilmentActType, state: FulfilmentState): boolean {
  return TRANSITIONS[act].from.includes(state);
}

/** Whether goods are still to be picked, handed out or sent. */
export function isOpen(state: FulfilmentState): boolean {
  return (OPEN as readonly FulfilmentState[]).includes(state);
}
