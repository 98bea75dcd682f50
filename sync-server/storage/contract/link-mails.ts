import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import type { LinkMailRecord } from "../../access/link-mail-port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

function mail(user: string, more: Partial<LinkMailRecord> = {}): LinkMailRecord {
  return {
    user: idOf<"User">(user),
    id: `mail-${user}`,
    consoleAt: "https://hq.example",
    askedAt: AT,
    state: "waiting",
    tries: 0,
    nextTryAt: AT,
    sentAt: null,
    lastFailure: null,
    ...more,
  };
}

export const LINK_MAILS: readonly ContractCase[] = [
  {
    promise: "of mails with a link a user's newest is kept, and found again until it is removed or forgotten",
    check: async (storage, reopen) => {
      const again = mail("mira", {
        id: "another",
        tries: 2,
        nextTryAt: null,
        state: "dead",
        lastFailure: "no",
      });
      await storage.write(async (tx) => {
        await tx.putLinkMail(mail("mira"));
        await tx.putLinkMail(again);
        await tx.putLinkMail(mail("late", { askedAt: LATER, state: "sent", nextTryAt: null, sentAt: LATER }));
        await tx.putLinkMail(mail("gone"));
        await tx.removeLinkMail(idOf<"User">("gone"));
      });
      const kept = await reopen();
      assert.deepEqual(await kept.read((tx) => tx.linkMail(again.user)), again);
      assert.equal(await kept.read((tx) => tx.linkMail(idOf<"User">("gone"))), null);
      await kept.write((tx) => tx.purgeLinkMails(LATER));
      assert.equal(await kept.read((tx) => tx.linkMail(again.user)), null);
      assert.notEqual(await kept.read((tx) => tx.linkMail(idOf<"User">("late"))), null);
    },
  },
  {
    promise:
      "mails with a link are due at their next try, the longest due first, and never once sent or given up",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putLinkMail(mail("second", { nextTryAt: instant(AT + 1) }));
        await tx.putLinkMail(mail("first"));
        await tx.putLinkMail(mail("later", { nextTryAt: LATER }));
        await tx.putLinkMail(mail("sent", { state: "sent", nextTryAt: null }));
        await tx.putLinkMail(mail("dead", { state: "dead", nextTryAt: null }));
      });
      const due = async (at: typeof AT, limit = 10) =>
        (await storage.read((tx) => tx.linkMailsDue({ at, limit }))).map(({ user }) => user);
      assert.deepEqual(await due(AT), ["first"]);
      assert.deepEqual(await due(instant(AT + 1)), ["first", "second"]);
      assert.deepEqual(await due(LATER, 2), ["first", "second"]);
    },
  },
];
