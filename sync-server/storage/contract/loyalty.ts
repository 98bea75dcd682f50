import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { type PointsEntry, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { money } from "#domain/money/money.ts";
import { EUR } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const ANNA = idOf<"Customer">("anna");
const BEN = idOf<"Customer">("ben");
const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 1, per: money(100, EUR), categories: [] },
  tiers: [],
  burn: null,
  expiresAfterMonths: null,
};

function entry(id: string, customer = ANNA, at: number = AT): PointsEntry {
  const told = { purchase: null, number: null, store: null, device: null, staff: null };
  return pointsEntryOf({ ...told, id, kind: "earned", customer, points: 5, at: instant(at) });
}

export const LOYALTY: readonly ContractCase[] = [
  {
    promise:
      "what moved points is kept once, and found by its id and by the accounts, in the order in which it happened",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        const first = [entry("a", ANNA, AT + 5), entry("a"), entry("b")];
        assert.deepEqual(await tx.addPointsEntries(first, LATER), new Set(["a", "b"]));
        assert.deepEqual(await tx.addPointsEntries([entry("a"), entry("c", BEN)], LATER), new Set(["c"]));
        assert.deepEqual(await tx.addPointsEntries([], LATER), new Set());
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.deepEqual(await tx.pointsEntries([ANNA]), [entry("b"), entry("a", ANNA, AT + 5)]);
        assert.equal((await tx.pointsEntries([ANNA, BEN])).length, 3);
        assert.deepEqual(await tx.pointsEntry("c"), entry("c", BEN));
        assert.equal(await tx.pointsEntry("none"), null);
        assert.deepEqual(await tx.pointsAccounts({ after: "", limit: 9 }), [ANNA, BEN]);
        assert.deepEqual(await tx.pointsAccounts({ after: ANNA, limit: 9 }), [BEN]);
      });
    },
  },
  {
    promise: "customers are due when their moment has come, the earliest first, until it is noted otherwise",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.notePointsDue([
          { customer: ANNA, at: instant(AT + 2) },
          { customer: BEN, at: instant(AT + 1) },
        ]);
      });
      const due = (at: number) => storage.read((tx) => tx.pointsDue({ at: instant(at), limit: 9 }));
      assert.deepEqual(await due(AT), []);
      assert.deepEqual(await due(AT + 2), [BEN, ANNA]);
      await storage.write(async (tx) => {
        await tx.notePointsDue([
          { customer: BEN, at: instant(AT + 9) },
          { customer: ANNA, at: null },
        ]);
      });
      assert.deepEqual(await due(AT + 8), []);
      assert.deepEqual(await due(AT + 9), [BEN]);
    },
  },
  {
    promise: "there is no loyalty programme until one is kept, and none once it is taken away",
    check: async (storage) => {
      assert.equal(await storage.read((tx) => tx.loyaltyProgramme()), null);
      await storage.write((tx) => tx.putLoyaltyProgramme(PROGRAMME));
      assert.deepEqual(await storage.read((tx) => tx.loyaltyProgramme()), PROGRAMME);
      await storage.write((tx) => tx.putLoyaltyProgramme(null));
      assert.equal(await storage.read((tx) => tx.loyaltyProgramme()), null);
    },
  },
  {
    promise: "since when points lapse as they do is kept, and told with the programme",
    check: async (storage, reopen) => {
      assert.equal(await storage.read((tx) => tx.pointsTerms()), null);
      await storage.write((tx) => tx.putLoyaltyProgramme(PROGRAMME));
      assert.deepEqual(await storage.read((tx) => tx.pointsTerms()), {
        programme: PROGRAMME,
        lapsesSince: null,
      });
      await storage.write((tx) => tx.putLapsesSince(AT));
      await storage.write((tx) => tx.putLapsesSince(LATER));
      const kept = await reopen();
      assert.deepEqual(await kept.read((tx) => tx.pointsTerms()), {
        programme: PROGRAMME,
        lapsesSince: LATER,
      });
      await kept.write((tx) => tx.putLoyaltyProgramme(null));
      assert.equal(await kept.read((tx) => tx.pointsTerms()), null);
    },
  },
];
