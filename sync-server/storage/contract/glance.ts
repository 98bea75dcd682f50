import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { BERLIN, HAMBURG, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const SLOT_MS = 300_000;

export const GLANCE: readonly ContractCase[] = [
  {
    promise:
      "what a day took is summed up by store as tickets come in, up to a time of day as well, and each ticket once",
    check: async (storage, reopen) => {
      const till = new TestTill({ store: BERLIN.store });
      const first = { ...till.ticket([{ variant: TEA, quantity: 1 }]), completedAt: AT };
      const second = { ...first, id: idOf<"Ticket">("second"), completedAt: instant(AT + 3 * SLOT_MS) };
      const booked = { register: 1, receivedAt: LATER };
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await tx.addTickets([{ ticket: first, register: booked.register }], booked.receivedAt);
        await tx.addTickets([{ ticket: first, register: booked.register }], booked.receivedAt);
        await tx.addTickets([{ ticket: second, register: booked.register }], booked.receivedAt);
      });
      const kept = await reopen();
      const day = first.businessDay;
      const sums = async (before: number | null) =>
        (
          await kept.read((tx) => tx.salesByStore({ day, before: before === null ? null : instant(before) }))
        ).map(({ store, tickets, minor }) => [store, tickets, minor]);
      const due = first.totals.due.minor;
      assert.deepEqual(await sums(null), [[BERLIN.store, 2, 2 * due]]);
      assert.deepEqual(await sums(AT + SLOT_MS), [[BERLIN.store, 1, due]]);
      assert.deepEqual(await sums(AT - SLOT_MS), []);
      assert.equal(await kept.read((tx) => tx.hasSold(BERLIN.store)), true);
      assert.equal(await kept.read((tx) => tx.hasSold(HAMBURG.store)), false);
    },
  },
  {
    promise: "stores are listed by words and by whether they are closed, sorted, page by page",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putStore({ ...BERLIN, address: ["Lindenallee 1"] });
        await tx.putStore({ ...HAMBURG, closedAt: AT });
      });
      const ask = { stores: null, search: "", isClosed: null, sort: "code", descending: false } as const;
      const codes = async (changes: object) => {
        const found = await storage.read((tx) => tx.storeList({ ...ask, offset: 0, limit: 10, ...changes }));
        return [found.total, ...found.stores.map(({ code }) => code)];
      };
      assert.deepEqual(await codes({}), [2, "BER1", "HAM1"]);
      assert.deepEqual(await codes({ descending: true, sort: "name", limit: 1 }), [2, "HAM1"]);
      assert.deepEqual(await codes({ isClosed: false }), [1, "BER1"]);
      assert.deepEqual(await codes({ search: "lindenallee" }), [1, "BER1"]);
      assert.deepEqual(await codes({ search: "LINDEN" }), [1, "BER1"]);
      assert.deepEqual(await codes({ search: "%" }), [0]);
      assert.deepEqual(await codes({ stores: [HAMBURG.store] }), [1, "HAM1"]);
      const names = await storage.read((tx) => tx.storeNames());
      assert.deepEqual(
        names.map(({ code, isClosed }) => [code, isClosed]),
        [
          ["BER1", false],
          ["HAM1", true],
        ],
      );
    },
  },
];
