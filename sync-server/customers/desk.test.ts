import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { money } from "#domain/money/money.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { connectShop, seenOrder, webhook } from "../testing/connectors.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { type SealedEntry, saySealed } from "../testing/sealed.ts";
import { BERLIN, customer, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { customerHistory } from "./history.ts";

const HQ = { source: "hq Ada", by: "Ada" };
const DAY_MS = 86_400_000;

let server: ServerForTests;
let berlin: PairedTill;
let hamburg: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  await server.stockUp([TEA], 100);
  berlin = await server.pair(BERLIN);
  hamburg = await server.pair(HAMBURG);
  for (const till of [berlin, hamburg]) await push(till, till.till.begin());
});
afterEach(() => server.close());

async function push({ record }: PairedTill, ...said: readonly (JournalEntry | SealedEntry)[]): Promise<void> {
  const entries = said.map((each) => ("key" in each ? each.entry : each));
  const keys = said.flatMap((each) => ("key" in each ? [each.key] : []));
  const answer = await server.deps.ingestion.ingest(await record(), entries, keys);
  expect(answer).toMatchObject({ ok: true });
}

function register(till: PairedTill, id: string, changes: object): SealedEntry {
  return saySealed(till.till, { type: "customer.registered", customer: idOf<"Customer">(id), changes });
}

const SPRING = idOf<"Promotion">("spring");

function sellTo(till: PairedTill, id: string, promotion: typeof SPRING | null = null): JournalEntry {
  const ticket = till.till.ticket([{ variant: TEA, quantity: 1 }]);
  const granted = { source: "promotion", reason: "Spring", amount: money(1, EUR), needs: null } as const;
  const lines = ticket.lines.map((line) => ({
    ...line,
    discounts: promotion === null ? [] : [{ ...granted, promotion }],
  }));
  return till.till.write({
    type: "ticket.completed",
    ticket: { ...ticket, lines, customer: idOf<"Customer">(id) },
  });
}

/** A promotion that each customer has at most so often. */
function promote(): Promise<void> {
  return server.deps.publisher.publish((publication) =>
    publication.putPromotion({
      id: SPRING,
      name: "Spring",
      validFrom: instant(0),
      validUntil: null,
      priority: 0,
      rule: { kind: "eachPiece", goods: { kind: "all" }, off: { kind: "percent", ppm: 100_000 } },
      limits: { perCustomer: 9 },
    }),
  );
}

function profile(id: string): Promise<Customer | null> {
  return server.storage.read((tx) => tx.customer(idOf<"Customer">(id)));
}

async function ticketsOf(id: string): Promise<number> {
  const history = await server.storage.read((tx) =>
    customerHistory(tx, { customer: idOf<"Customer">(id), channels: [] }),
  );
  return history.entries.length;
}

/** Who is on the tills of a store, and whose tombstones. */
async function onTills(store: StoreSettings): Promise<readonly string[]> {
  return (await pulled(store)).rows.filter(({ deleted }) => !deleted).map(({ id }) => id);
}

async function pulled(store: StoreSettings, after = "") {
  const device = await (store.code === "BER1" ? berlin : hamburg).record();
  const settings = await server.storage.read((tx) => tx.store(store.store));
  if (settings === null) throw new Error("no store");
  const answer = await server.pull({
    device,
    store: settings,
    collection: "customers",
    after,
    limit: 1_000,
  });
  if (!answer.ok) throw new Error(answer.reason);
  const rows: readonly { id: string; deleted: boolean }[] = JSON.parse(`[${answer.value.documentsJson}]`);
  return { rows, checkpoint: answer.value.checkpoint };
}

function exceptions() {
  return server.storage.read((tx) => tx.openExceptionsOf("customerUnreadable"));
}

