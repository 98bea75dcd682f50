import assert from "node:assert/strict";
import { openCase, withCaseActs } from "#domain/cases/act.ts";
import type { Case, CaseOpening } from "#domain/cases/case.ts";
import { idOf, instant } from "#domain/ids.ts";
import { BERLIN, customer, HAMBURG } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const HQ = { kind: "hq", who: "Hanna" } as const;
const ASK = {
  filter: "all",
  kind: null,
  store: null,
  customer: null,
  search: "",
  at: LATER,
  offset: 0,
  limit: 9,
} as const;

function caseOf(id: string, changes: Partial<CaseOpening> = {}, by: Case["openedBy"] = HQ): Case {
  const opening: CaseOpening = {
    id: idOf<"Case">(id),
    number: `C-HQ-00000${id}`,
    kind: "repair",
    store: BERLIN.store,
    customer: null,
    contact: { name: "Jürgen Ahrens", email: null, phone: "+49 30 1234567" },
    product: { variant: null, sku: null, name: "Oak lamp", options: [] },
    serial: "SN-77",
    purchase: null,
    fault: "Broken",
    condition: "",
    accessories: "",
    deadline: LATER,
    photos: [],
    ...changes,
  };
  return openCase(opening, { at: AT, by });
}

function closed(of: Case): Case {
  const move = { from: of.status, to: "closed", outcome: "repaired" } as const;
  const act = { move, note: "", photos: [], deadline: null, store: null };
  return withCaseActs(of, [{ id: `close-${of.id}`, at: LATER, by: HQ, act }]);
}

const ids = (cases: readonly Case[]) => cases.map(({ id }) => id);

export const CASES: readonly ContractCase[] = [
  {
    promise: "a case is found by its id and number, as it was put last",
    check: async (storage) => {
      const first = caseOf("1");
      await storage.write((tx) => tx.putCase(first));
      await storage.write((tx) => tx.putCase(closed(first)));
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.case(first.id), closed(first));
        assert.deepEqual(await tx.caseNumbered(first.number), closed(first));
        assert.equal(await tx.case(idOf<"Case">("2")), null);
        assert.equal(await tx.hqCases(), 1);
      });
    },
  },
  {
    promise:
      "cases are narrowed by where they stand, kind, store, customer and words, also by the name in a customer's profile",
    check: async (storage) => {
      const ada = customer("Ada");
      await storage.write(async (tx) => {
        await tx.putCustomers([ada]);
        await tx.putCase(caseOf("1", { deadline: instant(LATER + 5) }));
        await tx.putCase(caseOf("2", { kind: "complaint", store: HAMBURG.store, deadline: AT }));
        await tx.putCase(caseOf("3", { customer: ada.id, contact: null, deadline: instant(LATER + 1) }));
        await tx.putCase(closed(caseOf("4")));
      });
      await storage.read(async (tx) => {
        const found = async (ask: Partial<Parameters<typeof tx.cases>[0]>) =>
          ids((await tx.cases({ ...ASK, ...ask })).cases);
        assert.deepEqual(await found({ filter: "open" }), ["2", "3", "1"]);
        assert.deepEqual(await found({ filter: "overdue" }), ["2"]);
        assert.deepEqual(await found({ filter: "closed" }), ["4"]);
        assert.deepEqual(await found({ kind: "complaint" }), ["2"]);
        assert.deepEqual(await found({ store: HAMBURG.store }), ["2"]);
        assert.deepEqual(await found({ store: [HAMBURG.store] }), ["2"]);
        assert.deepEqual(await found({ store: [] }), []);
        assert.deepEqual(await found({ customer: ada.id }), ["3"]);
        assert.deepEqual(await found({ search: "ada" }), ["3"]);
        assert.deepEqual(await found({ search: "jurgen", filter: "open" }), ["2", "1"]);
        assert.deepEqual(await found({ search: "0000041" }), []);
        assert.deepEqual(await found({ search: "%" }), []);
        assert.deepEqual((await tx.cases({ ...ASK, limit: 1, offset: 1 })).total, 4);
      });
    },
  },
  {
    promise: "an act counts once, and waits for a case that is not known yet",
    check: async (storage) => {
      const act = closed(caseOf("1")).history.map(({ id, at, by, act: done }) => ({ id, at, by, act: done }));
      const [one] = act;
      assert.ok(one !== undefined);
      const of = idOf<"Case">("1");
      assert.equal(await storage.write((tx) => tx.noteCaseAct(of, one)), true);
      assert.equal(await storage.write((tx) => tx.noteCaseAct(of, one)), false);
      assert.deepEqual(await storage.read((tx) => tx.caseActs(of)), [one]);
    },
  },
  {
    promise: "a case is told to be overdue once, and again when its deadline is another",
    check: async (storage) => {
      const late = caseOf("1", { deadline: AT });
      const overdue = async () => ids(await storage.read((tx) => tx.casesOverdue({ at: LATER, limit: 9 })));
      await storage.write((tx) => tx.putCase(late));
      assert.deepEqual(await overdue(), ["1"]);
      await storage.write((tx) => tx.noteCaseOverdue(late.id));
      await storage.write((tx) => tx.putCase(late));
      assert.deepEqual(await overdue(), []);
      await storage.write((tx) => tx.putCase({ ...late, deadline: instant(AT + 1) }));
      assert.deepEqual(await overdue(), ["1"]);
      await storage.write((tx) => tx.putCase({ ...late, status: "readyForPickup" }));
      assert.deepEqual(await overdue(), []);
    },
  },
  {
    promise: "what was closed for long is forgotten by the tills once, until it is opened again",
    check: async (storage) => {
      const over = closed(caseOf("1"));
      const due = async () =>
        ids(await storage.read((tx) => tx.casesToForget({ closedBefore: instant(LATER + 1), limit: 9 })));
      await storage.write((tx) => tx.putCase(over));
      assert.deepEqual(await due(), ["1"]);
      await storage.write((tx) => tx.noteCaseForgotten(over.id));
      assert.deepEqual(await due(), []);
      await storage.write((tx) => tx.putCase(over));
      assert.deepEqual(await due(), ["1"]);
    },
  },
];
