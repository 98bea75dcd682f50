import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Ticket, TicketTender } from "#domain/ticket/ticket.ts";
import { ServerForTests, TEST_ENGINE } from "../server-for-tests.ts";
import { lookAt } from "../storage/copies/place.ts";
import { SqlWrites } from "../storage/sql/writes.ts";
import { BERLIN, CUP, HAMBURG, POT, TEA } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";
import { TestTill } from "../testing/till.ts";
import { Publication } from "./publisher.ts";

const RUNS = TEST_ENGINE === "postgres" ? 6 : 25;
const TAKES_MS = 240_000;
const VARIANTS = [TEA, CUP, POT];
const STORES = [BERLIN, BERLIN, HAMBURG, BERLIN];
/** So much that no shelf runs out, which is told of whichever sale comes last. */
const PLENTY = 1_000;
/** Numbers that say in which order things of several tills came: the same whatever they are. */
const ORDERS = ["cursor", "seq"];
const MADE_UP = ["token_hash"];
/** In their own order: a till's entries, which are numbered by the till. */
const NUMBERED_BY_TILLS = ["journal"];
/** What each server makes up, or how often it told the tills of something. */
const OF_THIS_SERVER: readonly string[] = ["chain_feeds", "store_feeds", "feed_eras", "retailer"];

