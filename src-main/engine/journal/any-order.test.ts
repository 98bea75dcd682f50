import fc from "fast-check";
import { expect, test } from "vitest";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { JournalBench } from "../testing/journal-bench.ts";

const COLLECTIONS = ["stock", "products"] as const satisfies readonly ReplicaCollection[];

type Act =
  | { readonly kind: "sell"; readonly times: number }
  | { readonly kind: "signIn" | "callOff" | "forget" | "noteAcknowledged" | "kill" | "nextEpoch" }
  | { readonly kind: "failDisk"; readonly when: "before" | "after" }
  /** How far, as a share of what could be. */
  | { readonly kind: "acknowledge" | "rewind" | "applyAll" | "goBack"; readonly share: number }
  | { readonly kind: "apply"; readonly collection: (typeof COLLECTIONS)[number]; readonly share: number };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("sell" as const), times: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("signIn", "callOff", "forget", "noteAcknowledged", "kill", "nextEpoch"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("failDisk" as const),
      when: fc.constantFrom("before", "after"),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("acknowledge", "rewind"), share }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("applyAll", "goBack"), share }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("apply" as const),
      collection: fc.constantFrom(...COLLECTIONS),
      share,
    }),
  },
);

/** What a person with paper and pencil would know of the till. */
class Ledger {
  readonly bench: JournalBench;
  acknowledged: AppliedUpTo = { epoch: 1, seq: 0 };
  /** What the till noted last of it; a killed till knows no more. */
  noted: AppliedUpTo = { epoch: 1, seq: 0 };
  receipts = 0;

  constructor(bench: JournalBench) {
    this.bench = bench;
  }

  async perform(each: Act): Promise<void> {
    const { bench } = this;
    const { journal } = bench;
    const { epoch, seq } = journal.head;
    switch (each.kind) {
      case "sell": {
        const sold = await Promise.all(Array.from({ length: each.times }, () => bench.sell()));
        for (const ticket of sold) {
          this.receipts += 1;
          expect(ticket.number).toBe(`BER1-03-${String(this.receipts).padStart(6, "0")}`);
        }
        return;
      }
      case "signIn":
        await bench.signIn();
        return;
      case "callOff": {
        const makeFact = (): never => {
          throw new Error("called off");
        };
        await expect(journal.append({ staff: null, makeFact })).rejects.toThrow("called off");
        return;
      }
      case "failDisk":
        bench.failNextWrite(each.when);
        await expect(bench.sell()).rejects.toThrow("full");
        if (each.when === "after") this.receipts += 1;
        // Whoever asks now waits until it is certain what the disk has.
        await journal.recentTickets(1);
        return;
      case "acknowledge": {
        const upTo = { epoch, seq: Math.round(each.share * seq) };
        journal.acknowledge(upTo);
        if (upTo.seq > this.acknowledged.seq) this.acknowledged = upTo;
        return;
      }
      case "rewind": {
        const to = { epoch, seq: Math.floor(each.share * this.acknowledged.seq) };
        expect(await journal.rewind(to)).toBe(to.seq < this.acknowledged.seq);
        this.acknowledged = to;
        return;
      }
      case "apply": {
        const before = bench.applied.get(each.collection) ?? { epoch: 0, seq: 0 };
        const upTo = { epoch, seq: Math.round(each.share * seq) };
        if (upTo.epoch > before.epoch || upTo.seq > before.seq) bench.apply(upTo, [each.collection]);
        return;
      }
      case "applyAll":
        bench.apply({ epoch, seq: Math.round(each.share * seq) });
        await journal.recall();
        journal.forget();
        return;
      case "goBack":
        // To a time before the epoch, say.
        bench.apply({ epoch: Math.max(1, epoch - 1), seq: Math.round(each.share * seq) });
        await journal.recall();
        return;
      case "forget":
        journal.forget();
        return;
      case "noteAcknowledged":
        this.noted = journal.acknowledged;
        return;
      case "kill":
        await bench.reopen(this.noted);
        this.acknowledged = this.noted.epoch < epoch ? { epoch, seq: 0 } : this.noted;
        return;
      case "nextEpoch":
        await journal.carryOver({ epoch: epoch + 1, register: 3 });
        this.acknowledged = { epoch: epoch + 1, seq: 0 };
        return;
    }
  }

  async check(): Promise<void> {
    const { bench, acknowledged } = this;
    const entries = await bench.entries();
    bench.checkChain(entries);
    const places = (of: readonly { readonly epoch: number; readonly seq: number }[]) =>
      of.map(({ epoch, seq }) => `${epoch}/${seq}`);
    const after = ({ epoch, seq }: AppliedUpTo) =>
      entries.filter((entry) => entry.epoch > epoch || (entry.epoch === epoch && entry.seq > seq));
    expect(places(bench.journal.unsent())).toEqual(places(after(acknowledged)));
    for (const collection of COLLECTIONS) {
      const pending = after(bench.applied.get(collection) ?? { epoch: 0, seq: 0 });
      const once = pending.filter(({ id }, index) => pending.findIndex((each) => each.id === id) === index);
      expect(places(bench.journal.pendingFor(collection))).toEqual(places(once));
    }
    const unsent = new Set(bench.journal.unsent().map(({ id }) => id));
    const tickets = await bench.journal.recentTickets(200);
    expect(tickets.map(({ ticket }) => Number(ticket.number.slice(-6)))).toEqual(
      Array.from({ length: this.receipts }, (_, index) => this.receipts - index),
    );
    for (const { entry, sent } of tickets) expect(sent).toBe(!unsent.has(entry.id));
  }
}

test("S11 S18 whatever is sold, acknowledged, carried over and killed in whatever order: the chain holds, each receipt number is used once, and nothing unsent or pending is forgotten", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25, size: "max" }), async (acts) => {
      const bench = await JournalBench.open();
      try {
        const ledger = new Ledger(bench);
        for (const each of acts) {
          await ledger.perform(each);
          await ledger.check();
        }
      } finally {
        await bench.close();
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 40) },
  );
});
