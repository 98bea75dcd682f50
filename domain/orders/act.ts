import {
  type DeviceId,
  type Instant,
  instant,
  type LineId,
  type Sku,
  type StaffId,
  type VariantId,
} from "../ids.ts";
import {
  type Actor,
  type Fulfilment,
  type FulfilmentLine,
  MAX_TRACES_PER_FULFILMENT,
  type Parcel,
  type Trace,
} from "./order.ts";
import type { Signature } from "./signature.ts";
import { type FulfilmentActType, type FulfilmentState, fits } from "./transitions.ts";

/** What was found of one line. `substitute` took the place of all pieces of it. */
export interface PickedLine {
  readonly line: LineId;
  readonly quantity: number;
  readonly substitute: { readonly variant: VariantId; readonly sku: Sku; readonly name: string } | null;
}

/** What becomes of pieces that were not found: money back, or another store finds them (HQ and the routing decide which). */
export type ShortChoice = "refundRest" | "rerouteRest" | "askHq";

/** How the hand-out was proven. */
export type HandOverProof =
  | { readonly kind: "code" }
  | { readonly kind: "idCheck"; readonly reason: string; readonly collector: string };

/** A hand-out without the lease: a manager's word, journaled and reconciled. */
export interface LeaseOverride {
  readonly manager: StaffId;
  readonly reason: string;
}

/** Pieces `from + 1` up to `from + quantity` of a line change hands: naming them makes handing the same piece out twice visible. */
export interface HandedLine {
  readonly line: LineId;
  readonly variant: VariantId;
  readonly from: number;
  readonly quantity: number;
}

/** All that is known of a hand-out: which pieces, how it was proven, by whose word where the lease was missing. */
export interface HandOver {
  readonly lines: readonly HandedLine[];
  readonly proof: HandOverProof;
  readonly override: LeaseOverride | null;
  /** Absent: nobody had to sign. */
  readonly signature?: Signature;
}

export type FulfilmentAct =
  | { readonly type: "accepted" }
  | { readonly type: "declined"; readonly reason: string }
  | { readonly type: "pickingStarted" }
  | { readonly type: "pickingStopped" }
  | {
      readonly type: "picked";
      readonly lines: readonly PickedLine[];
      readonly shelf: string;
      readonly rest: ShortChoice | null;
    }
  | ({ readonly type: "handedOver" } & HandOver)
  | {
      readonly type: "shipped";
      readonly lines: readonly HandedLine[];
      readonly parcels: readonly Parcel[];
    }
  | { readonly type: "cancelled"; readonly reason: string }
  | { readonly type: "expired" }
  | { readonly type: "restocked" };

/** The acts that a till journals. */
export type TillAct = Exclude<FulfilmentAct, { readonly type: "cancelled" | "expired" }>;

/** Whether goods leave a store by such an act. */
export function takesGoodsAway(act: FulfilmentActType): boolean {
  return act === "handedOver" || act === "shipped";
}

export interface ActContext {
  readonly at: Instant;
  readonly by: Actor;
  /** How long after becoming ready a parcel is kept, milliseconds. */
  readonly keepReadyMs: number;
}

/**
 * A fulfilment after an act. An act that contradicts the state it meets still happened: the goods it names count as moved, it is traced as not
 * fitting, and the state goes on only where the goods say so. Server and till's overlay both fold with this.
 */
export function actOn(fulfilment: Fulfilment, act: FulfilmentAct, context: ActContext): Fulfilment {
  const fitting = fits(act.type, fulfilment.state);
  const changed = changedBy(fulfilment, act, context, fitting);
  return { ...changed, trace: traced(fulfilment, changed.state, act, context, fitting) };
}