let servers: readonly ServerForTests[];
beforeEach(async () => {
  servers = await Promise.all([ServerForTests.open(), ServerForTests.open()]);
  for (const server of servers) {
    await server.stockUp(VARIANTS, PLENTY);
    const counted = { kind: "counted", entry: idOf<"Entry">("count") } as const;
    // Sales from a shelf that was counted are set against that, each by itself.
    await server.deps.publisher.publish(async ({ tx, at }) => {
      await tx.addMovement(
        { store: BERLIN.store, variant: CUP, quantity: 0, reason: counted },
        { cause: "counted:count", at },
      );
    });
  }
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

/** Tills that both servers know under the same name. */
async function tills(): Promise<readonly TestTill[]> {
  const made: TestTill[] = [];
  for (const store of STORES) {
    const till = new TestTill({ store: store.store });
    for (const server of servers) {
      const code = await server.deps.enrolment.makePairingCode(store.code);
      const { publicKey } = till;
      const paired = await server.deps.enrolment.pair({
        kind: "pair",
        code: code?.code ?? "",
        publicKey,
        name: "Till",
      });
      if (!paired.ok) throw new Error(paired.reason);
      till.device = paired.value.device;
    }
    made.push(till);
  }
  return made;
}

async function take(server: ServerForTests, entries: readonly JournalEntry[]): Promise<void> {
  const [first] = entries;
  const device = first && (await server.storage.read((tx) => tx.device(first.device)));
  if (device) expect(await server.deps.ingestion.ingest(device, entries)).toMatchObject({ ok: true });
}

/** The last till is let in first; while that is written all others come. */
async function allAtOnce(server: ServerForTests, all: readonly TestTill[]): Promise<void> {
  const devices = await server.storage.read((tx) => tx.devicesOf(all.map(({ device }) => device)));
  const came = all.toReversed().map(({ device, entries }) => {
    const known = devices.get(device);
    if (known === undefined) throw new Error("a till is not known");
    return server.deps.ingestion.ingest(known, entries);
  });
  for (const answer of await Promise.all(came)) expect(answer).toMatchObject({ ok: true });
}

/** Rows of all tables, in no order. */
async function rowsOf(server: ServerForTests): Promise<ReadonlyMap<string, readonly string[]>> {
  const shop = await lookAt(server.place);
  const found = new Map<string, readonly string[]>();
  try {
    for (const table of shop.rows.tables) {
      if (OF_THIS_SERVER.includes(table.name)) continue;
      const dropped = NUMBERED_BY_TILLS.includes(table.name) ? MADE_UP : [...MADE_UP, ...ORDERS];
      const rows: string[] = [];
      for await (const some of shop.rows.rows(table))
        for (const row of some)
          rows.push(
            JSON.stringify(row.filter((_, place) => !dropped.includes(table.columns[place]?.name ?? ""))),
          );
      if (rows.length > 0) found.set(table.name, rows.toSorted());
    }
  } finally {
    await shop.close();
  }
  return found;
}

const act = fc.record({
  till: fc.nat({ max: STORES.length - 2 }),
  kind: fc.constantFrom("plain", "plain", "plain", "card", "known", "back", "again", "drawer"),
  lines: fc.array(
    fc.record({ variant: fc.constantFrom(...VARIANTS), quantity: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** One thing that a till does; what it sold so far is in `sold`. */
function done(
  till: TestTill,
  sold: Ticket[],
  { kind, lines }: typeof act extends fc.Arbitrary<infer A> ? A : never,
): void {
  const ticket = till.ticket(lines);
  // Each comes back once: two tills' returns of one sale stand in the order in which they were told.
  const first = kind === "back" ? sold.shift() : undefined;
  if (kind === "drawer") {
    till.write({ type: "staff.clockedIn" });
    return;
  }
  if (kind === "again" && till.entries.at(-1)?.fact.type === "ticket.completed") {
    const last = till.entries.at(-1);
    if (last !== undefined) till.repeat(last);
    return;
  }
  if (kind === "back" && first !== undefined) {
    till.write({ type: "ticket.completed", ticket: ticketBack(till, first, 1) });
    return;
  }
  const card: TicketTender = {
    id: idOf<"Tender">(randomUUID()),
    kind: "card",
    amount: ticket.totals.due,
    brand: "visa",
    last4: "4242",
    approvalCode: "A1B2C3",
  } as TicketTender;
  const of: Ticket = {
    ...ticket,
    ...(kind === "card" ? { tenders: [card] } : {}),
    ...(kind === "known" ? { customer: idOf<"Customer">("anna") } : {}),
  };
  sold.push(of);
  till.write({ type: "ticket.completed", ticket: of });
}

test("S10 sales of several tills that are booked together leave what those leave that are booked one after the other", {
  timeout: TAKES_MS,
}, async () => {
  const groups: number[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 30 }), async (acts) => {
      const [one, together] = servers as [ServerForTests, ServerForTests];
      const all = await tills();
      const berlin: Ticket[] = [];
      const sold = all.map(({ store }): Ticket[] => (store === BERLIN.store ? berlin : []));
      for (const till of all) till.begin();
      for (const each of acts) done(all[each.till]!, sold[each.till]!, each);
      for (const { entries } of all) for (const entry of entries) await take(one, [entry]);
      const booked = vi.spyOn(SqlWrites.prototype, "addTickets");
      const tried = vi.spyOn(Publication.prototype, "attempt");
      await allAtOnce(together, all);
      groups.push(...booked.mock.calls.map(([tickets]) => tickets.length));
      for (const { value } of tried.mock.results) expect(await value).toEqual({ ok: true });
      vi.restoreAllMocks();
      const [left, right] = [await rowsOf(one), await rowsOf(together)];
      expect([...right.keys()]).toEqual([...left.keys()]);
      for (const [table, rows] of left) expect([table, right.get(table)]).toEqual([table, rows]);
    }),
    { numRuns: RUNS },
  );
  expect(Math.max(...groups)).toBeGreaterThan(2);
});

test("one sale among many that cannot be booked is told of alone, and the others are booked", async () => {
  const [server] = servers as [ServerForTests];
  const all = await tills();
  for (const till of all) {
    till.begin();
    for (let sale = 0; sale < 3; sale += 1) till.sell([{ variant: TEA, quantity: 1 }]);
  }
  const odd = { ...all[1]!.ticket([{ variant: TEA, quantity: 1 }]), businessDay: null as never };
  all[1]!.write({ type: "ticket.completed", ticket: odd });
  all[1]!.sell([{ variant: CUP, quantity: 1 }]);
  await allAtOnce(server, all);
  const found = await server.storage.read(async (tx) => ({
    tickets: await tx.ticketCount(null),
    tea: await tx.onHand({ store: BERLIN.store, variant: TEA }),
    cup: await tx.onHand({ store: BERLIN.store, variant: CUP }),
    kinds: (await tx.exceptions(9)).map(({ kind }) => kind).toSorted(),
  }));
  expect(found).toEqual({ tickets: 13, tea: PLENTY - 9, cup: PLENTY - 1, kinds: ["notBooked", "oversold"] });
});

test("S17 sales that are booked together and bring a shelf below zero raise that once, for the sale that did", async () => {
  const [server] = servers as [ServerForTests];
  const all = await tills();
  for (const till of all) till.begin();
  const berlin = all.filter(({ store }) => store === BERLIN.store);
  const tickets = berlin.map((till) => till.sell([{ variant: TEA, quantity: PLENTY / 2 - 100 }]).fact);
  await allAtOnce(server, all);
  const crossing = tickets[0];
  const found = await server.storage.read(async (tx) => ({
    tea: await tx.onHand({ store: BERLIN.store, variant: TEA }),
    ids: (await tx.exceptions(9)).map(({ id }) => id),
  }));
  const id = crossing?.type === "ticket.completed" ? crossing.ticket.id : "";
  expect(found).toEqual({ tea: 300 - PLENTY / 2, ids: [`oversold:${id}:${TEA}`] });
  expect(await server.stockOnTills(BERLIN, TEA)).toBe(300 - PLENTY / 2);
});
