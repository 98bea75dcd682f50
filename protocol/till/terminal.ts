import { z } from "zod";
import { idSchema, instantSchema, moneySchema } from "../scalars.ts";
import { approvalSchema } from "./approval.ts";

const approval = approvalSchema.nullable().default(null);
const nexoName = z.string().trim().min(1).max(32);

/** A terminal on the store's network that speaks the nexo retailer protocol. */
export const terminalSetupSchema = z.strictObject({
  kind: z.literal("nexo"),
  host: z.string().trim().min(1).max(253),
  port: z.number().int().min(1).max(65_535),
  /** What this till and the terminal call themselves; the acquirer says how. */
  saleId: nexoName,
  poiId: nexoName,
  /** Null: without encryption. `fingerprint`: the SHA-256 of the terminal's own certificate, in hex; null: it must be one that this machine trusts. */
  tls: z
    .strictObject({
      fingerprint: z
        .string()
        .transform((text) => text.replace(/[^0-9a-fA-F]/g, "").toLowerCase())
        .pipe(z.string().regex(/^[0-9a-f]{64}$/))
        .nullable(),
    })
    .nullable(),
});
export type TerminalSetupView = z.output<typeof terminalSetupSchema>;

/** Why a terminal did not do what it was asked for. */
export const NOT_DONE_REASONS = [
  "declined",
  "wrongPin",
  "cardRefused",
  "hostUnreachable",
  "aborted",
  "busy",
  "unreachable",
  "notPossible",
  "wrongAmount",
  "notSent",
] as const;
export type NotDoneReason = (typeof NOT_DONE_REASONS)[number];

const request = {
  basket: idSchema<"Basket">(),
  act: z.enum(["pay", "giveBack"]),
  amount: moneySchema,
  since: instantSchema,
};

/** How the last request of this start of the till ended. */
const lastSchema = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("approved"),
    ...request,
    /** Below what was asked for: the rest is still open. */
    approved: moneySchema,
  }),
  z.strictObject({
    outcome: z.literal("notDone"),
    ...request,
    reason: z.enum(NOT_DONE_REASONS),
    /** In the terminal's own words; empty where it has none. */
    says: z.string().max(200),
  }),
]);

/** The payment terminal of this till and what it is doing. */
export const terminalViewSchema = z.strictObject({
  /** Null: none; approval codes are typed. */
  setUp: terminalSetupSchema.nullable(),
  now: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("idle"), last: lastSchema.nullable() }),
    /** The customer has the terminal in front. */
    z.strictObject({ state: z.literal("asking"), ...request, aborting: z.boolean() }),
    /** Nobody knows yet whether money moved: the till asks the terminal until it says, or somebody does. */
    z.strictObject({
      state: z.literal("unknown"),
      ...request,
      staffName: z.string(),
      /** Whether the terminal answers at all. */
      reachable: z.boolean(),
    }),
  ]),
  /** Payments that have to go back to their card and did not yet. */
  reversals: z.array(
    z.strictObject({
      service: z.string(),
      amount: moneySchema,
      brand: z.string(),
      lastFour: z.string().nullable(),
      since: instantSchema,
      /** `waiting`: tried again by itself; `byHand`: the terminal will not do it. */
      state: z.enum(["waiting", "byHand"]),
    }),
  ),
});
export type TerminalView = z.infer<typeof terminalViewSchema>;

export const payByTerminalArgs = z.strictObject({ amount: moneySchema });
export const refundByTerminalArgs = z.strictObject({
  amount: moneySchema,
  /** The payment that it gives back, as the route names it. */
  paidBy: z.string().max(40).exactOptional(),
});
/** What happened with a request or a reversal that the terminal cannot say. `service`: of the reversal; null: the request that is open. */
export const settleTerminalArgs = z.strictObject({
  service: z.string().max(10).nullable().default(null),
  happened: z.boolean(),
  approvalCode: z.string().trim().max(40).default(""),
  reason: z.string().trim().min(1).max(500),
  approval,
});
export const setUpTerminalArgs = z.strictObject({ setup: terminalSetupSchema.nullable(), approval });

const brandTotals = z.strictObject({
  brand: z.string().max(40),
  paid: z.strictObject({ count: z.number().int().nonnegative(), amount: moneySchema }),
  givenBack: z.strictObject({ count: z.number().int().nonnegative(), amount: moneySchema }),
});
export const terminalTotalsSchema = z.strictObject({ brands: z.array(brandTotals).max(50) });
export type TerminalTotalsView = z.infer<typeof terminalTotalsSchema>;

export const TERMINAL_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noTerminal",
  "terminalPending",
  "terminalIdle",
  "terminalSilent",
  "terminalBusy",
  "terminalRefused",
  "storage",
] as const;
export const SETTLE_REFUSALS = [
  "notSignedIn",
  "approvalNeeded",
  "wrongPin",
  "tooManyTries",
  "notAManager",
  "terminalIdle",
  "terminalAsking",
  "approvalCodeMissing",
  "storage",
] as const;
export const SET_UP_TERMINAL_REFUSALS = [
  "notSignedIn",
  "approvalNeeded",
  "wrongPin",
  "tooManyTries",
  "notAManager",
  "terminalPending",
  "storage",
] as const;
