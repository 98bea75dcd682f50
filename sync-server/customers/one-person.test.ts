import fc from "fast-check";
import { expect, test } from "vitest";
import { type CustomerId, idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { type SealedEntry, saySealed } from "../testing/sealed.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";

const IDS = ["a", "b", "c", "d"].map((name) => idOf<"Customer">(name));
const who = fc.constantFrom(...IDS);
const at = fc.nat({ max: 1 });
const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant("register" as const), who, at, email: fc.constantFrom("x@x.de", "y@y.de") }),
    fc.record({ act: fc.constant("edit" as const), who, at, keyless: fc.boolean() }),
    fc.record({ act: fc.constant("sell" as const), who, at }),
    fc.record({ act: fc.constant("merge" as const), who, other: who }),
    fc.record({ act: fc.constant("undo" as const), which: fc.nat({ max: 5 }) }),
    fc.record({ act: fc.constant("erase" as const), who }),
    fc.record({ act: fc.constant("again" as const), at }),
    fc.record({ act: fc.constant("epoch" as const), at }),
  ),
  { minLength: 5, maxLength: 25 },
);

test("whatever tills say late, twice or without a key while profiles are merged, parted and erased: everybody is one profile, and nobody who was erased comes back", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const chain = await Chain.open();
      try {
        for (const act of all) {
          await chain.happen(act);
          await chain.check();
        }
      } finally {
        await chain.server.close();
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

type Act = typeof acts extends fc.Arbitrary<readonly (infer Each)[]> ? Each : never;

interface Till {
  readonly paired: PairedTill;
  readonly keys: SealedEntry["key"][];
  /** Of the epoch that it is in. */
  entries: JournalEntry[];
}

class Chain {
  readonly server: ServerForTests;
  readonly #tills: readonly Till[];
  readonly #erased = new Set<CustomerId>();

  private constructor(server: ServerForTests, tills: readonly Till[]) {
    this.server = server;
    this.#tills = tills;
  }

  static async open(): Promise<Chain> {
    const server = await ServerForTests.open();
    await server.stockUp([TEA], 100);
    const tills: Till[] = [];
    for (const store of [BERLIN, HAMBURG]) {
      const paired = await server.pair(store);
      tills.push({ paired, keys: [], entries: [paired.till.begin()] });
    }
    return new Chain(server, tills);
  }

  async happen(act: Act): Promise<void> {
    const { customers } = this.server.deps;
    switch (act.act) {
      case "merge":
        await customers.merge({ survivor: act.who, former: act.other, by: "Ada" });
        return;
      case "undo": {
        const known = await this.server.storage.read((tx) => tx.customerMerges(IDS));
        await customers.undo({ id: known[act.which % Math.max(1, known.length)]?.id ?? "", by: "Ada" });
        return;
      }
      case "erase": {
        const ids = await this.server.storage.read((tx) => tx.customerIds(act.who));
        if ((await customers.erase(act.who)).ok) for (const id of ids) this.#erased.add(id);
        return;
      }
      default:
        await this.#atTill(act);
    }
  }

  async #atTill(act: Exclude<Act, { act: "merge" | "undo" | "erase" }>): Promise<void> {
    const at = this.#tills[act.at];
    if (at === undefined) throw new Error("no such till");
    const { till } = at.paired;
    if (act.act === "register" || act.act === "edit") {
      const isNew = act.act === "register";
      const said = saySealed(till, {
        type: isNew ? "customer.registered" : "customer.edited",
        customer: act.who,
        changes: isNew ? { name: "Anna", email: act.email } : { phone: "030 23125001" },
      });
      at.entries.push(said.entry);
      if (isNew || !act.keyless) at.keys.push(said.key);
    }
    if (act.act === "sell") {
      const ticket = { ...till.ticket([{ variant: TEA, quantity: 1 }]), customer: act.who };
      at.entries.push(till.write({ type: "ticket.completed", ticket }));
    }
    if (act.act === "epoch") {
      const next = till.epoch + 1;
      await this.server.storage.write((tx) => tx.beginEpoch(till.device, next));
      till.epoch = next;
      const carried = at.entries.filter(({ fact }) => fact.type !== "epoch.begun");
      at.entries = [till.begin(), ...carried.map((entry) => till.repeat(entry))];
    }
    const answer = await this.server.deps.ingestion.ingest(await at.paired.record(), at.entries, at.keys);
    expect(answer).toMatchObject({ ok: true });
  }

  async check(): Promise<void> {
    await this.server.storage.read(async (tx) => {
      const { customers } = await tx.searchCustomers({ search: "", offset: 0, limit: 99 });
      const live = await tx.liveDocuments({
        feed: "customers",
        collection: "customers",
        after: "",
        limit: 99,
      });
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      expect(live.map(({ data }) => JSON.parse(data)).toSorted(byId)).toEqual(customers.toSorted(byId));
      const named = customers.flatMap(({ id, formerIds = [] }) => [id, ...formerIds]);
      expect(new Set(named).size).toBe(named.length);
      for (const customer of customers)
        for (const id of [customer.id, ...(customer.formerIds ?? [])]) {
          expect((await tx.customer(id))?.id).toBe(customer.id);
          expect([...(await tx.customerIds(id))].toSorted()).toEqual(
            [customer.id, ...(customer.formerIds ?? [])].toSorted(),
          );
        }
      for (const id of this.#erased) {
        expect(named).not.toContain(id);
        expect(await tx.customer(id)).toBeNull();
        expect(await tx.customerEdits([id], 9)).toEqual([]);
        expect(await tx.customerMerges([id])).toEqual([]);
      }
      for (const { id, hasBought, formerIds = [] } of customers) {
        const history = await tx.historyOf({ customer: id, channels: [], limit: 99 });
        if (hasBought === undefined && formerIds.length === 0) expect(history).toEqual([]);
        if (hasBought === true) expect(history).not.toEqual([]);
      }
    });
  }
}
