import type { Case } from "#domain/cases/case.ts";
import type { CreditId, CustomerId, Instant } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import { type PointsEntry, toCustomerOf } from "#domain/loyalty/ledger.ts";
import type { Order } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { type CreditSums, creditBalance } from "#domain/value/credit.ts";
import type { ValueKind } from "#domain/value/credit-code.ts";
import { booked } from "../credits/credits.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Beyond any person's life; a chain that knows more of somebody tells the newest. */
const MAX_OF_ONE = 20_000;

/** A store credit or a gift card, by the digest that names it. */
export interface CustomerValue {
  readonly id: CreditId;
  readonly kind: ValueKind;
  readonly sums: CreditSums;
}

/** Whatever is somebody's, under all their ids, save what they bought at tills. */
export interface Belongings {
  readonly orders: readonly Order[];
  readonly cases: readonly Case[];
  /** Given out to them for goods that came back. */
  readonly credits: readonly CustomerValue[];
  /** That they bought or had loaded, for themselves or to give away. */
  readonly giftCards: readonly CustomerValue[];
  readonly points: readonly PointsEntry[];
}

export async function belongingsOf(
  tx: ReadTransaction,
  { ids, at }: { readonly ids: readonly CustomerId[]; readonly at: Instant },
): Promise<Belongings> {
  const [customer] = ids;
  if (customer === undefined) return { orders: [], cases: [], credits: [], giftCards: [], points: [] };
  const orders: Order[] = [];
  for (const { kind, id } of await tx.historyOf({ customer, channels: [], limit: MAX_OF_ONE })) {
    const order = kind === "order" ? await tx.order(idOf<"Order">(id)) : null;
    if (order !== null) orders.push(order);
  }
  const value = await valueHeldBy(tx, ids);
  return {
    orders,
    cases: await casesOf(tx, customer, at),
    credits: value.filter(({ kind }) => kind === "credit"),
    giftCards: value.filter(({ kind }) => kind === "giftCard"),
    points: await tx.pointsEntries(ids),
  };
}

/** What somebody bought at tills, under all their ids. */
export async function ticketsOf(tx: ReadTransaction, customer: CustomerId): Promise<readonly Ticket[]> {
  const tickets: Ticket[] = [];
  for (const { kind, id } of await tx.historyOf({ customer, channels: [], limit: MAX_OF_ONE })) {
    const ticket = kind === "ticket" ? await tx.ticket(idOf<"Ticket">(id)) : null;
    if (ticket !== null) tickets.push(ticket.ticket);
  }
  return tickets;
}

/** What is still due to somebody: until it is done their name is needed, and they are not erased. */
export function unfinished({ orders, cases }: Belongings): readonly string[] {
  const open = orders.filter((order) => OPEN.has(statusOf(order)));
  const waiting = cases.filter(({ closedAt }) => closedAt === null);
  return [...open, ...waiting].map(({ number }) => number);
}

/** Credits that somebody may still spend: they stay spendable, but nobody can say any more whose they are. */
export function outstanding({ credits }: Belongings): readonly CustomerValue[] {
  return credits.filter(({ sums }) => creditBalance(sums).minor > 0);
}

/** Points that are left; below zero where more came back than there were. */
export function openPoints({ points }: Belongings): number {
  return points.reduce((sum, entry) => sum + toCustomerOf(entry), 0);
}

const OPEN: ReadonlySet<ReturnType<typeof statusOf>> = new Set(["placed", "inProgress", "ready"]);

async function casesOf(tx: ReadTransaction, customer: CustomerId, at: Instant): Promise<readonly Case[]> {
  const { cases } = await tx.cases({
    filter: "all",
    kind: null,
    store: null,
    customer,
    search: "",
    at,
    offset: 0,
    limit: MAX_OF_ONE,
  });
  return cases;
}

async function valueHeldBy(
  tx: ReadTransaction,
  ids: readonly CustomerId[],
): Promise<readonly CustomerValue[]> {
  const value: CustomerValue[] = [];
  for (const { id, kind } of await tx.valueOfCustomer(ids)) {
    const { sums } = await booked(tx, { id, kind });
    if (sums !== null) value.push({ id, kind, sums });
  }
  return value;
}
