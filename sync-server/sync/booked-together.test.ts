import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type CustomerId, idOf } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { toCustomerOf } from "#domain/loyalty/ledger.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { ServerForTests, TEST_ENGINE } from "../server-for-tests.ts";
import { lookAt } from "../storage/copies/place.ts";
import { SqlWrites } from "../storage/sql/writes.ts";
import { ANNA, act, doneAt, registerBuyers, SOLD_AT_RANDOM, STRANGER } from "../testing/random-sales.ts";
import { BERLIN, CUP, HAMBURG, TEA } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";
import { TestTill } from "../testing/till.ts";
import { Publication } from "./publisher.ts";

const RUNS = TEST_ENGINE === "postgres" ? 6 : 25;
const TAKES_MS = 240_000;
const STORES = [BERLIN, BERLIN, HAMBURG, BERLIN];
/** So much that no shelf runs out, which is told of whichever sale comes last. */
const PLENTY = 10_000;
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
    await server.stockUp(SOLD_AT_RANDOM, PLENTY);
    const counted = { kind: "counted", entry: idOf<"Entry">("count") } as const;
    // Sales from a shelf that was counted are set against that, each by itself.
    await server.deps.publisher.publish(async ({ tx, at }) => {
      await tx.addMovement(
        { store: BERLIN.store, variant: CUP, quantity: 0, reason: counted },
        { cause: "counted:count", at },
      );
    });
    await registerBuyers(server);
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
            JSON.stringify(
              row.filter((_, place) => !dropped.includes(table.columns[place]?.name ?? "")).map(meaningOf),
            ),
          );
      if (rows.length > 0) found.set(table.name, rows.toSorted());
    }
  } finally {
    await shop.close();
  }
  return found;
}

/** In which order an object's members stand says nothing. */
function meaningOf(value: unknown): unknown {
  return typeof value === "string" && value.startsWith("{") ? canonicalJson(JSON.parse(value)) : value;
}

test("S10 sales of several tills that are booked together leave what those leave that are booked one after the other", {
  timeout: TAKES_MS,
}, async () => {
  const groups: (readonly Ticket[])[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 30 }), async (acts) => {
      const [one, together] = servers as [ServerForTests, ServerForTests];
      const all = await tills();
      const berlin: Ticket[] = [];
      const sold = all.map(({ store }): Ticket[] => (store === BERLIN.store ? berlin : []));
      for (const till of all) till.begin();
      for (const each of acts) doneAt(all[each.till]!, sold[each.till]!, each);
      for (const { entries } of all) for (const entry of entries) await take(one, [entry]);
      const booked = vi.spyOn(SqlWrites.prototype, "addTickets");
      const tried = vi.spyOn(Publication.prototype, "attempt");
      await allAtOnce(together, all);
      groups.push(...booked.mock.calls.map(([tickets]) => tickets.map(({ ticket }) => ticket)));
      for (const { value } of tried.mock.results) expect(await value).toEqual({ ok: true });
      vi.restoreAllMocks();
      const [left, right] = [await rowsOf(one), await rowsOf(together)];
      expect([...right.keys()]).toEqual([...left.keys()]);
      for (const [table, rows] of left) expect([table, right.get(table)]).toEqual([table, rows]);
    }),
    // The servers have what was sold before: fewer acts afterwards are another case.
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(Math.max(...groups.map(({ length }) => length))).toBeGreaterThan(2);
  const annas = groups.map((group) => group.filter((ticket) => ticket.customer === ANNA));
  expect(Math.max(...annas.map(({ length }) => length))).toBeGreaterThan(1);
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

test("what a sale among many earns is taken back where something of it came back at a till that told of that first", async () => {
  const [server] = servers as [ServerForTests];
  const all = await tills();
  for (const till of all) till.begin();
  const [first, second, third] = all as [TestTill, TestTill, TestTill];
  const earning = (till: TestTill, buyer: CustomerId): Ticket => ({
    ...till.ticket([{ variant: TEA, quantity: 2 }]),
    ...{ customer: buyer, loyalty: { earned: 70, shares: [{ position: 0, pieces: 2, points: 70 }] } },
  });
  const sold = earning(first, STRANGER);
  third.write({ type: "ticket.completed", ticket: ticketBack(third, sold, 1) });
  await take(server, third.entries);
  for (const ticket of [sold, earning(first, STRANGER)]) first.write({ type: "ticket.completed", ticket });
  second.write({ type: "ticket.completed", ticket: earning(second, STRANGER) });
  const booked = vi.spyOn(SqlWrites.prototype, "addTickets");
  await allAtOnce(server, [first, second]);
  const groups = booked.mock.calls.map(([tickets]) => tickets.length);
  vi.restoreAllMocks();
  const entries = await server.storage.read((tx) => tx.pointsEntries([STRANGER]));
  expect(groups).toEqual([1, 2]);
  expect(entries.map(toCustomerOf).toSorted((a, b) => a - b)).toEqual([-35, 70, 70, 70]);
  const balance = { feed: "balances", collection: "balances", id: `points:${STRANGER}` } as const;
  const told = await server.storage.read((tx) => tx.liveDocument(balance));
  expect(JSON.parse(told ?? "null")).toMatchObject({ balance: 175, earnedInYear: 175 });
});
