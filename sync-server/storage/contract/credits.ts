import assert from "node:assert/strict";
import { type CreditId, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditAccount, type LedgerEntry, ledgerEntryOf } from "#domain/value/ledger.ts";
import type { MoveKind } from "#domain/value/moves.ts";
import { BERLIN, EUR } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const FIRST = idOf<"Credit">("credit-1");
const SECOND = idOf<"Credit">("credit-2");
const GIFT_CARD = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(5), "giftCard");

function entry(
  id: string,
  kind: MoveKind,
  {
    credit = FIRST,
    at = AT,
    number = "BER1-01-000001",
  }: Partial<{ credit: CreditId; at: number; number: string }> = {},
): LedgerEntry {
  return ledgerEntryOf(
    {
      id,
      kind,
      code: kind === "sold" || credit === SECOND ? GIFT_CARD : "never kept",
      amount: money(500, EUR),
      at: instant(at),
      ticket: idOf<"Ticket">(`ticket-${id}`),
      number: idOf<"ReceiptNumber">(number),
      store: BERLIN.store,
      device: idOf<"Device">("till-1"),
      staff: idOf<"Staff">("mira"),
    },
    credit,
  );
}

export const CREDITS: readonly ContractCase[] = [
  {
    promise:
      "an entry of the books is kept once, and found from each account that it touches, in the order in which it happened",
    check: async (storage, reopen) => {
      const issued = entry("a", "issued", { at: AT + 5 });
      const spent = entry("b", "spent");
      await storage.write(async (tx) => {
        assert.equal(await tx.addLedgerEntry(issued, LATER), true);
        assert.equal(await tx.addLedgerEntry(spent, LATER), true);
        assert.equal(await tx.addLedgerEntry({ ...issued, at: AT }, LATER), false);
        assert.equal(await tx.addLedgerEntry(entry("c", "issued", { credit: SECOND }), LATER), true);
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.deepEqual(await tx.ledgerEntries(creditAccount(FIRST)), [spent, issued]);
        assert.deepEqual(await tx.ledgerEntries("sales"), [spent]);
        assert.equal((await tx.ledgerEntries("issued")).length, 2);
        assert.deepEqual(await tx.ledgerEntries(creditAccount(idOf<"Credit">("none"))), []);
      });
    },
  },
  {
    promise: "credits are listed newest first, and found by id, the end of the code or a receipt's number",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addCredit({ id: FIRST, kind: "credit", tail: "7QX1" });
        await tx.addCredit({ id: SECOND, kind: "giftCard", tail: "K0PM" });
        await tx.addCredit({ id: FIRST, kind: "credit", tail: "ELSE" });
        await tx.addLedgerEntry(entry("a", "issued"), AT);
        await tx.addLedgerEntry(entry("b", "spent", { credit: SECOND, number: "HAM1-02-000009" }), AT);
      });
      await storage.read(async (tx) => {
        const found = async (ask: Partial<Parameters<typeof tx.credits>[0]>) => {
          const { credits, total } = await tx.credits({
            id: null,
            kind: null,
            search: "",
            limit: 10,
            ...ask,
          });
          return [...credits.map(({ tail }) => tail), total];
        };
        assert.deepEqual(await found({}), ["K0PM", "7QX1", 2]);
        assert.deepEqual(await found({ limit: 1 }), ["K0PM", 2]);
        assert.deepEqual(await found({ id: FIRST, search: "a whole code" }), ["7QX1", 1]);
        assert.deepEqual(await found({ kind: "giftCard" }), ["K0PM", 1]);
        assert.deepEqual(await found({ kind: "giftCard", search: "7qx1" }), [0]);
        assert.deepEqual(await found({ search: "7qx1" }), ["7QX1", 1]);
        assert.deepEqual(await found({ search: "ham1-02" }), ["K0PM", 1]);
        assert.deepEqual(await found({ search: "%" }), [0]);
      });
    },
  },
  {
    promise: "a hold is what was said of it last: what was paid with it, and for which order",
    check: async (storage) => {
      const hold = {
        id: "hold",
        credit: { id: FIRST, kind: "giftCard", tail: "7QX1" },
        channel: idOf<"Channel">("web"),
        key: "payment-1",
        state: "held",
        held: money(4_000, EUR),
        captured: money(0, EUR),
        refunded: money(0, EUR),
        order: "",
        expiresAt: LATER,
      } as const;
      const paid = { ...hold, state: "captured", captured: money(3_000, EUR), order: "1042" } as const;
      await storage.write((tx) => tx.putHold(hold));
      assert.deepEqual(await storage.read((tx) => tx.holdByKey(hold)), hold);
      await storage.write((tx) => tx.putHold(paid));
      assert.deepEqual(await storage.read((tx) => tx.hold("hold")), paid);
      assert.deepEqual(await storage.read((tx) => tx.holdsOf(FIRST)), []);
    },
  },
];
