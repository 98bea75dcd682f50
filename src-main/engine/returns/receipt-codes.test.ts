import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import { type CodeSigner, makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import type { ReceiptKeyDocument } from "#protocol/documents/receipt.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import { openCatalog } from "../catalog/catalog.ts";
import { newReceiptSigner } from "../testing/receipt-signer.ts";
import { DEVICE, euros, MUG, SETTINGS, STORE, TEE_M, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { ReceiptCodes } from "./receipt-codes.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
});

/** Another till of the chain, that never saw the sale: it has the same catalogue and its own key. */
function otherTill(): ReceiptCodes {
  return codesAt(newReceiptSigner());
}

function codesAt(receiptSigner: CodeSigner): ReceiptCodes {
  const { replica, journal, clock, server, timers } = till;
  const onTrouble = (error: unknown) => till.troubles.push(error);
  const catalog = openCatalog({ replica, journal, clock, server, timers, onTrouble });
  return new ReceiptCodes({ replica, receiptSigner, onTrouble }, { catalog });
}

function keyOf(
  { publicKey }: CodeSigner,
  revokedAt: ReceiptKeyDocument["revokedAt"] = null,
): ReceiptKeyDocument {
  return {
    id: `key:${keyIdOf(publicKey, sha256)}`,
    kind: "key",
    publicKey: Buffer.from(publicKey).toString("base64url"),
    device: DEVICE,
    tills: [{ store: STORE, register: 3 }],
    revokedAt,
  };
}

function codeOn({ rows }: Receipt): string {
  const codes = rows.flatMap((row) => (row.kind === "qr" ? [row.text] : []));
  expect(codes).toHaveLength(1);
  return codes[0]!;
}

async function soldReceipt(): Promise<Receipt> {
  for (const variant of [TEE_M, MUG, TEE_M]) await till.verbs.addItem({ variant, quantity: 1 });
  await till.verbs.takeCard({ amount: euros(4_848), approvalCode: "0815-4711" });
  const completed = await till.verbs.completeSale({ basket: till.basket.id });
  if (!completed.ok) throw new Error(completed.reason);
  return completed.value.receipt;
}

