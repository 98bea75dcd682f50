import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import type { ReturnLogSearch } from "../../returns/mail-port.ts";
import { BERLIN, CUP, EUR, HAMBURG, product, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const WEB = idOf<"Channel">("web");

function mailReturn(id: string, changes: Partial<MailReturn> = {}): MailReturn {
  return {
    id,
    channel: WEB,
    externalId: id.toUpperCase(),
    purchase: {
      ref: { kind: "ticket", id: idOf<"Ticket">("ticket-1") },
      number: "BER1-01-000007",
      channel: idOf<"Channel">("till"),
      store: BERLIN.store,
      at: AT,
      day: idOf<"BusinessDay">("2027-01-15"),
      currency: EUR,
      taxMode: "inclusive",
      customer: null,
      lines: [],
      paidWith: [],
      settled: { minor: 0, currency: EUR },
    },
    announcedAt: AT,
    arriveBy: idOf<"BusinessDay">("2027-02-14"),
    lines: [
      {
        position: 0,
        sku: idOf<"Sku">("SKU-tea"),
        name: "Tea",
        pieces: 1,
        reason: "gift",
        returnBy: idOf<"BusinessDay">("2027-02-14"),
      },
    ],
    note: "",
    isGift: false,
    state: "announced",
    arrivals: [],
    refund: null,
    rejection: null,
    ...changes,
  };
}

const ANY = { kind: null, state: null, store: null, search: "", offset: 0, limit: 10 } as const;

export const MAIL_RETURNS: readonly ContractCase[] = [
  {
    promise: "a return by mail is what was put last, found by its id, its shop's id and what was bought",
    check: async (storage) => {
      const received = mailReturn("r-1", { state: "received" });
      await storage.write((tx) => tx.putMailReturn(mailReturn("r-1")));
      await storage.write((tx) => tx.putMailReturn(received));
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.mailReturn("r-1"), received);
        assert.deepEqual(await tx.mailReturnNamed({ channel: WEB, externalId: "R-1" }), received);
        assert.deepEqual(await tx.mailReturnsOf(received.purchase.ref), [received]);
        assert.equal(await tx.mailReturn("r-2"), null);
        const other = idOf<"Channel">("other");
        assert.equal(await tx.mailReturnNamed({ channel: other, externalId: "R-1" }), null);
      });
    },
  },
  {
    promise: "a shop's id names one return by mail",
    check: async (storage) => {
      await storage.write((tx) => tx.putMailReturn(mailReturn("r-1")));
      const clash = mailReturn("r-2", { externalId: "R-1" });
      await assert.rejects(storage.write((tx) => tx.putMailReturn(clash)));
    },
  },
  {
    promise: "overdue are those of which nothing came until their last day, in the order of their ids",
    check: async (storage) => {
      const early = { arriveBy: idOf<"BusinessDay">("2027-01-20") };
      await storage.write(async (tx) => {
        await tx.putMailReturn(mailReturn("r-3", early));
        await tx.putMailReturn(mailReturn("r-1", early));
        await tx.putMailReturn(mailReturn("r-2", { ...early, state: "received" }));
        await tx.putMailReturn(mailReturn("r-4"));
      });
      const overdue = async (before: string, after = "") =>
        (
          await storage.read((tx) =>
            tx.overdueMailReturns({ before: idOf<"BusinessDay">(before), after, limit: 10 }),
          )
        ).map(({ id }) => id);
      assert.deepEqual(await overdue("2027-01-20"), []);
      assert.deepEqual(await overdue("2027-01-21"), ["r-1", "r-3"]);
      assert.deepEqual(await overdue("2027-01-21", "r-1"), ["r-3"]);
    },
  },
  {
    promise: "returns are listed newest first, by all that is named",
    check: async (storage) => {
      const arrival = { at: LATER, by: "Hanna", store: HAMBURG.store, note: "", lines: [] };
      await storage.write(async (tx) => {
        await tx.putMailReturn(mailReturn("r-1"));
        await tx.putMailReturn(mailReturn("r-2", { announcedAt: LATER }));
        await tx.putMailReturn(
          mailReturn("r-2", { announcedAt: LATER, state: "received", arrivals: [arrival] }),
        );
      });
      const listed = async (ask: Partial<ReturnLogSearch>) => {
        const { entries, total } = await storage.read((tx) => tx.returnLog({ ...ANY, ...ask }));
        return [entries.map(({ id }) => id).join(), total];
      };
      assert.deepEqual(await listed({}), ["r-2,r-1", 2]);
      assert.deepEqual(await listed({ limit: 1, offset: 1 }), ["r-1", 2]);
      assert.deepEqual(await listed({ kind: "till" }), ["", 0]);
      assert.deepEqual(await listed({ state: "received" }), ["r-2", 1]);
      assert.deepEqual(await listed({ store: HAMBURG.store }), ["r-2", 1]);
      assert.deepEqual(await listed({ store: [HAMBURG.store] }), ["r-2", 1]);
      assert.deepEqual(await listed({ store: [BERLIN.store] }), ["", 0]);
      assert.deepEqual(await listed({ search: "ber1-01-000007" }), ["r-2,r-1", 2]);
      assert.deepEqual(await listed({ search: "100%" }), ["", 0]);
    },
  },
  {
    promise: "a store's own returns policy is kept beside the retailer's until it is taken away",
    check: async (storage) => {
      const own = { ...DEFAULT_RETURN_POLICY, windowDays: 7 };
      const read = () =>
        storage.read(async (tx) => [
          (await tx.retailerReturnPolicy())?.windowDays ?? null,
          (await tx.ownReturnPolicy(BERLIN.store))?.windowDays ?? null,
          (await tx.ownReturnPolicy(HAMBURG.store))?.windowDays ?? null,
        ]);
      assert.deepEqual(await read(), [null, null, null]);
      await storage.write((tx) => tx.putRetailerReturnPolicy(DEFAULT_RETURN_POLICY));
      await storage.write((tx) => tx.putOwnReturnPolicy(BERLIN.store, own));
      assert.deepEqual(await read(), [30, 7, null]);
      await storage.write((tx) => tx.putOwnReturnPolicy(BERLIN.store, null));
      assert.deepEqual(await read(), [30, null, null]);
    },
  },
  {
    promise: "the categories of the catalogue are told once each, in the order of the alphabet",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putProduct(product(TEA, { category: "Tea" }));
        await tx.putProduct(product(CUP, { category: "Kitchen" }));
        await tx.putProduct(product(idOf<"Variant">("pot"), { category: "Kitchen" }));
        await tx.putProduct(product(idOf<"Variant">("odd"), { category: "" }));
      });
      assert.deepEqual(await storage.read((tx) => tx.categories()), ["Kitchen", "Tea"]);
    },
  },
  {
    promise:
      "words are in the order of their code points: large letters before small ones, and both before those with accents",
    check: async (storage) => {
      const words = ["Zimt", "apfel", "Äpfel", "a-b", "ab", "Apfel", "É", "𝛼", "～"];
      await storage.write(async (tx) => {
        for (const [n, category] of words.entries())
          await tx.putProduct(product(idOf<"Variant">(`v${n}`), { category, brand: category }));
      });
      const inOrder = ["Apfel", "Zimt", "a-b", "ab", "apfel", "Äpfel", "É", "～", "𝛼"];
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.categories(), inOrder);
        assert.deepEqual(await tx.brands(words.length), inOrder);
      });
    },
  },
];
