import assert from "node:assert/strict";
import type { Customer } from "#domain/customer/customer.ts";
import { askedCustomer, customerFit, customerKeys } from "#domain/customer/search.ts";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { BERLIN, customer, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";
import { order } from "./orders.ts";

const JORDIS: Customer = {
  ...customer("jordis"),
  name: "Jördis Weiß",
  email: "Joerdis@Example.com",
  phone: "+49 (0)30 23125 001",
  cardNumber: "FH40000137",
};
const BEN: Customer = {
  ...customer("ben"),
  name: "Ben Ahrens",
  email: "ben_b@example.com",
  phone: "040 6696900",
};
const UWE: Customer = { ...customer("uwe"), name: "Uwe Quast" };
const WEB = idOf<"Channel">("web");
const OTHER = idOf<"Channel">("market");

function put(storage: Storage, ...customers: readonly Customer[]): Promise<void> {
  return storage.write(async (tx) => {
    for (const each of customers) await tx.putCustomers([each]);
  });
}

function soldTo(id: string, to: CustomerId | null, completedAt = AT): Ticket {
  const sold = new TestTill({ store: BERLIN.store }).ticket([{ variant: TEA, quantity: 1 }]);
  return { ...sold, id: idOf<"Ticket">(id), customer: to, completedAt };
}

function orderOf(id: string, of: CustomerId | null, changes: Parameters<typeof order>[1] = {}) {
  const plain = order(id, changes);
  return { ...plain, contact: { ...plain.contact, customer: of } };
}

const SEARCHED = { total: null, hasMore: false };

export const CUSTOMERS: readonly ContractCase[] = [
  {
    promise:
      "customers are listed by name, and found by name, number, address and card however they are written",
    check: async (storage) => {
      await put(storage, UWE, JORDIS, BEN, { ...UWE, name: "Uwe Quast" });
      const found = (search: string, changes: object = {}) =>
        storage.read(async (tx) => {
          const { customers, ...more } = await tx.searchCustomers({
            search,
            offset: 0,
            limit: 9,
            ...changes,
          });
          return [customers.map(({ name }) => name), more];
        });
      assert.deepEqual(await found(""), [
        ["Ben Ahrens", "Jördis Weiß", "Uwe Quast"],
        { total: 3, hasMore: false },
      ]);
      assert.deepEqual(await found("", { offset: 1, limit: 1 }), [
        ["Jördis Weiß"],
        { total: 3, hasMore: true },
      ]);
      for (const search of [
        "JORDIS",
        "weiss jö",
        "joerdis@example",
        "fh4000",
        "OTC:FH40000137",
        "030 23125-001",
        "5001",
      ])
        assert.deepEqual(await found(search), [["Jördis Weiß"], SEARCHED], search);
      assert.deepEqual(await found("+49 40 6696900"), [["Ben Ahrens"], SEARCHED]);
      assert.deepEqual(await found("ben_"), [["Ben Ahrens"], SEARCHED]);
      for (const search of ["...", "%", "ben quast", "001"])
        assert.deepEqual(await found(search), [[], SEARCHED], search);
    },
  },
  {
    promise: "what HQ searches for finds the customers that a till finds, no more and no fewer",
    check: async (storage) => {
      const all = [JORDIS, BEN, UWE];
      await put(storage, ...all);
      const texts = [
        "jo",
        "a b",
        "ben a",
        "EXAMPLE",
        "@",
        "fh",
        "f-h 4",
        "30",
        "3023",
        "+49",
        "0049 40 66",
        "6900",
        "u",
      ];
      for (const search of [...texts, "0049 (0)30 23125001", "123 40 6696900", "weiss_", "'", "O'B"]) {
        const asked = askedCustomer(search);
        const expected = all.filter((each) => asked !== null && customerFit(customerKeys(each), asked) > 0);
        const found = await storage.read((tx) => tx.searchCustomers({ search, offset: 0, limit: 9 }));
        assert.deepEqual(
          found.customers.map(({ id }) => id).toSorted(),
          expected.map(({ id }) => id).toSorted(),
          search,
        );
      }
    },
  },
  {
    promise: "a profile is as it was put last, and found by what it says now",
    check: async (storage) => {
      await put(storage, JORDIS, { ...JORDIS, phone: null, email: "new@example.com" });
      await storage.read(async (tx) => {
        assert.equal((await tx.customer(JORDIS.id))?.email, "new@example.com");
        assert.equal(await tx.customer(BEN.id), null);
        assert.equal((await tx.searchCustomers({ search: "5001", offset: 0, limit: 9 })).customers.length, 0);
        assert.deepEqual(await tx.customersLike({ email: JORDIS.email, phone: JORDIS.phone }), []);
      });
    },
  },
  {
    promise:
      "profiles that may be a contact's have its address, or a number that ends alike; nothing is like nothing",
    check: async (storage) => {
      await put(storage, JORDIS, BEN, UWE);
      const like = (email: string | null, phone: string | null) =>
        storage.read(async (tx) => (await tx.customersLike({ email, phone })).map(({ name }) => name));
      assert.deepEqual(await like("joerdis@example.com", null), ["Jördis Weiß"]);
      assert.deepEqual(await like(null, "030/23125001"), ["Jördis Weiß"]);
      assert.deepEqual(await like("joerdis@example.com", "+49 40 6696900"), ["Ben Ahrens", "Jördis Weiß"]);
      assert.deepEqual(await like(null, null), []);
      assert.deepEqual(await like("", "110"), []);
    },
  },
  {
    promise:
      "a history has the customer's tickets and orders, the newest first, and of orders those of the channels asked for",
    check: async (storage) => {
      const booked = { register: 1, receivedAt: LATER };
      await storage.write(async (tx) => {
        await tx.addTickets(
          [{ ticket: soldTo("t1", JORDIS.id, AT), register: booked.register }],
          booked.receivedAt,
        );
        await tx.addTickets([{ ticket: soldTo("t2", BEN.id), register: booked.register }], booked.receivedAt);
        await tx.addTickets([{ ticket: soldTo("t3", null), register: booked.register }], booked.receivedAt);
        await tx.putOrder(orderOf("o1", JORDIS.id, { placedAt: LATER }), null);
        await tx.putOrder(orderOf("o2", JORDIS.id, { placedAt: instant(LATER + 1), channel: OTHER }), null);
        await tx.putOrder(orderOf("o3", null), null);
      });
      const history = (channels: readonly (typeof WEB)[], limit = 9) =>
        storage.read(async (tx) =>
          (await tx.historyOf({ customer: JORDIS.id, channels, limit })).map(
            ({ kind, id }) => `${kind} ${id}`,
          ),
        );
      assert.deepEqual(await history([]), ["order o2", "order o1", "ticket t1"]);
      assert.deepEqual(await history([WEB]), ["order o1", "ticket t1"]);
      assert.deepEqual(await history([], 1), ["order o2"]);
      await storage.write((tx) =>
        tx.putOrder(orderOf("o4", JORDIS.id, { placedAt: AT, channel: OTHER, namesCustomer: true }), null),
      );
      await storage.read(async (tx) => {
        assert.equal(await tx.isNamedThrough({ customer: JORDIS.id, channels: [OTHER] }), true);
        assert.equal(await tx.isNamedThrough({ customer: JORDIS.id, channels: [WEB] }), false);
        assert.equal(await tx.isNamedThrough({ customer: BEN.id, channels: [WEB, OTHER] }), false);
      });
    },
  },
  {
    promise: "an order is in one history: that of whoever it belongs to now",
    check: async (storage) => {
      const owners = [null, JORDIS.id, BEN.id, null];
      for (const owner of owners) {
        await storage.write((tx) => tx.putOrder(orderOf("o1", owner), null));
        for (const each of [JORDIS.id, BEN.id]) {
          const found = await storage.read((tx) => tx.historyOf({ customer: each, channels: [], limit: 9 }));
          assert.equal(found.length, each === owner ? 1 : 0);
        }
      }
    },
  },
];
