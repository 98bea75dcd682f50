import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { idOf, type VariantId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { foldStock } from "#domain/journal/fold.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { SqlWrites } from "../storage/sql/writes.ts";
import { BERLIN, CUP, HAMBURG, POT, TEA } from "../testing/shop.ts";
import { type Sold, TestTill } from "../testing/till.ts";

let server: ServerForTests;
let paired: PairedTill;
let till: TestTill;

beforeEach(async () => {
  server = await ServerForTests.open();
  paired = await server.pair();
  till = paired.till;
});

afterEach(() => server.close());

async function push(entries: readonly JournalEntry[], from: PairedTill = paired) {
  return server.deps.ingestion.ingest(await from.record(), entries);
}

const one: readonly Sold[] = [{ variant: TEA, quantity: 1 }];

async function booked(): Promise<{ tickets: number; onHand: number; sum: number }> {
  const place = { store: BERLIN.store, variant: TEA };
  return server.storage.read(async (tx) => ({
    tickets: await tx.ticketCount(null),
    onHand: await tx.onHand(place),
    sum: await tx.movementSum(place),
  }));
}

function exceptionKinds(): Promise<string[]> {
  return server.storage.read(async (tx) => (await tx.exceptions(100)).map(({ kind }) => kind));
}

describe("a run that is right", () => {
  test("S10 S20 a run is booked whole: journal, tickets and stock, with the server's own time", async () => {
    await server.stockUp([TEA], 10);
    server.clock.advance(5_000);
    const answer = await push([till.begin(), till.sell(one), till.sell(one)]);
    expect(answer).toEqual({ ok: true, acknowledged: 3, serverTime: server.clock.now() });
    expect(await booked()).toEqual({ tickets: 2, onHand: 8, sum: 8 });
    expect(await server.stockOnTills(BERLIN, TEA)).toBe(8);
    const [newest] = await server.storage.read((tx) => tx.tickets({ store: null, before: null, limit: 1 }));
    expect(newest?.receivedAt).toBe(server.clock.now());
    expect(newest?.ticket.completedAt).toBe(till.at);
  });

  test("S11 pushing the same run again changes nothing and is acknowledged", async () => {
    await server.stockUp([TEA], 10);
    const run = [till.begin(), till.sell(one)];
    const first = await push(run);
    const before = await booked();
    const heads = await server.storage.read((tx) => tx.feedHead(`store:${BERLIN.store}`));
    expect(await push(run)).toEqual(first);
    expect(await booked()).toEqual(before);
    expect(await server.storage.read((tx) => tx.feedHead(`store:${BERLIN.store}`))).toEqual(heads);
  });

  test("S11 the same run pushed many times at once is booked once", async () => {
    await server.stockUp([TEA], 10);
    const run = [till.begin(), till.sell(one)];
    const answers = await Promise.all(Array.from({ length: 8 }, () => push(run)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await booked()).toEqual({ tickets: 1, onHand: 9, sum: 9 });
  });

  test("S17 a sale beyond the stock is booked, and the store hears of it once", async () => {
    await server.stockUp([TEA], 1);
    await push([till.begin(), till.sell([{ variant: TEA, quantity: 3 }]), till.sell(one)]);
    expect(await booked()).toEqual({ tickets: 2, onHand: -3, sum: -3 });
    expect(await exceptionKinds()).toEqual(["oversold"]);
    const notices = await server.storage.read((tx) =>
      tx.feedRows({ feed: `store:${BERLIN.store}`, collection: "notices", after: 0, limit: 9 }),
    );
    expect(notices).toHaveLength(1);
    expect(JSON.parse(notices[0]?.data ?? "")).toMatchObject({ kind: "oversold", resolved: false });
  });
});

describe("a run that is wrong is named, and nothing of it is taken", () => {
  async function expectRefused(entries: readonly JournalEntry[], reason: string, atSeq: number) {
    const before = await booked();
    const answer = await push(entries);
    expect(answer).toMatchObject({ ok: false, reason, atSeq });
    expect(await booked()).toEqual(before);
    return answer;
  }

  test("S12 a gap is answered with what the server has, and the till goes on from there", async () => {
    const [begun, first, second] = [till.begin(), till.sell(one), till.sell(one)];
    await push([begun]);
    const answer = await expectRefused([second], "gap", 3);
    expect(answer).toMatchObject({ acknowledged: 1, headHash: begun.hash });
    expect(await push([first, second])).toMatchObject({ ok: true, acknowledged: 3 });
  });

  test("S13 a restored till's other past is kept aside whole, raised once, and never booked", async () => {
    await server.stockUp([TEA], 10);
    const begun = till.begin();
    await push([begun, till.sell(one), till.sell(one)]);
    till.restoreTo(1);
    const fork = [till.sell(one), till.sell(one), till.sell(one)];
    await expectRefused(fork, "fork", 2);
    await expectRefused(fork, "fork", 2);
    const kept = await server.storage.read((tx) => tx.quarantined(till.device));
    expect(kept.map(({ entry }) => entry)).toEqual(fork);
    expect(await exceptionKinds()).toEqual(["forked"]);
  });

  test("S13 an entry on another past is a fork even when its seq is the next one", async () => {
    const begun = till.begin();
    till.sell(one);
    const onOtherPast = till.sell(one);
    await push(till.entries.slice(0, 2));
    till.restoreTo(1);
    till.sell(one);
    const stray = till.sell(one);
    expect(stray.seq).toBe(onOtherPast.seq);
    await expectRefused([stray], "fork", 3);
    expect(begun.seq).toBe(1);
  });

  test("S14 a changed amount is found by the hash", async () => {
    const begun = till.begin();
    const sale = till.sell(one);
    if (sale.fact.type !== "ticket.completed") throw new Error("no sale");
    const { ticket } = sale.fact;
    const cheaper = { ...ticket, totals: { ...ticket.totals, due: { ...ticket.totals.due, minor: 1 } } };
    const forged = { ...sale, fact: { ...sale.fact, ticket: cheaper } };
    await expectRefused([begun, forged], "badHash", 2);
  });

  test("S14 an entry signed by another key is forged, and is not even kept aside", async () => {
    const thief = new TestTill({ store: BERLIN.store });
    thief.device = till.device;
    await expectRefused([thief.begin(), thief.sell(one)], "badSignature", 1);
    expect(await server.storage.read((tx) => tx.quarantined(till.device))).toEqual([]);
    expect(await exceptionKinds()).toEqual([]);
  });

  test("S15 a till cannot push another till's entries", async () => {
    const other = await server.pair();
    await expectRefused([other.till.begin()], "wrongDevice", 1);
  });

  test("S15 entries of an epoch that was left are kept aside, those already booked are not", async () => {
    const known = [till.begin(), till.sell(one)];
    await push(known);
    const unseen = till.sell(one);
    await nextEpoch();
    till.epoch = 1;
    await expectRefused([...known, unseen], "wrongEpoch", 1);
    const kept = await server.storage.read((tx) => tx.quarantined(till.device));
    expect(kept.map(({ entry }) => entry)).toEqual([unseen]);
  });

  test("S16 a till cannot book into another store", async () => {
    const stranger = new TestTill({ store: HAMBURG.store });
    stranger.device = till.device;
    await expectRefused([stranger.begin()], "malformed", 1);
  });

  test("S16 a till cannot sell in another store's name", async () => {
    await push([till.begin()]);
    const ticket = { ...till.ticket(one), store: HAMBURG.store };
    await expectRefused([till.write({ type: "ticket.completed", ticket })], "malformed", 2);
  });

  test("S16 an epoch begins with its beginning", async () => {
    await expectRefused([till.sell(one)], "malformed", 1);
  });

  test("S10 one bad entry at the end takes the whole run down with it", async () => {
    const run = [till.begin(), till.sell(one), till.sell(one)];
    const bad = { ...till.sell(one), hash: "0".repeat(64) };
    await expectRefused([...run, bad], "badHash", 4);
    expect(await push(run)).toMatchObject({ ok: true, acknowledged: 3 });
  });
});

async function nextEpoch(): Promise<void> {
  const wish = `onetill.journal.v1:next-epoch:${till.device}:${till.epoch}`;
  const answer = await server.deps.enrolment.nextEpoch(await paired.record(), {
    kind: "nextEpoch",
    epoch: till.epoch,
    signature: till.sign(wish),
  });
  if (!answer.ok) throw new Error(answer.reason);
  till.epoch = answer.value.epoch;
}

test("S18 a sale carried over into the next epoch counts once", async () => {
  await server.stockUp([TEA], 10);
  const begun = till.begin();
  const sold = till.sell(one);
  await push([begun, sold]);
  await nextEpoch();
  const again = [till.begin(), till.repeat(sold), till.sell(one)];
  expect(await push(again)).toMatchObject({ ok: true, acknowledged: 3 });
  expect(await booked()).toEqual({ tickets: 2, onHand: 8, sum: 8 });
});

describe("whatever the network does", () => {
  const variants: readonly VariantId[] = [TEA, CUP, POT];
  const sales = fc.array(
    fc.array(fc.record({ variant: fc.constantFrom(...variants), quantity: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    { minLength: 1, maxLength: 12 },
  );
  /** Runs as a bad network pushes them: each from some point that the till believes to be unsent, of some length, some twice. */
  const cuts = fc.array(
    fc.record({ back: fc.nat({ max: 6 }), length: fc.integer({ min: 1, max: 7 }), twice: fc.boolean() }),
    { minLength: 40, maxLength: 40 },
  );

  test("S11 S18 S19 in any cut and repetition each ticket counts once, and stock is what the till's own fold says", async () => {
    await server.stockUp(variants, 10);
    await fc.assert(
      fc.asyncProperty(sales, cuts, async (sold, network) => {
        const fresh = await server.pair();
        const before = await levels();
        const ticketsBefore = await server.storage.read((tx) => tx.ticketCount(null));
        const chain = [fresh.till.begin(), ...sold.map((lines) => fresh.till.sell(lines))];
        const folded = foldStock({ levels: before, pending: chain });

        let acknowledged = 0;
        for (const { back, length, twice } of [...network, { back: 0, length: chain.length, twice: true }]) {
          const from = Math.max(0, acknowledged - back);
          const run = chain.slice(from, from + length);
          if (run.length === 0) continue;
          for (const _ of twice ? [1, 2] : [1]) {
            const answer = await push(run, fresh);
            expect(answer.ok).toBe(true);
            acknowledged = answer.acknowledged;
          }
        }

        expect(acknowledged).toBe(chain.length);
        expect(await server.storage.read((tx) => tx.ticketCount(null))).toBe(ticketsBefore + sold.length);
        expect(await levels()).toEqual(folded);
        for (const variant of variants) {
          const place = { store: BERLIN.store, variant };
          const sum = await server.storage.read((tx) => tx.movementSum(place));
          expect(folded.get(variant)?.onHand).toBe(sum);
          expect(await server.stockOnTills(BERLIN, variant)).toBe(sum);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  async function levels() {
    const found = new Map<VariantId, { store: typeof BERLIN.store; variant: VariantId; onHand: number }>();
    for (const variant of variants) {
      const place = { store: BERLIN.store, variant };
      found.set(variant, { ...place, onHand: await server.storage.read((tx) => tx.onHand(place)) });
    }
    return found;
  }
});

test("S17 a sale of something the server never heard of is booked all the same", async () => {
  const unknown = idOf<"Variant">("never-heard-of");
  await push([till.begin(), till.sell([{ variant: unknown, quantity: 1 }])]);
  expect(await server.storage.read((tx) => tx.onHand({ store: BERLIN.store, variant: unknown }))).toBe(-1);
});

describe("many tills at a time", () => {
  test("S10 what is pushed at the same time by many tills is booked for each, and a wrong run disturbs nobody", async () => {
    await server.stockUp([TEA], 100);
    const others = await Promise.all(Array.from({ length: 6 }, () => server.pair()));
    const runs = others.map(({ till: other }) => [other.begin(), other.sell(one), other.sell(one)]);
    const [first = []] = runs;
    const wrong = first.map((entry, place) => (place === 2 ? { ...entry, hash: "0".repeat(64) } : entry));
    const answers = await Promise.all(
      others.map((from, place) => push(place === 0 ? wrong : (runs[place] ?? []), from)),
    );
    expect(answers[0]).toMatchObject({ ok: false, reason: "badHash", atSeq: 3, acknowledged: 0 });
    expect(answers.slice(1).every((answer) => answer.ok && answer.acknowledged === 3)).toBe(true);
    expect(await booked()).toEqual({ tickets: 10, onHand: 90, sum: 90 });
  });

  test("S10 a long run is acknowledged once, when the last of it is booked, and a wrong entry at its end leaves nothing of it", async () => {
    await server.stockUp([TEA], 1_000);
    const run = [till.begin(), ...Array.from({ length: 120 }, () => till.sell(one))];
    const wrong = run.map((entry, place) =>
      place === 120 ? { ...entry, signature: "A".repeat(86) } : entry,
    );
    expect(await push(wrong)).toMatchObject({ ok: false, reason: "badSignature", atSeq: 121 });
    expect(await booked()).toEqual({ tickets: 0, onHand: 1_000, sum: 1_000 });
    expect(await push(run)).toMatchObject({ ok: true, acknowledged: 121 });
    expect(await booked()).toEqual({ tickets: 120, onHand: 880, sum: 880 });
  });

  test("of sales by which somebody earns points half as many go into one transaction", async () => {
    const earning = (customer: string): JournalEntry => {
      const loyalty = { earned: 5, shares: [{ position: 0, pieces: 1, points: 5 }] };
      const bought = { ...till.ticket(one), customer: idOf<"Customer">(customer), loyalty };
      return till.write({ type: "ticket.completed", ticket: bought });
    };
    await push([till.begin()]);
    const written = vi.spyOn(SqlWrites.prototype, "addTickets");
    await push(Array.from({ length: 60 }, (_, nth) => earning(`regular-${nth % 7}`)));
    await push(Array.from({ length: 60 }, () => till.sell(one)));
    expect(written.mock.calls.map(([tickets]) => tickets.length)).toEqual([25, 25, 10, 50, 10]);
    written.mockRestore();
  });
});
