import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, idOf, instant } from "../ids.ts";
import { isCodeAwaited, type KnownMachine, knockState, lettingIn, storeMadeAgain } from "./letting-in.ts";

const KEYS = ["key-1", "key-2", "key-3"] as const;
const moments = fc.integer({ min: 1, max: 9 }).map((at) => instant(at));
const pairings = fc.record({ publicKey: fc.constantFrom(...KEYS), since: moments });
const asks = fc.record({
  pairing: pairings,
  isStoreKnown: fc.boolean(),
  isKeyRevoked: fc.boolean(),
  known: fc.option(
    fc.record({
      publicKey: fc.constantFrom(...KEYS),
      since: fc.option(moments),
      revokedAt: fc.option(moments),
    }),
  ),
  isRegisterTaken: fc.boolean(),
  hasLostJournal: fc.boolean(),
});

const UNKNOWN = {
  pairing: { publicKey: "key-1", since: instant(5) },
  isStoreKnown: true,
  isKeyRevoked: false,
  known: null,
  isRegisterTaken: false,
  hasLostJournal: false,
} as const;

describe("S4c a till that shows its pairing to a server which went back to a time before it", () => {
  test("is made again as it was", () => {
    expect(lettingIn(UNKNOWN)).toEqual({ ok: true, value: "madeAgain" });
  });

  test("sells no more where another till has its number by now, so that no number is on two receipts of the books", () => {
    expect(lettingIn({ ...UNKNOWN, isRegisterTaken: true })).toEqual({ ok: true, value: "aside" });
  });

  test("has nothing to go on by where its own journal is lost as well", () => {
    expect(lettingIn({ ...UNKNOWN, hasLostJournal: true })).toEqual({ ok: false, reason: "journalLost" });
  });

  test("comes in vain where the server does not know its store", () => {
    expect(lettingIn({ ...UNKNOWN, isStoreKnown: false })).toEqual({ ok: false, reason: "storeUnknown" });
  });

  test("had taken the register over from the machine that the server knows, or was taken over from", () => {
    const known = { publicKey: "key-2", since: instant(3), revokedAt: null };
    expect(lettingIn({ ...UNKNOWN, known })).toEqual({ ok: true, value: "takesOver" });
    expect(lettingIn({ ...UNKNOWN, known: { ...known, since: instant(7) } })).toEqual({
      ok: true,
      value: "aside",
    });
  });

  test("goes on where HQ revoked the machine before it, and does not where HQ revoked it", () => {
    const before = { publicKey: "key-2", since: null, revokedAt: instant(4) };
    expect(lettingIn({ ...UNKNOWN, known: before })).toEqual({ ok: true, value: "takesOver" });
    const after = { ...before, revokedAt: instant(6) };
    expect(lettingIn({ ...UNKNOWN, known: after })).toEqual({ ok: false, reason: "revoked" });
  });
});

test("S4c whoever HQ has revoked is never let in, whatever else is so", () => {
  fc.assert(
    fc.property(asks, (ask) => {
      const isRevoked =
        ask.isKeyRevoked || (ask.known?.publicKey === ask.pairing.publicKey && ask.known.revokedAt !== null);
      if (isRevoked) expect(lettingIn(ask).ok).toBe(false);
    }),
  );
});

test("S4c a register's number is never two tills', and no till writes on that does not know where it was", () => {
  fc.assert(
    fc.property(asks, (ask) => {
      const answer = lettingIn(ask);
      if (!answer.ok || answer.value === "aside") return;
      if (ask.known === null) expect(ask.isRegisterTaken).toBe(false);
      if (answer.value !== "known") expect(ask.hasLostJournal).toBe(false);
    }),
  );
});

test("S4c of several machines of one register the last one ends up with it, in whatever order they come", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 1 }), (order) => {
      let known: KnownMachine | null = null;
      const former = new Set<string>();
      const machine = (at: number): { publicKey: string; since: Instant } => ({
        publicKey: `key-${at}`,
        since: instant(at),
      });
      for (const at of order) {
        const pairing = machine(at);
        const answer = lettingIn({ ...UNKNOWN, pairing, known, isKeyRevoked: former.has(pairing.publicKey) });
        if (!answer.ok) continue;
        if (answer.value === "aside") former.add(pairing.publicKey);
        else known = { ...pairing, revokedAt: null };
      }
      expect((known as KnownMachine | null)?.publicKey).toBe(`key-${Math.max(...order)}`);
    }),
  );
});

test("S4c a store is made again for a till of it that knocks, as what its receipts say, and for no other", () => {
  const store = idOf<"Store">("store");
  const knock = { store, storeCode: "HAM1", reason: "storeUnknown" } as const;
  expect(storeMadeAgain(knock, "HAM1")).toEqual({ ok: true, value: store });
  expect(storeMadeAgain({ ...knock, storeCode: null }, "HAM2")).toEqual({ ok: true, value: store });
  expect(storeMadeAgain(knock, "HAM2")).toEqual({ ok: false, reason: "otherCode" });
  expect(storeMadeAgain({ ...knock, reason: "journalLost" }, "HAM1")).toEqual({
    ok: false,
    reason: "nobodyKnocks",
  });
  expect(storeMadeAgain(null, "HAM1")).toEqual({ ok: false, reason: "nobodyKnocks" });
});

test("S4c the code of a store that tills wait for is no other store's", () => {
  const store = idOf<"Store">("store");
  const knocks = [{ store, storeCode: "HAM1", reason: "storeUnknown" }] as const;
  expect(isCodeAwaited(knocks, "HAM1", idOf("new"))).toBe(true);
  expect(isCodeAwaited(knocks, "HAM1", store)).toBe(false);
  expect(isCodeAwaited(knocks, "HAM2", idOf("new"))).toBe(false);
  expect(isCodeAwaited([{ store, storeCode: "HAM1", reason: "journalLost" }], "HAM1", idOf("new"))).toBe(
    false,
  );
});

test("S4c of a till that lost its journal HQ is told that it sells nothing, whatever else keeps it out", () => {
  const reason = "storeUnknown";
  expect(knockState({ reason, lost: false }, false)).toBe("storeUnknown");
  expect(knockState({ reason, lost: false }, true)).toBe("coming");
  expect(knockState({ reason, lost: true }, false)).toBe("storeAndJournalLost");
  expect(knockState({ reason, lost: true }, true)).toBe("journalLost");
  expect(knockState({ reason: "journalLost", lost: true }, true)).toBe("journalLost");
});
