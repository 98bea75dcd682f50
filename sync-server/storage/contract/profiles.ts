import assert from "node:assert/strict";
import type { Customer } from "#domain/customer/customer.ts";
import { mergedProfile } from "#domain/customer/merge.ts";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import type { CustomerEdit, CustomerRules } from "../../customers/records.ts";
import { BERLIN, customer, HAMBURG, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { Storage, WriteTransaction } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";
import { mail } from "./mails.ts";
import { order } from "./orders.ts";

const ANNA: Customer = { ...customer("anna"), name: "Anna Ahrens", phone: "030 23125001" };
const ANA: Customer = { ...customer("ana"), name: "Ana Ahrens", phone: "+49 30 23125001" };
const BEN: Customer = { ...customer("ben"), name: "Ben Fuchs", email: "ben@example.com" };
const WEB = idOf<"Channel">("web");
const WRITTEN = { register: 1, receivedAt: LATER };

function edit(id: string, of: CustomerId): CustomerEdit {
  const said = { kind: "edited", at: AT, source: "hq Ada", by: "Ada" } as const;
  return { id, customer: of, ...said, changes: { notes: id }, before: { notes: null } };
}

function soldTo(id: string, to: CustomerId) {
  const sold = new TestTill({ store: BERLIN.store }).ticket([{ variant: TEA, quantity: 1 }]);
  return { ...sold, id: idOf<"Ticket">(id), customer: to, completedAt: AT };
}

function merge(storage: Storage, survivor: Customer, former: Customer): Promise<void> {
  const merged = mergedProfile(survivor, former);
  return storage.write(async (tx) => {
    await tx.removeCustomer(former.id);
    await tx.putFormerIds(survivor.id, merged.formerIds ?? []);
    await tx.putCustomers([merged]);
    const pair = { survivor, former, merged };
    await tx.putCustomerMerge({ id: `${survivor.id}<${former.id}`, at: AT, by: "Ada", pair, undone: null });
  });
}

async function putAll(tx: WriteTransaction, ...customers: readonly Customer[]): Promise<void> {
  await tx.putCustomers(customers);
  await tx.noteCustomersKnown(
    customers.map(({ id }) => id),
    AT,
  );
}

export const PROFILES: readonly ContractCase[] = [
  {
    promise:
      "several profiles are put at once, and found at once by ids of now and of before; what is put anew is all they say",
    check: async (storage) => {
      await storage.write((tx) => putAll(tx, ANNA, BEN, ANA));
      await merge(storage, ANNA, ANA);
      const before = await storage.read((tx) =>
        tx.customersNamed([ANA.id, BEN.id, idOf<"Customer">("nobody")]),
      );
      assert.deepEqual([...before.keys()].toSorted(), [ANA.id, BEN.id].toSorted());
      assert.equal(before.get(ANA.id)?.id, ANNA.id);
      const [anna, ben] = [
        { ...ANNA, phone: null },
        { ...BEN, email: "new@example.com" },
      ];
      await storage.write((tx) => putAll(tx, anna, ben));
      await storage.read(async (tx) => {
        const now = await tx.customersNamed([ANNA.id, BEN.id, BEN.id]);
        assert.deepEqual([now.get(ANNA.id), now.get(BEN.id)], [anna, ben]);
        const found = await tx.customersLike({ email: "new@example.com", phone: ANNA.phone });
        assert.deepEqual(
          found.map(({ id }) => id),
          [BEN.id],
        );
        assert.deepEqual(await tx.customersNamed([]), new Map());
      });
    },
  },
  {
    promise:
      "a former id means the profile that it is part of, in profile, history and cases alike, until it is its own again",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await putAll(tx, ANNA, ANA, BEN);
        await tx.addTickets(
          [{ ticket: soldTo("t1", ANNA.id), register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
        await tx.addTickets(
          [{ ticket: soldTo("t2", ANA.id), register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
        await tx.addTickets(
          [{ ticket: soldTo("t3", BEN.id), register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
      });
      await merge(storage, ANNA, ANA);
      await merge(storage, BEN, { ...ANNA, formerIds: [ANA.id] });
      const history = (of: Customer) =>
        storage.read(async (tx) =>
          (await tx.historyOf({ customer: of.id, channels: [], limit: 9 })).map(({ id }) => id).toSorted(),
        );
      for (const each of [ANNA, ANA, BEN]) {
        assert.deepEqual(await history(each), ["t1", "t2", "t3"]);
        await storage.read(async (tx) => {
          assert.equal((await tx.customer(each.id))?.id, BEN.id);
          assert.deepEqual(await tx.customerIds(each.id), [BEN.id, ANA.id, ANNA.id]);
          assert.equal((await tx.customerMerges([each.id])).length > 0, true);
          const found = await tx.findTickets({
            text: null,
            customer: each.id,
            variant: null,
            day: null,
            paidMinor: null,
            limit: 9,
          });
          assert.equal(found.length, 3);
        });
      }
      await storage.write(async (tx) => {
        await tx.putFormerIds(BEN.id, []);
        await tx.putFormerIds(ANNA.id, [ANA.id]);
        await tx.putCustomers([ANNA]);
      });
      assert.deepEqual(await history(BEN), ["t3"]);
      assert.deepEqual(await history(ANA), ["t1", "t2"]);
    },
  },
  {
    promise: "an edit is kept once, and edits come back the newest first, also those of former ids",
    check: async (storage) => {
      await storage.write(async (tx) => {
        assert.equal(await tx.addCustomerEdit(edit("e1", ANNA.id)), true);
        assert.equal(await tx.addCustomerEdit(edit("e2", ANA.id)), true);
        assert.equal(await tx.addCustomerEdit(edit("e1", BEN.id)), false);
      });
      const edits = await storage.read((tx) => tx.customerEdits([ANNA.id, ANA.id], 9));
      assert.deepEqual(edits, [edit("e2", ANA.id), edit("e1", ANNA.id)]);
      assert.deepEqual(await storage.read((tx) => tx.customerEdits([BEN.id], 9)), []);
    },
  },
  {
    promise: "profiles that share a number, an address or a card are found for each other, as each says now",
    check: async (storage) => {
      await storage.write((tx) => putAll(tx, ANNA, ANA, BEN));
      const alike = (of: Customer) =>
        storage.read(async (tx) => (await tx.customersAlike(of, 9)).map(({ id }) => id));
      assert.deepEqual(await alike(ANNA), [ANA.id]);
      assert.deepEqual(await alike(BEN), []);
      const pairs = await storage.read((tx) => tx.pairsAlike({ after: "", limit: 9 }));
      assert.deepEqual(
        pairs.pairs.map(({ one, other }) => [one.id, other.id]),
        [[ANA.id, ANNA.id]],
      );
      const rest = await storage.read((tx) => tx.pairsAlike({ after: pairs.next ?? "", limit: 9 }));
      assert.deepEqual(rest, { pairs: [], next: null });
      const one = await storage.read((tx) => tx.pairsAlike({ after: "", limit: 1 }));
      assert.deepEqual([one.pairs.length, one.next], [1, ANA.id]);
      await storage.write((tx) => tx.putCustomers([{ ...ANA, phone: null }]));
      assert.deepEqual(await alike(ANNA), []);
    },
  },
  {
    promise:
      "a pair is listed once, the surest first, whoever is named first, and never again once it is dismissed",
    check: async (storage) => {
      const pair = { one: BEN.id, other: ANNA.id };
      await storage.write(async (tx) => {
        await tx.putDuplicate({ ...pair, score: 60, reasons: ["samePhone"] });
        await tx.putDuplicate({ one: ANNA.id, other: BEN.id, score: 70, reasons: ["sameEmail"] });
        await tx.putDuplicate({ one: ANNA.id, other: ANA.id, score: 75, reasons: ["samePhone"] });
      });
      const listed = await storage.read((tx) => tx.duplicates(9));
      assert.deepEqual(
        listed.map(({ score }) => score),
        [75, 70],
      );
      await storage.write(async (tx) => {
        assert.equal(await tx.dismissDuplicate(pair), true);
        assert.equal(await tx.dismissDuplicate({ one: BEN.id, other: ANA.id }), false);
        await tx.dropDuplicatesOf(ANNA.id);
        await tx.putDuplicate({ ...pair, score: 90, reasons: ["sameCard"] });
      });
      assert.deepEqual(await storage.read((tx) => tx.duplicates(9)), []);
      assert.equal((await storage.read((tx) => tx.duplicate(pair)))?.isDismissed, true);
    },
  },
  {
    promise:
      "where somebody is known is kept once for each store, and whom a store knows is told by the ids of now",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await putAll(tx, ANNA, ANA);
        const inBerlin = { customer: ANA.id, store: BERLIN.store };
        assert.deepEqual(await tx.noteCustomerStores([inBerlin]), new Set([ANA.id]));
        const inHamburg = { customer: ANNA.id, store: HAMBURG.store };
        assert.deepEqual(await tx.noteCustomerStores([inBerlin, inHamburg, inHamburg]), new Set([ANNA.id]));
        assert.deepEqual(await tx.noteCustomerStores([]), new Set());
      });
      await merge(storage, ANNA, ANA);
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.storesOfCustomers([[BEN.id], [ANNA.id, ANA.id]]), [
          [],
          [BERLIN.store, HAMBURG.store],
        ]);
        assert.deepEqual(await tx.customersOfStore(BERLIN.store), [ANNA.id]);
      });
    },
  },
  {
    promise: "a shop's own id names one customer, who was registered through its channel under whatever id",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await putAll(tx, ANNA, ANA);
        await tx.putShopCustomer({ channel: WEB, externalId: "1", customer: ANA.id, isProven: false });
      });
      await merge(storage, ANNA, ANA);
      await storage.read(async (tx) => {
        assert.equal(await tx.shopCustomer({ channel: WEB, externalId: "1" }), ANA.id);
        assert.equal(await tx.shopCustomer({ channel: WEB, externalId: "2" }), null);
        assert.equal(await tx.isRegisteredThrough({ customer: ANNA.id, channels: [WEB] }), true);
        assert.equal(await tx.isRegisteredThrough({ customer: BEN.id, channels: [WEB] }), false);
        assert.equal(await tx.hasUnprovenAccount([ANNA.id, ANA.id]), true);
        assert.equal(await tx.hasUnprovenAccount([BEN.id]), false);
      });
    },
  },
  {
    promise: "whoever bought or was heard of since then is not silent, under whatever id",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await putAll(tx, ANNA, ANA, BEN);
        await tx.noteCustomerHeard(BEN.id, LATER);
        await tx.noteCustomerHeard(BEN.id, AT);
        await tx.addTickets(
          [{ ticket: { ...soldTo("t1", ANA.id), completedAt: LATER }, register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
      });
      const silent = (since: number) =>
        storage.read(async (tx) =>
          (await tx.customersSilentSince({ since: instant(since), limit: 9 })).map(({ id }) => id),
        );
      assert.deepEqual(await silent(AT), []);
      assert.deepEqual(await silent(LATER), [ANNA.id]);
      await merge(storage, ANNA, ANA);
      assert.deepEqual(await silent(LATER), []);
    },
  },
  {
    promise: "erasing destroys keys, profile, edits and merges, takes nothing from others, and is remembered",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await putAll(tx, ANNA, ANA, BEN);
        for (const [entry, of] of [
          ["e1", ANNA],
          ["e2", ANA],
          ["e3", BEN],
        ] as const) {
          await tx.putCustomerKey({ entry: idOf<"Entry">(entry), customer: of.id, key: entry });
          await tx.addCustomerEdit(edit(entry, of.id));
        }
        await tx.addTickets(
          [{ ticket: soldTo("t1", ANA.id), register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
      });
      await merge(storage, ANNA, ANA);
      await storage.write((tx) => tx.eraseCustomers([ANNA.id, ANA.id], LATER));
      await storage.read(async (tx) => {
        for (const { id } of [ANNA, ANA]) {
          assert.equal(await tx.customer(id), null);
          assert.equal(await tx.isErased(id), true);
          assert.deepEqual(await tx.customerEdits([id], 9), []);
          assert.deepEqual(await tx.customerMerges([id]), []);
        }
        assert.equal(await tx.customerKey(idOf<"Entry">("e1")), null);
        assert.equal(await tx.customerKey(idOf<"Entry">("e2")), null);
        assert.equal(await tx.customerKey(idOf<"Entry">("e3")), "e3");
        assert.equal(await tx.isErased(BEN.id), false);
        assert.deepEqual(await tx.erasedOf([ANNA.id, BEN.id, ANA.id]), new Set([ANNA.id, ANA.id]));
        assert.equal((await tx.customerEdits([BEN.id], 9)).length, 1);
        // The receipt stays, as the law demands.
        assert.notEqual(await tx.ticket(idOf<"Ticket">("t1")), null);
      });
    },
  },
  {
    promise:
      "with whoever is erased go the mails of what they bought at a till and of orders that they paid there",
    check: async (storage) => {
      const paid = soldTo("t2", BEN.id);
      const place = { order: idOf<"Order">("o1"), line: idOf<"Line">("1") };
      const lines = paid.lines.map((line) => (line.kind === "sale" ? { ...line, order: place } : line));
      await storage.write(async (tx) => {
        await putAll(tx, ANNA, BEN);
        const plain = order("o1");
        await tx.putOrder({ ...plain, contact: { ...plain.contact, customer: ANNA.id } }, null);
        await tx.addTickets(
          [{ ticket: soldTo("t1", ANNA.id), register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
        await tx.addTickets(
          [{ ticket: { ...paid, lines, customer: null }, register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
        await tx.addTickets(
          [{ ticket: soldTo("t3", BEN.id), register: WRITTEN.register }],
          WRITTEN.receivedAt,
        );
        for (const ticket of ["t1", "t2", "t3"])
          await tx.addMail(mail(`m-${ticket}`, { ticket: idOf<"Ticket">(ticket) }));
      });
      await storage.write((tx) => tx.eraseCustomers([ANNA.id], LATER));
      const left = await storage.read((tx) => tx.mails({ state: null, limit: 9 }));
      assert.deepEqual(
        left.map(({ ticket }) => ticket),
        ["t3"],
      );
    },
  },
  {
    promise: "the retailer's rules for customers are as they were put last",
    check: async (storage) => {
      assert.equal(await storage.read((tx) => tx.customerRules()), null);
      const rules: CustomerRules = {
        scope: "own",
        stores: [{ store: BERLIN.store, scope: "all", region: "East" }],
        retention: { months: 24, act: "erase" },
      };
      await storage.write((tx) => tx.putCustomerRules({ ...rules, scope: "all" }));
      await storage.write((tx) => tx.putCustomerRules(rules));
      assert.deepEqual(await storage.read((tx) => tx.customerRules()), rules);
    },
  },
];
