import { type Instant, idOf } from "../ids.ts";
import { lesserMoney, subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import type { TicketLine } from "../ticket/ticket.ts";
import { arrivedPieces, type MailRefundPart, type MailRefundWay, type MailReturn } from "./mail-return.ts";
import type { ReturnPolicy } from "./policy.ts";
import { paidInMoney, type RefundRoute, refundRoutes } from "./refund-routes.ts";
import { returnActOf } from "./return-acts.ts";
import { returnLines } from "./return-lines.ts";
import type { GivenBack, ReturnAct, Standing } from "./returned.ts";
import type { BasketReturn } from "./returning.ts";

/** A way in which HQ can give money back, and the most that may go that way. */
export interface MailRoute {
  readonly way: MailRefundWay;
  readonly most: Money;
}

/** What is to be given back for goods that came by mail. */
export interface MailRefund {
  /** By which it is booked: what came back, and the money for it (`settled`). */
  readonly act: ReturnAct;
  readonly lines: readonly TicketLine[];
  /** As the policy offers them. */
  readonly routes: readonly RefundRoute[];
  /** The most that goes back as money, whichever of the ways for money it takes. */
  readonly inMoney: Money;
}

/**
 * What is given back for what came, by the same reckoning as at a till: shares of what was paid, what a promotion no longer deserves taken off, no more than
 * there is of the money. Pieces that came back elsewhere meanwhile bring nothing.
 */
export function mailRefundOf({
  mailReturn,
  standing,
  policy,
  at,
}: {
  readonly mailReturn: Pick<MailReturn, "id" | "arrivals" | "lines" | "isGift">;
  readonly standing: Standing;
  readonly policy: ReturnPolicy;
  readonly at: Instant;
}): MailRefund {
  const { purchase } = standing;
  const { currency, taxMode } = purchase;
  const lines = returnLines({
    returning: {
      standings: [standing],
      lines: purchase.lines.flatMap(({ position }) => basketReturn(mailReturn, standing, position)),
      promotions: policy.promotions,
      override: null,
      identity: null,
    },
    tax: { mode: taxMode, rounding: "line", classes: [], cashRounding: null },
  });
  const store = mailReturn.arrivals.at(-1)?.store ?? null;
  const head = { id: mailReturn.id, at, store, device: null, staff: null, currency, taxMode };
  const act = returnActOf(head, lines);
  const giveBack = act.settled;
  const scene = {
    standings: [standing],
    lines,
    refunds: [],
    giveBack,
    taxMode,
    policy: mailReturn.isGift ? { ...policy, refundTo: ["credit"] as const } : policy,
  };
  const routes = refundRoutes({ ...scene, giveBackInCash: giveBack });
  return { act, lines, routes, inMoney: lesserMoney(paidInMoney(scene), giveBack) };
}

function basketReturn(
  mailReturn: Pick<MailReturn, "id" | "arrivals" | "lines">,
  { purchase }: Standing,
  position: number,
): readonly BasketReturn[] {
  const quantity = arrivedPieces(mailReturn, position);
  const arrived = mailReturn.arrivals
    .flatMap(({ lines }) => lines)
    .find((each) => each.position === position);
  if (quantity === 0 || arrived === undefined) return [];
  const announced = mailReturn.lines.find((each) => each.position === position);
  const { condition, disposition } = arrived;
  return [
    {
      kind: "receipted",
      id: idOf<"Line">(`${mailReturn.id}-${position}`),
      of: { purchase: purchase.ref, position },
      quantity,
      reason: announced?.reason ?? "other",
      condition,
      disposition,
    },
  ];
}

/** The ways of a refund by mail: what a till gives in cash or to a card, HQ pays out. */
export function mailRoutes({
  routes,
  act: { settled },
  inMoney,
}: Pick<MailRefund, "routes" | "act" | "inMoney">): readonly MailRoute[] {
  const ways: readonly MailRefundWay[] = ["shop", "credit", "payout"];
  return ways
    .map((way): MailRoute => {
      const own = routes.filter((route) => wayOf(route) === way);
      const sum = own.reduce((all, { most }) => all + most.minor, 0);
      const most = way === "credit" ? settled : inMoney;
      return { way, most: lesserMoney(money(sum, settled.currency), most) };
    })
    .filter(({ most }) => most.minor > 0);
}

function wayOf({ kind }: RefundRoute): MailRefundWay {
  switch (kind) {
    case "online":
      return "shop";
    case "credit":
    // Nobody stands at the counter whose points they were: what was paid with them is credit by mail.
    case "points":
      return "credit";
    case "cash":
    case "card":
      return "payout";
  }
}

/**
 * The money of a refund, as much of it as may go the way that was asked for, the rest by the other ways. `newCode` makes the code of store credit, asked at
 * most once. Refused where that way is not offered, or where all ways together do not take all of it.
 */
export function splitRefund(
  refund: Pick<MailRefund, "routes" | "act" | "inMoney">,
  first: MailRefundWay,
  newCode: () => string,
): Result<readonly MailRefundPart[], "notThisWay" | "notAllOfIt"> {
  const { settled } = refund.act;
  if (settled.minor <= 0) return ok([]);
  const routes = mailRoutes(refund);
  const asked = routes.find(({ way }) => way === first);
  if (asked === undefined) return refused("notThisWay");
  let { inMoney } = refund;
  let left = settled;
  const parts = [asked, ...routes.filter((route) => route !== asked)].flatMap((route): MailRefundPart[] => {
    const isMoney = route.way !== "credit";
    const amount = lesserMoney(route.most, isMoney ? lesserMoney(left, inMoney) : left);
    if (amount.minor === 0) return [];
    const part = partOf(route.way, amount, refund.routes, newCode);
    if (part === null) return [];
    left = subtractMoney(left, amount);
    if (isMoney) inMoney = subtractMoney(inMoney, amount);
    return [part];
  });
  return left.minor === zeroMoney(left.currency).minor ? ok(parts) : refused("notAllOfIt");
}

/** How the money of a refund goes back, payment by payment: what HQ pays out counts for the cards that it was paid with, then for cash. */
export function givenBackBy(
  parts: readonly MailRefundPart[],
  { routes }: Pick<MailRefund, "routes">,
): readonly GivenBack[] {
  return parts.flatMap((part) => givenBackByPart(part, routes));
}

function givenBackByPart(part: MailRefundPart, routes: readonly RefundRoute[]): readonly GivenBack[] {
  const { amount } = part;
  switch (part.way) {
    case "shop":
      return [{ kind: "online", amount, payment: part.order }];
    case "credit":
      return [{ kind: "credit", amount, payment: null }];
    case "payout":
      return paidOut(amount, routes);
  }
}

function paidOut(amount: Money, routes: readonly RefundRoute[]): readonly GivenBack[] {
  let left = amount;
  const cardsFirst = routes.toSorted((a, b) => Number(b.kind === "card") - Number(a.kind === "card"));
  return cardsFirst.flatMap((route): GivenBack[] => {
    if (route.kind !== "card" && route.kind !== "cash") return [];
    const now = lesserMoney(route.most, left);
    if (now.minor === 0) return [];
    left = subtractMoney(left, now);
    return [{ kind: route.kind, amount: now, payment: route.kind === "card" ? route.paidBy : null }];
  });
}

function partOf(
  way: MailRefundWay,
  amount: Money,
  routes: readonly RefundRoute[],
  newCode: () => string,
): MailRefundPart | null {
  switch (way) {
    case "shop": {
      const online = routes.find((route) => route.kind === "online");
      return online?.kind === "online" ? { way, amount, order: online.order } : null;
    }
    case "credit":
      return { way, amount, code: newCode() };
    case "payout":
      return { way, amount };
  }
}
