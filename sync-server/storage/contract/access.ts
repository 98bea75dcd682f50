import assert from "node:assert/strict";
import { type Id, idOf, instant } from "#domain/ids.ts";
import type { UserRecord } from "../../access/users-port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

type UserId = Id<"User">;

function user(id: string, more: Partial<UserRecord> = {}): UserRecord {
  return {
    id: idOf<"User">(id),
    email: `${id}@onetill.example`,
    name: id,
    role: "support",
    stores: null,
    active: true,
    passwordHash: null,
    totp: null,
    createdAt: AT,
    lastSignInAt: null,
    ...more,
  };
}

function session(hash: string, of: string) {
  const whence = { agent: "Firefox", address: "10.0.0.1" };
  return { hash, user: idOf<"User">(of), createdAt: AT, seenAt: AT, ...whence };
}

const ids = (users: readonly { readonly id: UserId }[]) => users.map(({ id }) => id);

export const ACCESS: readonly ContractCase[] = [
  {
    promise: "a user is kept with all that they sign in with, and found by id and by e-mail address",
    check: async (storage, reopen) => {
      const mira = user("mira", {
        role: "storeManager",
        stores: [idOf<"Store">("ber")],
        passwordHash: "$argon2id$…",
        totp: { secret: "ABC", lastStep: 7, recovery: ["one", "two"] },
        lastSignInAt: LATER,
      });
      await storage.write(async (tx) => {
        await tx.putUser(user("mira"));
        await tx.putUser(mira);
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.deepEqual(await tx.user(mira.id), mira);
        assert.deepEqual(await tx.userByEmail("mira@onetill.example"), mira);
        assert.equal(await tx.userByEmail("nobody@onetill.example"), null);
        assert.equal(await tx.userCount(), 1);
      });
    },
  },
  {
    promise: "no two users have the same e-mail address",
    check: async (storage) => {
      await storage.write((tx) => tx.putUser(user("mira")));
      const other = user("other", { email: "mira@onetill.example" });
      await assert.rejects(storage.write((tx) => tx.putUser(other)));
    },
  },
  {
    promise: "users are listed by name in pages, found by parts of name and address, and by role",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putUser(user("a", { name: "Anna", role: "admin" }));
        await tx.putUser(user("b", { name: "Béla", active: false }));
        await tx.putUser(user("c", { name: "Cem" }));
        await tx.putUser(user("d", { name: "Cem" }));
      });
      const all = { search: "", active: null, after: null, limit: 10 };
      await storage.read(async (tx) => {
        assert.deepEqual(ids(await tx.users(all)), ["a", "b", "c", "d"]);
        assert.deepEqual(ids(await tx.users({ ...all, limit: 2 })), ["a", "b"]);
        const after = { name: "Cem", id: idOf<"User">("c") };
        assert.deepEqual(ids(await tx.users({ ...all, after })), ["d"]);
        assert.deepEqual(ids(await tx.users({ ...all, active: false })), ["b"]);
        assert.deepEqual(ids(await tx.users({ ...all, search: "bela" })), ["b"]);
        assert.deepEqual(ids(await tx.users({ ...all, search: "C@one" })), ["c"]);
        assert.deepEqual(ids(await tx.usersOfRole("admin")), ["a"]);
      });
    },
  },
  {
    promise:
      "a session is found by its hash, ends alone, with all others of its user and nobody else's, or with every one there is",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const [hash, of] of [
          ["1", "mira"],
          ["2", "mira"],
          ["3", "mira"],
          ["4", "tarek"],
        ] as const)
          await tx.addSession(session(hash, of));
        await tx.noteSessionSeen("1", LATER);
        await tx.endSession("3");
      });
      const hashesOf = async (of: string) =>
        (await storage.read((tx) => tx.sessionsOf(idOf<"User">(of), 10))).map(({ hash }) => hash);
      assert.deepEqual(await storage.read((tx) => tx.session("1")), {
        ...session("1", "mira"),
        seenAt: LATER,
      });
      assert.deepEqual(await hashesOf("mira"), ["1", "2"]);
      await storage.write((tx) => tx.endSessionsOf(idOf<"User">("mira"), "2"));
      assert.deepEqual(await hashesOf("mira"), ["2"]);
      await storage.write((tx) => tx.endSessionsOf(idOf<"User">("mira"), null));
      assert.deepEqual(await hashesOf("mira"), []);
      assert.deepEqual(await hashesOf("tarek"), ["4"]);
      await storage.write((tx) => tx.endEverySession());
      assert.deepEqual(await hashesOf("tarek"), []);
    },
  },
  {
    promise: "a link is there until it is taken away, alone or with its kind",
    check: async (storage) => {
      const link = (hash: string, kind: "invite" | "setUp", of: string | null) => ({
        hash,
        kind,
        user: of === null ? null : idOf<"User">(of),
        expiresAt: kind === "setUp" ? null : LATER,
      });
      await storage.write(async (tx) => {
        await tx.addLink(link("1", "setUp", null));
        await tx.addLink(link("2", "invite", "mira"));
        await tx.addLink(link("3", "invite", "tarek"));
      });
      assert.deepEqual(await storage.read((tx) => tx.link("2")), link("2", "invite", "mira"));
      await storage.write((tx) => tx.removeLinks("invite", idOf<"User">("mira")));
      assert.equal(await storage.read((tx) => tx.link("2")), null);
      assert.notEqual(await storage.read((tx) => tx.link("3")), null);
      await storage.write((tx) => tx.removeLinks("setUp", null));
      assert.equal(await storage.read((tx) => tx.link("1")), null);
      await storage.write((tx) => tx.removeLink("3"));
      assert.equal(await storage.read((tx) => tx.link("3")), null);
    },
  },
  {
    promise: "tries to sign in are counted over a restart until they are forgotten",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putSignInTries("mira", { failures: 1, lastAt: AT });
        await tx.putSignInTries("mira", { failures: 2, lastAt: LATER });
      });
      const kept = await reopen();
      assert.deepEqual(await kept.read((tx) => tx.signInTries("mira")), { failures: 2, lastAt: LATER });
      await kept.write((tx) => tx.forgetSignInTries("mira"));
      assert.equal(await kept.read((tx) => tx.signInTries("mira")), null);
    },
  },
  {
    promise: "what has ended is forgotten, and what has not stays",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addSession(session("idle", "mira"));
        await tx.addSession({ ...session("new", "mira"), createdAt: LATER, seenAt: LATER });
        await tx.addLink({ hash: "over", kind: "invite", user: null, expiresAt: AT });
        await tx.addLink({ hash: "open", kind: "invite", user: null, expiresAt: LATER });
        await tx.addLink({ hash: "always", kind: "signIn", user: null, expiresAt: null });
        await tx.putSignInTries("old", { failures: 2, lastAt: AT });
        await tx.putSignInTries("new", { failures: 2, lastAt: LATER });
        await tx.purgeAccess({
          now: instant(AT + 1),
          sessionsSeenBefore: LATER,
          sessionsMadeBefore: AT,
          triesBefore: LATER,
        });
      });
      await storage.read(async (tx) => {
        assert.equal(await tx.session("idle"), null);
        assert.notEqual(await tx.session("new"), null);
        assert.equal(await tx.link("over"), null);
        assert.notEqual(await tx.link("open"), null);
        assert.notEqual(await tx.link("always"), null);
        assert.equal(await tx.signInTries("old"), null);
        assert.notEqual(await tx.signInTries("new"), null);
      });
    },
  },
  {
    promise:
      "the audit log says whom it knows, by the name they had last, and what kinds of things are in it",
    check: async (storage) => {
      const begun = (id: string, name: string, kind: string) => ({
        at: AT,
        by: { kind: "user" as const, id, name },
        call: "PUT /hq/v1/x",
        subject: { kind, id: "1" },
        asked: null,
        before: null,
      });
      assert.deepEqual(await storage.read((tx) => tx.trailChoices(10)), { people: [], subjects: [] });
      await storage.write(async (tx) => {
        await tx.beginTrail(begun("mira", "Mira", "store"));
        await tx.beginTrail(begun("mira", "Mira Albers", "price"));
        await tx.beginTrail(begun("", "", "session"));
        await tx.beginTrail(begun("tarek", "Tarek", "price"));
      });
      assert.deepEqual(await storage.read((tx) => tx.trailChoices(10)), {
        people: [
          { id: "mira", name: "Mira Albers" },
          { id: "tarek", name: "Tarek" },
        ],
        subjects: ["price", "session", "store"],
      });
    },
  },
];