function changedBy(
  fulfilment: Fulfilment,
  act: FulfilmentAct,
  { at, by, keepReadyMs }: ActContext,
  fitting: boolean,
): Fulfilment {
  const to = (state: FulfilmentState): FulfilmentState => (fitting ? state : fulfilment.state);
  switch (act.type) {
    case "accepted":
      return { ...fulfilment, state: to("accepted") };
    case "declined":
      return { ...fulfilment, state: to("declined"), claimedBy: null };
    case "pickingStarted":
      return fitting ? { ...fulfilment, state: "picking", claimedBy: claimantOf(by) } : fulfilment;
    case "pickingStopped":
      return fitting ? { ...fulfilment, state: "accepted", claimedBy: null } : fulfilment;
    case "picked":
      return pickedInto(fulfilment, act, { at, by, keepReadyMs, fitting });
    case "handedOver": {
      const lines = withHanded(fulfilment.lines, act.lines);
      return { ...fulfilment, lines, state: lines.every(isDone) ? "collected" : fulfilment.state };
    }
    case "shipped":
      return {
        ...fulfilment,
        lines: withHanded(fulfilment.lines, act.lines),
        parcels: [...fulfilment.parcels, ...act.parcels],
        state: "shipped",
      };
    case "cancelled":
      return { ...fulfilment, state: to("cancelled"), claimedBy: null };
    case "expired":
      return { ...fulfilment, state: to("expired") };
    case "restocked":
      return { ...fulfilment, restocked: fitting || fulfilment.restocked, shelf: null };
  }
}

function claimantOf(by: Actor): { readonly staff: StaffId | null; readonly device: DeviceId } | null {
  return by.kind === "staff" ? { staff: by.staff, device: by.device } : null;
}

function pickedInto(
  fulfilment: Fulfilment,
  act: Extract<FulfilmentAct, { readonly type: "picked" }>,
  { at, by, keepReadyMs, fitting }: ActContext & { readonly fitting: boolean },
): Fulfilment {
  // Another till found it before: it is handed out from where that one put it.
  if (!fitting && fulfilment.state === "ready") return fulfilment;
  const found = new Map(act.lines.map((each) => [each.line, each]));
  const waiting = act.rest === "askHq";
  const lines = fulfilment.lines.map((line) => {
    const picked = pickedLine(line, found.get(line.line), waiting);
    // What lies there is to be put back; what is owed was settled otherwise, another store has it, say.
    return fitting
      ? picked
      : { ...picked, picked: Math.max(line.picked, picked.picked), missing: line.missing };
  });
  const isShort = waiting && lines.some((line) => line.picked < line.quantity - line.missing);
  const state: FulfilmentState = isShort ? "short" : "ready";
  return {
    ...fulfilment,
    lines,
    shelf: act.shelf,
    claimedBy: claimantOf(by),
    state: fitting ? state : fulfilment.state,
    collectBy: fitting && state === "ready" ? instant(at + keepReadyMs) : fulfilment.collectBy,
  };
}

function pickedLine(line: FulfilmentLine, found: PickedLine | undefined, waiting: boolean): FulfilmentLine {
  const due = line.quantity - line.missing;
  const picked = Math.min(Math.max(found?.quantity ?? 0, 0), due);
  const substitute = found?.substitute ?? null;
  return {
    ...line,
    picked,
    missing: waiting ? line.missing : line.quantity - picked,
    variant: substitute?.variant ?? line.variant,
    insteadOf: substitute === null ? line.insteadOf : (line.insteadOf ?? line.variant),
  };
}

function withHanded(
  lines: readonly FulfilmentLine[],
  handed: readonly HandedLine[],
): readonly FulfilmentLine[] {
  const byLine = new Map(handed.map((each) => [each.line, each]));
  return lines.map((line) => {
    const gone = byLine.get(line.line);
    if (gone === undefined) return line;
    return { ...line, handed: Math.min(line.quantity, Math.max(line.handed, gone.from + gone.quantity)) };
  });
}

/** Nothing of the line is left to hand over. */
export function isDone(line: FulfilmentLine): boolean {
  return line.handed >= line.quantity - line.missing;
}

function traced(
  before: Fulfilment,
  to: FulfilmentState,
  act: FulfilmentAct,
  { at, by }: ActContext,
  fitting: boolean,
): readonly Trace[] {
  const trace: Trace = {
    at,
    act: act.type,
    by,
    from: before.state,
    to,
    reason: reasonOf(act),
    fits: fitting,
    ...(act.type === "handedOver" && act.signature !== undefined ? { signature: act.signature } : {}),
  };
  return [...before.trace, trace].slice(-MAX_TRACES_PER_FULFILMENT);
}

function reasonOf(act: FulfilmentAct): string | null {
  switch (act.type) {
    case "declined":
    case "cancelled":
      return act.reason;
    case "picked":
      return act.rest;
    case "handedOver":
      return act.override?.reason ?? (act.proof.kind === "idCheck" ? act.proof.reason : null);
    case "accepted":
    case "pickingStarted":
    case "pickingStopped":
    case "shipped":
    case "expired":
    case "restocked":
      return null;
  }
}