describe("what a till says of a customer", () => {
  test("S123 a customer who was registered at a till is known everywhere, and an edit changes what it names alone", async () => {
    const anna = register(berlin, "anna", { name: "Anna Ahrens", email: "anna@example.com" });
    await push(berlin, anna);
    await push(
      hamburg,
      saySealed(hamburg.till, { customer: idOf("anna"), changes: { phone: "040 6696900" } }),
    );
    expect(await profile("anna")).toMatchObject({
      name: "Anna Ahrens",
      email: "anna@example.com",
      phone: "040 6696900",
    });
    expect(await onTills(BERLIN)).toEqual(["anna"]);
    const edits = await server.storage.read((tx) => tx.customerEdits([idOf<"Customer">("anna")], 9));
    expect(edits.map(({ source, kind }) => `${kind} ${source}`)).toEqual([
      "edited till HAM1-01",
      "registered till BER1-01",
    ]);
  });

  test("S123 of each field the last edit counts by when the server hears of it, and both stay in the history", async () => {
    await push(berlin, register(berlin, "anna", { name: "Anna", notes: "likes blue", phone: "1234567" }));
    await push(hamburg, saySealed(hamburg.till, { customer: idOf("anna"), changes: { notes: "likes red" } }));
    await push(berlin, saySealed(berlin.till, { customer: idOf("anna"), changes: { notes: "likes green" } }));
    expect(await profile("anna")).toMatchObject({ notes: "likes green", phone: "1234567" });
    const edits = await server.storage.read((tx) => tx.customerEdits([idOf<"Customer">("anna")], 2));
    expect(edits.map(({ changes, before }) => [before.notes, changes.notes])).toEqual([
      ["likes red", "likes green"],
      ["likes blue", "likes red"],
    ]);
  });

  test("S123 an entry that is carried over into the next epoch counts once", async () => {
    const anna = register(berlin, "anna", { name: "Anna" });
    await push(berlin, anna);
    await push(
      hamburg,
      saySealed(hamburg.till, { customer: idOf("anna"), changes: { name: "Anna Ahrens" } }),
    );
    const again = berlin.till.repeat(anna.entry);
    await push(berlin, { entry: again, key: anna.key });
    expect((await profile("anna"))?.name).toBe("Anna Ahrens");
  });

  test("what others count of a customer is not lost by an edit", async () => {
    await server.deps.publisher.publish((publication) =>
      publication.putCustomer({
        ...customer("anna"),
        id: idOf<"Customer">("anna"),
        hasBought: true,
        promotionUses: [{ promotion: idOf("spring"), times: 2 }],
      }),
    );
    await push(berlin, saySealed(berlin.till, { customer: idOf("anna"), changes: { name: "Anna" } }));
    expect(await profile("anna")).toMatchObject({
      name: "Anna",
      hasBought: true,
      promotionUses: [{ promotion: "spring", times: 2 }],
    });
  });

  test("S122 what cannot be read is taken in, raised once, and holds nothing up", async () => {
    const anna = register(berlin, "anna", { name: "Anna" });
    const ben = register(berlin, "ben", { name: "Ben" });
    const wrongKey = { entry: ben.entry.id, key: anna.key.key };
    await push(berlin, anna.entry, { ...ben, key: wrongKey }, register(berlin, "carla", { name: "Carla" }));
    expect(await profile("anna")).toBeNull();
    expect(await profile("ben")).toBeNull();
    expect((await profile("carla"))?.name).toBe("Carla");
    const raised = (await exceptions()).map(({ detail }) => `${detail.register} ${detail.customer}`);
    expect(raised.toSorted()).toEqual(["BER1-01 anna", "BER1-01 ben"]);
  });
});

