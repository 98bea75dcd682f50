import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import type { StoreCount } from "../../data-audit/port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const BERLIN = idOf<"Store">("store-ber1");
const HAMBURG = idOf<"Store">("store-ham1");
const DAY = idOf<"BusinessDay">("2027-01-15");
const NEXT = idOf<"BusinessDay">("2027-01-16");
const of = (store: StoreCount["store"], count: number, tickets = 0): StoreCount => ({
  store,
  count,
  tickets,
});
const OWNER = { id: "ada", name: "Ada", due: NEXT, note: "", at: AT, by: "Hanna" };

export const DATA_AUDIT: readonly ContractCase[] = [
  {
    promise: "what the data audit counted is kept by day and store, the newest of a day alone",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        const counts = [of(BERLIN, 9, 10)];
        await tx.putAuditCounts({ check: "approvals", day: DAY, at: AT, counts });
        const again = [of(BERLIN, 2, 10), of(HAMBURG, 5, 20)];
        await tx.putAuditCounts({ check: "approvals", day: DAY, at: LATER, counts: again });
        await tx.putAuditCounts({ check: "approvals", day: NEXT, at: LATER, counts: [of(HAMBURG, 0, 7)] });
        await tx.putAuditCounts({ check: "noTax", day: DAY, at: AT, counts: [of(null, 3)] });
      });
      const kept = await reopen();
      const trend = (stores: readonly (typeof BERLIN)[] | null) =>
        kept.read((tx) => tx.auditTrend({ stores, since: DAY }));
      assert.deepEqual(await trend(null), [
        { check: "approvals", day: DAY, at: LATER, count: 7, tickets: 30 },
        { check: "approvals", day: NEXT, at: LATER, count: 0, tickets: 7 },
        { check: "noTax", day: DAY, at: AT, count: 3, tickets: 0 },
      ]);
      assert.deepEqual(
        (await trend([BERLIN])).map(({ check, count, tickets }) => [check, count, tickets]),
        [
          ["approvals", 2, 10],
          ["approvals", 0, 0],
          ["noTax", 0, 0],
        ],
      );
    },
  },
  {
    promise: "what the data audit counted last is told store by store, and forgotten with its day",
    check: async (storage) => {
      await storage.write(async (tx) => {
        const at = instant(AT);
        await tx.putAuditCounts({ check: "approvals", day: DAY, at, counts: [of(BERLIN, 9)] });
        const counts = [of(BERLIN, 2), of(HAMBURG, 5)];
        await tx.putAuditCounts({ check: "approvals", day: NEXT, at, counts });
      });
      const last = (stores: readonly (typeof BERLIN)[] | null, limit = 10) =>
        storage.read((tx) => tx.auditCountsByStore({ check: "approvals", stores, limit }));
      assert.deepEqual(await last(null), [of(HAMBURG, 5), of(BERLIN, 2)]);
      assert.deepEqual(await last(null, 1), [of(HAMBURG, 5)]);
      assert.deepEqual(await last([BERLIN]), [of(BERLIN, 2)]);
      await storage.write((tx) => tx.purgeAuditCounts(NEXT));
      const left = await storage.read((tx) => tx.auditTrend({ stores: null, since: DAY }));
      assert.deepEqual(
        left.map(({ day }) => day),
        [NEXT],
      );
    },
  },
  {
    promise: "who sees to a check is kept for all stores and for each, until nobody does",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putAuditOwner({ check: "approvals", store: null, owner: { ...OWNER, name: "Before" } });
        await tx.putAuditOwner({ check: "approvals", store: null, owner: OWNER });
        await tx.putAuditOwner({ check: "approvals", store: BERLIN, owner: OWNER });
        await tx.putAuditOwner({ check: "noTax", store: null, owner: OWNER });
        await tx.putAuditOwner({ check: "noTax", store: null, owner: null });
      });
      const kept = await reopen();
      assert.deepEqual(await kept.read((tx) => tx.auditOwners()), [
        { check: "approvals", store: null, owner: OWNER },
        { check: "approvals", store: BERLIN, owner: OWNER },
      ]);
    },
  },
];
