import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import type { CountRecord, CountResult, LevelsAsk } from "../../stock/port.ts";
import { BERLIN, CUP, HAMBURG, product, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const ALL: LevelsAsk = {
  stores: null,
  category: "",
  search: "",
  state: "all",
  atMost: 0,
  idleSince: AT,
  sort: "title",
  descending: false,
};
const TEA_IN_BERLIN = { store: BERLIN.store, variant: TEA };
const COUNT: CountRecord = {
  id: idOf<"Count">("november"),
  store: BERLIN.store,
  name: "November",
  scope: { kind: "all" },
  blind: true,
  day: idOf<"BusinessDay">("2026-11-30"),
  note: "",
  by: "Hanna",
  at: AT,
  state: "open",
  finished: null,
};
const RESULT: CountResult = {
  ...TEA_IN_BERLIN,
  count: COUNT.id,
  counted: 4,
  firstAt: AT,
  lastAt: LATER,
  expected: 5,
  between: 0,
  booked: null,
  again: false,
};

const initial = (quantity: number) => ({ quantity, reason: { kind: "initial" } }) as const;
const sale = (ticket: string, quantity: number) =>
  ({ quantity, reason: { kind: "sale", ticket: idOf<"Ticket">(ticket) } }) as const;

export const STOCK: readonly ContractCase[] = [
  {
    promise:
      "a level says when it was sold and counted last, and is found by store, words, and what is wrong with it",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP]) await tx.putProduct(product(variant));
        await tx.addMovement({ ...TEA_IN_BERLIN, ...initial(2) }, { cause: "a", at: AT });
        await tx.addMovement({ ...TEA_IN_BERLIN, ...sale("t", -3) }, { cause: "t", at: LATER });
        await tx.addMovement({ store: HAMBURG.store, variant: CUP, ...initial(7) }, { cause: "a", at: AT });
      });
      await (await reopen()).read(async (tx) => {
        const skus = async (ask: Partial<LevelsAsk>) =>
          (await tx.levels({ ...ALL, ...ask, offset: 0, limit: 9 })).map(({ sku }) => sku);
        assert.deepEqual(await skus({ sort: "onHand" }), ["SKU-tea", "SKU-cup"]);
        assert.deepEqual(await skus({ sort: "onHand", descending: true }), ["SKU-cup", "SKU-tea"]);
        assert.deepEqual(await skus({ state: "belowZero" }), ["SKU-tea"]);
        assert.deepEqual(await skus({ state: "low", atMost: 7 }), ["SKU-cup", "SKU-tea"]);
        assert.deepEqual(await skus({ state: "idle", idleSince: LATER }), ["SKU-cup"]);
        assert.deepEqual(await skus({ stores: [HAMBURG.store] }), ["SKU-cup"]);
        assert.deepEqual(await skus({ stores: [HAMBURG.store, BERLIN.store], search: "tea" }), ["SKU-tea"]);
        assert.deepEqual(await skus({ stores: [] }), []);
        assert.deepEqual(await skus({ category: "nothing of the kind" }), []);
        assert.equal(await tx.levelCount({ ...ALL, limit: 9 }), 2);
        assert.equal(await tx.levelCount({ ...ALL, limit: 1 }), 1);
        const level = await tx.level(TEA_IN_BERLIN);
        assert.deepEqual(
          [level?.onHand, level?.soldAt, level?.countedAt, level?.movedAt],
          [-1, LATER, null, LATER],
        );
        assert.equal(await tx.level({ store: HAMBURG.store, variant: TEA }), null);
      });
    },
  },
  {
    promise:
      "movements of a level are read from the newest on, page by page, with what all up to one come to",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addMovement({ ...TEA_IN_BERLIN, ...initial(9) }, { cause: "a", at: AT });
        for (const ticket of ["t1", "t2"])
          await tx.addMovement(
            { ...TEA_IN_BERLIN, ...sale(ticket, -2) },
            { cause: ticket, at: LATER, actedAt: AT },
          );
      });
      await storage.read(async (tx) => {
        const page = async (before: { readonly at: typeof AT; readonly cause: string } | null) =>
          tx.movements({ ...TEA_IN_BERLIN, before, limit: 2 });
        const first = await page(null);
        assert.deepEqual(
          first.map(({ cause, bookedAt }) => [cause, bookedAt]),
          [
            ["t2", LATER],
            ["t1", LATER],
          ],
        );
        const [newest, second] = first;
        assert.ok(newest !== undefined && second !== undefined);
        assert.equal(await tx.levelUpTo({ ...TEA_IN_BERLIN, upTo: newest }), 5);
        assert.equal(await tx.levelUpTo({ ...TEA_IN_BERLIN, upTo: second }), 7);
        assert.deepEqual(
          (await page(second)).map(({ cause, quantity }) => [cause, quantity]),
          [["a", 9]],
        );
      });
    },
  },
  {
    promise: "a count is kept with its areas and what each of them found; an area counts once by its id",
    check: async (storage, reopen) => {
      const area = {
        id: idOf<"AreaCount">("shelf"),
        count: COUNT.id,
        area: "Shelf 1",
        replaces: [],
        register: 1,
        staff: "Mira",
        at: AT,
        leftOut: false,
        articles: 1,
        pieces: 4,
      };
      await storage.write(async (tx) => {
        await tx.putCount(COUNT);
        assert.equal(await tx.addArea(area, [{ variant: TEA, counted: 4, at: AT }]), true);
        assert.equal(await tx.addArea(area, [{ variant: TEA, counted: 4, at: AT }]), false);
        await tx.leaveOutArea(area.id, true);
        await tx.putCount({ ...COUNT, state: "counted", finished: { at: LATER, by: "Mira" } });
      });
      await (await reopen()).read(async (tx) => {
        assert.deepEqual(await tx.count(COUNT.id), {
          ...COUNT,
          state: "counted",
          finished: { at: LATER, by: "Mira" },
        });
        assert.deepEqual(await tx.countAreas(COUNT.id), [{ ...area, leftOut: true }]);
        assert.deepEqual(await tx.countLines({ count: COUNT.id, variants: [TEA] }), [
          { area: area.id, variant: TEA, counted: 4, at: AT },
        ]);
        assert.deepEqual(await tx.variantsOfArea(area.id), [TEA]);
        assert.equal(await tx.areaCount(area.id), COUNT.id);
        assert.equal((await tx.counts({ stores: [HAMBURG.store], limit: 9 })).length, 0);
        assert.equal((await tx.counts({ stores: [BERLIN.store], limit: 9 })).length, 1);
      });
    },
  },
  {
    promise:
      "what a shelf should have held when it was counted follows movements that are told of later, until it is booked",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putProduct(product(TEA));
        await tx.putCount(COUNT);
        await tx.addMovement({ ...TEA_IN_BERLIN, ...initial(5) }, { cause: "a", at: AT });
        await tx.putCountResult(RESULT);
        const tell = (ticket: string, actedAt: typeof AT) =>
          tx.addMovement({ ...TEA_IN_BERLIN, ...sale(ticket, -1) }, { cause: ticket, at: LATER, actedAt });
        await tell("before", AT);
        await tell("between", LATER);
        await tell("after", instant(LATER + 1));
        assert.deepEqual(await tx.countResult({ count: COUNT.id, variant: TEA }), {
          ...RESULT,
          expected: 3,
          between: 1,
        });
        assert.equal(await tx.movedBetween({ ...TEA_IN_BERLIN, after: AT, upTo: LATER }), 1);
        await tx.putCountResult({ ...RESULT, expected: 3, booked: 1 });
        await tell("booked already", AT);
        assert.equal((await tx.countResult({ count: COUNT.id, variant: TEA }))?.expected, 3);
        assert.deepEqual(await tx.openResults({ count: COUNT.id, after: "", limit: 9 }), []);
        const totals = { areas: 0, counted: 1, off: 0, surplus: 1, missing: 0, open: 0 };
        assert.deepEqual(await tx.countTotals(COUNT.id), totals);
        await tx.dropCountResult({ count: COUNT.id, variant: TEA });
        assert.equal(await tx.countResult({ count: COUNT.id, variant: TEA }), null);
      });
    },
  },
  {
    promise:
      "what is to be counted and was found nowhere is listed, and what nobody counted for the longest time comes first",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP]) {
          await tx.putProduct(product(variant));
          await tx.addMovement({ store: BERLIN.store, variant, ...initial(5) }, { cause: "a", at: AT });
        }
        await tx.putCount(COUNT);
        await tx.putCountResult(RESULT);
        const uncounted = async (scope: CountRecord["scope"]) =>
          (await tx.uncounted({ count: { ...COUNT, scope }, offset: 0, limit: 9 })).map(
            ({ variant }) => variant,
          );
        assert.deepEqual(await uncounted({ kind: "all" }), [CUP]);
        assert.deepEqual(await uncounted({ kind: "list", variants: [TEA] }), []);
        assert.deepEqual(await uncounted({ kind: "category", category: "nothing of the kind" }), []);
        assert.equal(await tx.uncountedTotal(COUNT), 1);
        const reason = { kind: "counted", entry: idOf<"Entry">("e") } as const;
        await tx.addMovement(
          { store: BERLIN.store, variant: CUP, quantity: 0, reason },
          { cause: "e", at: LATER },
        );
        const asked = { store: BERLIN.store, limit: 9 };
        assert.deepEqual(await tx.longestUncounted(asked), [TEA, CUP]);
        const named = await tx.countResults({ count: COUNT.id, off: true, offset: 0, limit: 9 });
        assert.deepEqual(
          named.map(({ sku, counted }) => [sku, counted]),
          [["SKU-tea", 4]],
        );
      });
    },
  },
];