describe("one person", () => {
  test("S126 registered offline at two tills with one e-mail address, they are one profile with both histories", async () => {
    await push(
      berlin,
      register(berlin, "a1", { name: "Anna Ahrens", email: "anna@example.com", phone: "030 23125001" }),
      sellTo(berlin, "a1"),
    );
    await push(
      hamburg,
      register(hamburg, "a2", { name: "ahrens, anna", email: " Anna@Example.com", notes: "likes blue" }),
      sellTo(hamburg, "a2"),
    );
    expect(await profile("a2")).toEqual(await profile("a1"));
    expect(await profile("a1")).toMatchObject({
      id: "a1",
      name: "Anna Ahrens",
      phone: "030 23125001",
      notes: "likes blue",
      formerIds: ["a2"],
    });
    expect([await ticketsOf("a1"), await ticketsOf("a2")]).toEqual([2, 2]);
    expect(await onTills(BERLIN)).toEqual(["a1"]);
    await push(hamburg, sellTo(hamburg, "a2"));
    expect(await ticketsOf("a1")).toBe(3);
  });

  test("one e-mail address under names of two people is listed for HQ, and dismissed for good", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna Ahrens", email: "family@example.com" }));
    await push(hamburg, register(hamburg, "b1", { name: "Ben Ahrens", email: "family@example.com" }));
    const listed = () => server.storage.read((tx) => tx.duplicates(9));
    expect(await listed()).toMatchObject([{ one: "a1", other: "b1", reasons: ["sameEmail"] }]);
    expect(await server.deps.customers.dismiss({ one: idOf("b1"), other: idOf("a1") })).toBe(true);
    await push(berlin, saySealed(berlin.till, { customer: idOf("a1"), changes: { notes: "x" } }));
    expect(await listed()).toEqual([]);
  });

  test("everybody can be compared anew, as after an import", async () => {
    const address = { name: "", lines: ["Hauptstraße 5"], postcode: "10115", city: "Berlin", country: "DE" };
    await server.deps.publisher.publish(async (publication) => {
      await publication.putCustomer({ ...customer("a1"), name: "Anna Ahrens", addresses: [address] });
      await publication.putCustomer({
        ...customer("a2"),
        name: "Ana Ahrens",
        addresses: [{ ...address, lines: ["Hauptstr. 5"] }],
      });
      await publication.putCustomer({ ...customer("b1"), name: "Ben Fuchs", addresses: [address] });
    });
    expect(await server.deps.customers.searchDuplicates()).toBe(1);
    expect(await server.storage.read((tx) => tx.duplicates(9))).toMatchObject([
      { one: "customer-a1", other: "customer-a2" },
    ]);
  });

  test("S124 S125 what is said of a former id is said of the profile that it is part of", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna" }), register(berlin, "a2", { name: "Anna A." }));
    await server.deps.customers.merge({ survivor: idOf("a1"), former: idOf("a2"), by: "Ada" });
    await push(hamburg, saySealed(hamburg.till, { customer: idOf("a2"), changes: { phone: "040 6696900" } }));
    expect(await profile("a1")).toMatchObject({ id: "a1", phone: "040 6696900" });
    expect(await onTills(HAMBURG)).toEqual(["a1"]);
  });

  test("a merge is undone: both are as they were, each with its own history, and what was said since stays", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna" }), sellTo(berlin, "a1"));
    await push(hamburg, register(hamburg, "a2", { name: "Anna A.", notes: "VIP" }), sellTo(hamburg, "a2"));
    const before = [await profile("a1"), await profile("a2")];
    await server.deps.customers.merge({ survivor: idOf("a1"), former: idOf("a2"), by: "Ada" });
    await server.deps.customers.change(idOf("a1"), { phone: "030 23125001" }, HQ);
    const [merge] = await server.storage.read((tx) => tx.customerMerges([idOf<"Customer">("a1")]));
    const undone = await server.deps.customers.undo({ id: merge?.id ?? "", by: "Ada" });
    expect(undone.ok).toBe(true);
    expect(await profile("a1")).toEqual({ ...before[0], phone: "030 23125001" });
    expect(await profile("a2")).toEqual(before[1]);
    expect([await ticketsOf("a1"), await ticketsOf("a2")]).toEqual([1, 1]);
    expect((await onTills(BERLIN)).toSorted()).toEqual(["a1", "a2"]);
    expect(await server.deps.customers.undo({ id: merge?.id ?? "", by: "Ada" })).toEqual({
      ok: false,
      reason: "alreadyUndone",
    });
  });

  test("what each was granted and whether they bought counts together while they are one, and comes apart again", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna" }), register(berlin, "a2", { name: "Anna A." }));
    await promote();
    await push(berlin, sellTo(berlin, "a1", SPRING));
    const merge = await server.deps.customers.merge({ survivor: idOf("a1"), former: idOf("a2"), by: "Ada" });
    expect(merge.ok).toBe(true);
    // A till that has not heard of it yet sells to both.
    await push(hamburg, sellTo(hamburg, "a2", SPRING), sellTo(hamburg, "a2", SPRING));
    await push(hamburg, sellTo(hamburg, "a1", SPRING));
    expect((await profile("a1"))?.promotionUses).toEqual([{ promotion: "spring", times: 4 }]);
    const [{ id = "" } = {}] = await server.storage.read((tx) => tx.customerMerges([idOf<"Customer">("a1")]));
    expect((await server.deps.customers.undo({ id, by: "Ada" })).ok).toBe(true);
    const uses = async (of: string) => (await profile(of))?.promotionUses?.map(({ times }) => times);
    expect([await uses("a1"), await uses("a2")]).toEqual([[2], [2]]);
    expect((await profile("a2"))?.hasBought).toBe(true);
  });

  test("who had not bought before the merge has not bought after it is undone", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna" }), register(berlin, "a2", { name: "Anna A." }));
    await push(berlin, sellTo(berlin, "a2"));
    await server.deps.customers.merge({ survivor: idOf("a1"), former: idOf("a2"), by: "Ada" });
    await push(berlin, sellTo(berlin, "a2"));
    expect((await profile("a1"))?.hasBought).toBe(true);
    const [{ id = "" } = {}] = await server.storage.read((tx) => tx.customerMerges([idOf<"Customer">("a1")]));
    await server.deps.customers.undo({ id, by: "Ada" });
    expect([(await profile("a1"))?.hasBought, (await profile("a2"))?.hasBought]).toEqual([undefined, true]);
  });

  test("a merged one is merged on; the first merge is undone only after the second", async () => {
    for (const id of ["a1", "a2", "a3"])
      await push(berlin, register(berlin, id, { name: id }), sellTo(berlin, id));
    const merge = (survivor: string, former: string) =>
      server.deps.customers.merge({ survivor: idOf(survivor), former: idOf(former), by: "Ada" });
    await merge("a2", "a3");
    await merge("a1", "a2");
    expect((await profile("a3"))?.id).toBe("a1");
    expect(await ticketsOf("a3")).toBe(3);
    const merges = await server.storage.read((tx) => tx.customerMerges([idOf<"Customer">("a2")]));
    const [second, first] = merges.map(({ id }) => id);
    const undo = (id = "") => server.deps.customers.undo({ id, by: "Ada" });
    expect(await undo(first)).toEqual({ ok: false, reason: "mergedOn" });
    expect((await undo(second)).ok).toBe(true);
    expect(await Promise.all(["a1", "a2", "a3"].map(ticketsOf))).toEqual([1, 2, 2]);
    expect((await undo(first)).ok).toBe(true);
    expect(await Promise.all(["a1", "a2", "a3"].map(ticketsOf))).toEqual([1, 1, 1]);
  });
});