describe("the code on a receipt", () => {
  test("is on every receipt of a sale, in its language, and the same on a copy", async () => {
    const receipt = await soldReceipt();
    const row = receipt.rows.find(({ kind }) => kind === "qr");
    expect(row).toMatchObject({ label: "Für Rückgabe oder Umtausch: diesen Code scannen" });
    const again = await till.verbs.receipt({ ticket: receipt.ticket });
    expect(again.ok && codeOn(again.value)).toBe(codeOn(receipt));
  });

  test("says offline, at a till that never saw the sale, what was bought, by name", async () => {
    const receipt = await soldReceipt();
    till.replica.put("receipts", keyOf(till.receiptSigner));
    const read = await otherTill().read(`${codeOn(receipt)}\n`);
    const sold = await till.journal.ticket(receipt.ticket);
    const purchase = purchaseOfTicket(sold!.ticket, { usualDays: 30 });
    expect(read).toEqual({
      ok: true,
      value: {
        kind: "full",
        purchase: {
          ...purchase,
          at: instant(Math.floor(purchase!.at / 1_000) * 1_000),
          paidWith: [{ kind: "card", amount: euros(4_848), approvalCode: "815-4711" }],
        },
      },
    });
    expect(purchase?.lines.length).toBeGreaterThan(0);
  });

  test("of the till itself is read before the server has told of any key", async () => {
    const receipt = await soldReceipt();
    expect((await codesAt(till.receiptSigner).read(codeOn(receipt))).ok).toBe(true);
  });

  test("is refused as soon as the till hears that HQ revoked its key, and taken as soon as it hears of a new one", async () => {
    const code = codeOn(await soldReceipt());
    const other = otherTill();
    expect(await other.read(code)).toEqual({ ok: false, reason: "unknownKey" });
    till.replica.put("receipts", keyOf(till.receiptSigner));
    expect((await other.read(code)).ok).toBe(true);
    till.replica.put("receipts", keyOf(till.receiptSigner, till.clock.now()));
    expect(await other.read(code)).toEqual({ ok: false, reason: "revokedKey" });
    till.replica.remove("receipts", keyOf(till.receiptSigner).id);
    expect(await other.read(code)).toEqual({ ok: false, reason: "unknownKey" });
    other.close();
  });

  test("names articles that are sold no more by their number alone", async () => {
    const receipt = await soldReceipt();
    const sold = await till.journal.ticket(receipt.ticket);
    const purchase = purchaseOfTicket(sold!.ticket, { usualDays: 30 })!;
    const lines = purchase.lines.map((line) => ({ ...line, sku: idOf<"Sku">("SOLD-NO-MORE") }));
    const code = makeReceiptCode({ ...purchase, lines }, { signer: till.receiptSigner, sha256 });
    expect(await codesAt(till.receiptSigner).read(code)).toMatchObject({
      ok: true,
      value: { purchase: { lines: [{ sku: "SOLD-NO-MORE", variant: null, name: "" }, {}] } },
    });
  });

  test("for a gift says offline which purchase it was, that it was given away, and no price", async () => {
    await till.setUpPrinter();
    const receipt = await soldReceipt();
    const gift = await till.verbs.reprint({ ticket: receipt.ticket, kind: "gift" });
    if (!gift.ok) throw new Error(gift.reason);
    expect(gift.value.rows.some(({ kind }) => kind === "barcode")).toBe(false);
    till.replica.put("receipts", keyOf(till.receiptSigner));
    const { ticket } = (await till.journal.ticket(receipt.ticket))!;
    expect(await otherTill().read(codeOn(gift.value))).toEqual({
      ok: true,
      value: {
        kind: "summary",
        gift: true,
        summary: {
          ref: { kind: "ticket", id: ticket.id },
          number: ticket.number,
          channel: "till",
          store: STORE,
          at: Math.floor(ticket.completedAt / 1_000) * 1_000,
          day: ticket.businessDay,
        },
      },
    });
  });

  test("says the days of the store's policy where a line of before says none", async () => {
    const receipt = await soldReceipt();
    const { ticket } = (await till.journal.ticket(receipt.ticket))!;
    const returns = { ...DEFAULT_RETURN_POLICY, windowDays: 14 };
    till.replica.put("settings", { ...SETTINGS, returns });
    const lines = ticket.lines.map((line) => {
      const { returnDays: _, ...before } = { returnDays: 0, ...line };
      return before as typeof line;
    });
    const codes = codesAt(till.receiptSigner);
    const read = await codes.read(codes.codeOf({ ...ticket, lines }, { gift: false })!);
    const returnBy = daysAfter(ticket.businessDay, 14);
    expect(read).toMatchObject({ value: { purchase: { lines: [{ returnBy }, { returnBy }] } } });
  });

  test("signed with a leaked key never brings into the journal what the server would not take from it", async () => {
    const receipt = await soldReceipt();
    till.replica.put("receipts", keyOf(till.receiptSigner));
    const purchase = purchaseOfTicket((await till.journal.ticket(receipt.ticket))!.ticket, {
      usualDays: 30,
    })!;
    const { ref } = purchase;
    const reading = async (change: Partial<typeof purchase>) => {
      const code = makeReceiptCode({ ...purchase, ...change }, { signer: till.receiptSigner, sha256 });
      const read = await otherTill().read(code);
      return read.ok ? "read" : read.reason;
    };
    const lines = purchase.lines.map((line) => ({
      ...line,
      discounts: [
        {
          promotion: idOf<"Promotion">("three"),
          name: "",
          needs: { kind: "groups" as const, size: 0, pays: 0 },
          amount: euros(1),
        },
      ],
    }));
    expect(await reading({})).toBe("read");
    expect(await reading({ ref: { kind: "ticket", id: idOf<"Ticket">("x y") } })).toBe("malformed");
    expect(await reading({ lines })).toBe("malformed");
    expect(await reading({ ref: { kind: "order", id: idOf<"Order">(ref.id) } })).toBe("forged");
    expect(await reading({ store: idOf<"Store">("elsewhere") })).toBe("forged");
    expect(await reading({ number: purchase.number.replace(/-\d+-/, "-99-") })).toBe("forged");
  });

  test("a scan of goods is no receipt", async () => {
    expect(await otherTill().read(`SKU-${TEE_S}`)).toEqual({ ok: false, reason: "notACode" });
  });
});
