import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import type { MailRecord } from "../../mail/records.ts";
import { BERLIN, HAMBURG, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const till = new TestTill({ store: BERLIN.store });
const TICKET = till.ticket([{ variant: TEA, quantity: 1 }]);
const INVOICE = {
  id: idOf<"Invoice">("invoice-1"),
  ticket: TICKET.id,
  recipient: { name: "Kontor", address: ["Hauptstr. 5"], vatId: "" },
  issuedAt: AT,
};

export function mail(id: string, changes: Partial<MailRecord> = {}): MailRecord {
  return {
    id: idOf<"Mail">(id),
    ticket: TICKET.id,
    store: BERLIN.store,
    document: { kind: "receipt" },
    email: "anna@example.com",
    language: "de",
    copy: false,
    askedAt: AT,
    state: "waiting",
    tries: 0,
    nextTryAt: AT,
    sentAt: null,
    lastFailure: null,
    ...changes,
  };
}

async function due(storage: Storage, at = AT): Promise<readonly string[]> {
  return (await storage.read((tx) => tx.mailsDue({ at, limit: 10 }))).map(({ id }) => id);
}

export const MAILS: readonly ContractCase[] = [
  {
    promise:
      "a mail waits for its sale and its invoice, however long they take, and is due when both are there",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        assert.equal(await tx.addMail(mail("a")), true);
        assert.equal(await tx.addMail(mail("a", { email: "other@example.com" })), false);
        await tx.addMail(mail("b", { document: { kind: "invoice", invoice: INVOICE.id }, copy: true }));
      });
      assert.deepEqual(await due(storage), []);
      await storage.write((tx) => tx.addTickets([{ ticket: TICKET, register: 1 }], AT));
      assert.deepEqual(await due(storage), ["a"]);
      await storage.write((tx) => tx.addInvoice(INVOICE));
      const open = await reopen();
      assert.deepEqual(await due(open), ["a", "b"]);
      const [newest] = await open.read((tx) => tx.mails({ state: null, limit: 1 }));
      assert.deepEqual(newest, {
        ...mail("b", { document: { kind: "invoice", invoice: INVOICE.id }, copy: true }),
        number: TICKET.number,
        isReady: true,
      });
    },
  },
  {
    promise: "a mail that failed is due at its next try, one that is sent or dead never again",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addTickets([{ ticket: TICKET, register: 1 }], AT);
        for (const id of ["failed", "sent", "dead"]) await tx.addMail(mail(id));
        await tx.putMail(mail("failed", { tries: 1, nextTryAt: LATER, lastFailure: "busy" }));
        await tx.putMail(mail("sent", { state: "sent", tries: 1, nextTryAt: null, sentAt: AT }));
        await tx.putMail(mail("dead", { state: "dead", tries: 9, nextTryAt: null, lastFailure: "no such" }));
      });
      assert.deepEqual(await due(storage), []);
      assert.deepEqual(await due(storage, LATER), ["failed"]);
      assert.deepEqual(await storage.read((tx) => tx.mailCounts()), { waiting: 1, dead: 1 });
      assert.deepEqual(await storage.read((tx) => tx.mailCounts([BERLIN.store])), { waiting: 1, dead: 1 });
      assert.deepEqual(await storage.read((tx) => tx.mailCounts([HAMBURG.store])), { waiting: 0, dead: 0 });
      const elsewhere = { state: "dead", store: [HAMBURG.store], limit: 10 } as const;
      assert.deepEqual(await storage.read((tx) => tx.mails(elsewhere)), []);
      const dead = await storage.read((tx) => tx.mails({ state: "dead", limit: 10 }));
      assert.deepEqual(
        dead.map(({ id, lastFailure }) => [id, lastFailure]),
        [["dead", "no such"]],
      );
      const { ticket } = mail("any");
      const invoice = { kind: "invoice", invoice: INVOICE.id } as const;
      assert.equal(await storage.read((tx) => tx.isMailed({ ticket, document: { kind: "receipt" } })), true);
      assert.equal(await storage.read((tx) => tx.isMailed({ ticket, document: invoice })), false);
      await storage.write((tx) => tx.addMail(mail("x", { document: invoice, state: "dead" })));
      assert.equal(await storage.read((tx) => tx.isMailed({ ticket, document: invoice })), false);
    },
  },
  {
    promise: "addresses of mails that were sent are forgotten in time, those of others are kept",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addMail(mail("sent", { state: "sent", nextTryAt: null, sentAt: AT }));
        await tx.addMail(mail("waiting"));
        await tx.purgeMails(AT);
      });
      assert.notEqual(await storage.read((tx) => tx.mail(idOf<"Mail">("sent"))), null);
      await storage.write((tx) => tx.purgeMails(instant(AT + 1)));
      assert.equal(await storage.read((tx) => tx.mail(idOf<"Mail">("sent"))), null);
      assert.notEqual(await storage.read((tx) => tx.mail(idOf<"Mail">("waiting"))), null);
    },
  },
  {
    promise:
      "an invoice is kept once, with its recipient, after those over the same sale that were issued before",
    check: async (storage) => {
      // The till's clock was set right in between.
      const first = { ...INVOICE, id: idOf<"Invoice">("invoice-2"), issuedAt: LATER };
      await storage.write(async (tx) => {
        await tx.addInvoice(first);
        await tx.addInvoice(INVOICE);
        await tx.addInvoice({ ...INVOICE, issuedAt: LATER });
      });
      assert.deepEqual(await storage.read((tx) => tx.invoicesOf(TICKET.id)), [first, INVOICE]);
      assert.deepEqual(await storage.read((tx) => tx.invoice(INVOICE.id)), INVOICE);
      assert.equal(await storage.read((tx) => tx.invoice(idOf<"Invoice">("none"))), null);
    },
  },
];