describe("whoever asks to be forgotten", () => {
  test("S129 an erased customer is gone from every till, and nothing of them can be read in the journal", async () => {
    const anna = register(berlin, "a1", { name: "Anna", email: "anna@example.com" });
    await push(berlin, anna, sellTo(berlin, "a1"));
    await push(hamburg, register(hamburg, "a2", { name: "Anna", email: "anna@example.com" }));
    expect(await server.deps.customers.erase(idOf("a2"))).toEqual({ ok: true, value: { erased: "a1" } });
    expect([await profile("a1"), await profile("a2"), await onTills(BERLIN)]).toEqual([null, null, []]);
    await server.storage.read(async (tx) => {
      expect(await tx.customerKey(anna.entry.id)).toBeNull();
      expect(await tx.customerEdits([idOf<"Customer">("a1"), idOf<"Customer">("a2")], 9)).toEqual([]);
    });
    // A till that has not heard of it yet edits them once more.
    const late = saySealed(hamburg.till, { customer: idOf("a2"), changes: { phone: "1" } });
    await push(hamburg, late);
    expect(await profile("a2")).toBeNull();
    expect(await server.storage.read((tx) => tx.customerKey(late.entry.id))).toBeNull();
    expect(await exceptions()).toEqual([]);
  });

  test("S129 every till is told of all their ids, whatever it holds: something of them may lie there under each", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna" }), register(berlin, "a2", { name: "Anna A." }));
    for (const scope of ["all", "own", "onDemand"] as const) {
      await putRules({ scope });
      if (scope === "all")
        await server.deps.customers.merge({ survivor: idOf("a1"), former: idOf("a2"), by: "Ada" });
    }
    await putRules({ stores: [{ store: HAMBURG.store, scope: "onDemand", region: null }] });
    const before = [await pulled(BERLIN), await pulled(HAMBURG)];
    expect((await server.deps.customers.erase(idOf("a1"))).ok).toBe(true);
    for (const [at, store] of [BERLIN, HAMBURG].entries()) {
      const { rows } = await pulled(store, before[at]?.checkpoint);
      expect(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
        { id: "a1", deleted: true },
        { id: "a2", deleted: true },
      ]);
    }
  });

  test("as long as an order waits for them nobody is erased; then their name leaves it, and the money stays", async () => {
    await push(berlin, register(berlin, "a1", { name: "Anna Ahrens", email: "anna@example.com" }));
    const placed = await server.deps.orders.place({
      channel: idOf<"Channel">("web"),
      id: "1",
      currency: EUR,
      customer: { name: "Anna Ahrens", email: "anna@example.com", phone: null },
      lines: [{ sku: idOf<"Sku">("SKU-tea"), quantity: 1, unitPrice: money(350, EUR) }],
      payment: { kind: "paid" },
      delivery: { kind: "pickup", store: "BER1" },
      maySplit: false,
      note: "",
    });
    if (!placed.ok) throw new Error("not placed");
    const refused = await server.deps.customers.erase(idOf("a1"));
    expect(refused).toEqual({ ok: false, reason: { why: "unfinished", numbers: ["1"] } });
    const name = { id: placed.value.order.id };
    await server.deps.orders.cancel({
      name,
      reason: "",
      by: { kind: "shop", channel: idOf<"Channel">("web") },
    });
    expect((await server.deps.customers.erase(idOf("a1"))).ok).toBe(true);
    const order = await server.deps.orders.find(name);
    expect(JSON.stringify(order)).not.toMatch(/Anna|"a1"/);
    expect(order?.payment).toMatchObject({ total: money(350, EUR) });
  });

  test("what their shop says of an order later does not bring them back", async () => {
    const shop = await connectShop(server.storage);
    const say = (updatedAt: number) => {
      const customer = { name: "Anna Ahrens", email: "anna@example.com", phone: null };
      const order = seenOrder({ updatedAt, request: { customer } });
      return server.deps.inbox.receive(shop.id, webhook(order, shop, { delivery: `d-${updatedAt}` }));
    };
    await push(berlin, register(berlin, "a1", { name: "Anna Ahrens", email: "anna@example.com" }));
    await say(1);
    const name = { channel: "web", externalId: "1042" };
    const by = { kind: "shop", channel: idOf<"Channel">("web") } as const;
    expect((await server.deps.orders.cancel({ name, reason: "", by })).ok).toBe(true);
    expect((await server.deps.customers.erase(idOf("a1"))).ok).toBe(true);
    await say(2);
    expect((await server.deps.orders.find(name))?.contact).toMatchObject({
      customer: null,
      name: "–",
      email: null,
    });
  });

  test("everything of a person is exported, under all their ids", async () => {
    await push(
      berlin,
      register(berlin, "a1", { name: "Anna", email: "anna@example.com" }),
      sellTo(berlin, "a1"),
    );
    await push(
      hamburg,
      register(hamburg, "a2", { name: "Anna", email: "anna@example.com" }),
      sellTo(hamburg, "a2"),
    );
    const all = await server.deps.customers.export(idOf("a2"));
    expect(all).toMatchObject({ profile: { id: "a1" }, stores: ["store-ber1", "store-ham1"] });
    expect([all?.tickets.length, all?.edits.length, all?.merges.length]).toEqual([2, 2, 1]);
  });

  test("whoever was not heard of for as long as the rules say is proposed, and erased where the rules say so", async () => {
    await push(berlin, register(berlin, "old", { name: "Old" }), register(berlin, "new", { name: "New" }));
    await putRules({ retention: { months: 12, act: "propose" } });
    server.clock.advance(400 * DAY_MS);
    berlin.till.at = instant(server.clock.now());
    await push(berlin, sellTo(berlin, "new"));
    const proposed = await server.deps.customers.inactive();
    expect(proposed.map(({ id }) => id)).toEqual(["old"]);
    await server.deps.customers.tick();
    expect(await profile("old")).not.toBeNull();
    await putRules({ retention: { months: 12, act: "erase" } });
    await server.deps.customers.tick();
    expect([await profile("old"), (await profile("new"))?.id]).toEqual([null, "new"]);
  });
});

