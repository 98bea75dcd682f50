import type { Case } from "#domain/cases/case.ts";
import type { CreditId, CustomerId, Instant } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { type CreditSums, creditBalance, creditSums } from "#domain/value/credit.ts";
import { creditAccount } from "#domain/value/ledger.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Beyond any person's life; a chain that knows more of somebody tells the newest. */
const MAX_OF_ONE = 20_000;

/** A store credit, by the digest that names it. */
export interface CustomerCredit {
  readonly id: CreditId;
  readonly sums: CreditSums;
}

/** Whatever is somebody's, under all their ids. */
export interface Belongings {
  readonly tickets: readonly Ticket[];
  readonly orders: readonly Order[];
  readonly cases: readonly Case[];
  /** Given out to them for goods that came back. */
  readonly credits: readonly CustomerCredit[];
}

export async function belongingsOf(
  tx: ReadTransaction,
  { ids, at }: { readonly ids: readonly CustomerId[]; readonly at: Instant },
): Promise<Belongings> {
  const [customer] = ids;
  if (customer === undefined) return { tickets: [], orders: [], cases: [], credits: [] };
  const tickets: Ticket[] = [];
  const orders: Order[] = [];
  for (const { kind, id } of await tx.historyOf({ customer, channels: [], limit: MAX_OF_ONE })) {
    const ticket = kind === "ticket" ? await tx.ticket(idOf<"Ticket">(id)) : null;
    if (ticket !== null) tickets.push(ticket.ticket);
    const order = kind === "order" ? await tx.order(idOf<"Order">(id)) : null;
    if (order !== null) orders.push(order);
  }
  return { tickets, orders, cases: await casesOf(tx, customer, at), credits: await creditsOf(tx, ids) };
}

/** What is still due to somebody: until it is done their name is needed, and they are not erased. */
export function unfinished({ orders, cases }: Belongings): readonly string[] {
  const open = orders.filter((order) => OPEN.has(statusOf(order)));
  const waiting = cases.filter(({ closedAt }) => closedAt === null);
  return [...open, ...waiting].map(({ number }) => number);
}

/** Credits that somebody may still spend: they stay spendable, but nobody can say any more whose they are. */
export function outstanding({ credits }: Belongings): readonly CustomerCredit[] {
  return credits.filter(({ sums }) => creditBalance(sums).minor > 0);
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

async function creditsOf(
  tx: ReadTransaction,
  ids: readonly CustomerId[],
): Promise<readonly CustomerCredit[]> {
  const credits: CustomerCredit[] = [];
  for (const name of await tx.creditsOfCustomer(ids)) {
    const credit = idOf<"Credit">(name);
    const sums = creditSums(credit, await tx.ledgerEntries(creditAccount(credit)));
    if (sums !== null) credits.push({ id: credit, sums });
  }
  return credits;
}