describe("what a till may hold", () => {
  test("S127 a store's tills hold everybody, their region's, their own, or nobody, as the rules say", async () => {
    await push(berlin, register(berlin, "anna", { name: "Anna" }));
    await push(hamburg, register(hamburg, "ben", { name: "Ben" }));
    await push(hamburg, register(hamburg, "carla", { name: "Carla" }));
    await push(berlin, sellTo(berlin, "carla"));
    expect(await onTills(BERLIN)).toHaveLength(3);
    await putRules({ scope: "own" });
    expect([await sorted(BERLIN), await sorted(HAMBURG)]).toEqual([
      ["anna", "carla"],
      ["ben", "carla"],
    ]);
    // From now on also whoever buys here.
    await push(berlin, sellTo(berlin, "ben"));
    expect(await sorted(BERLIN)).toEqual(["anna", "ben", "carla"]);
    await server.deps.customers.change(idOf("carla"), { name: "Carla C." }, HQ);
    expect(await sorted(HAMBURG)).toEqual(["ben", "carla"]);
    const north = { scope: null, region: "north" } as const;
    await putRules({
      scope: "region",
      stores: [
        { store: BERLIN.store, ...north },
        { store: HAMBURG.store, ...north },
      ],
    });
    expect([await sorted(BERLIN), await sorted(HAMBURG)]).toEqual([
      ["anna", "ben", "carla"],
      ["anna", "ben", "carla"],
    ]);
    await putRules({ stores: [{ store: BERLIN.store, scope: "onDemand", region: null }] });
    expect([await sorted(BERLIN), await sorted(HAMBURG)]).toEqual([[], ["anna", "ben", "carla"]]);
    await server.deps.customers.erase(idOf("carla"));
    await putRules({ scope: "own" });
    expect(await sorted(HAMBURG)).toEqual(["ben"]);
  });

  test("S127 whoever collected an order at a store is known there, also where they never bought anything at a till", async () => {
    await push(hamburg, register(hamburg, "anna", { name: "Anna Ahrens", email: "anna@example.com" }));
    await putRules({ scope: "own" });
    const bench = new OrderBench(server.deps);
    const { order } = await bench.place({ customer: { name: "Anna Ahrens", email: "anna@example.com" } });
    await bench.push(berlin, { type: "order.accepted", fulfilment: partOf(order).id });
    await bench.push(berlin, picked(await bench.part(order)));
    expect(await sorted(BERLIN)).toEqual([]);
    await bench.push(berlin, handedOver(await bench.part(order)));
    expect([await sorted(BERLIN), await sorted(HAMBURG)]).toEqual([["anna"], ["anna"]]);
  });

  test("S127 a till that may hold less begins anew, so that it loses the others", async () => {
    await push(berlin, register(berlin, "anna", { name: "Anna" }));
    const pull = async (after: string) =>
      server.pull({
        device: await berlin.record(),
        store: (await server.storage.read((tx) => tx.store(BERLIN.store))) ?? BERLIN,
        collection: "customers",
        after,
        limit: 10,
      });
    const first = await pull("");
    if (!first.ok) throw new Error(first.reason);
    const woken: string[] = [];
    server.deps.wakeups.listen({
      device: berlin.till.device,
      feeds: new Set(["customers"]),
      concerns: ({ feed }) => feed === "customers",
      askHealth: () => undefined,
      wake: (collections) => woken.push(...collections),
      end: () => undefined,
    });
    await putRules({ scope: "onDemand" });
    expect(woken).toEqual(["customers"]);
    expect(await pull(first.value.checkpoint)).toEqual({ ok: false, reason: "checkpointExpired" });
  });

  async function sorted(store: StoreSettings): Promise<readonly string[]> {
    return (await onTills(store)).toSorted();
  }
});

function putRules(changes: Partial<Parameters<ServerForTests["deps"]["customers"]["putRules"]>[0]>) {
  return server.deps.customers.putRules({
    scope: "all",
    stores: [],
    retention: { months: null, act: "propose" },
    ...changes,
  });
}
