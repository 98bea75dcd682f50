import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf } from "../testing/shop.ts";
import { BEGUN, CRYPTO, seal, sold, TILL, written } from "../testing/written-chain.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type ChainHead, checkEntry, checkRun, checkSeal, type EntryRefusal, genesisHead } from "./check.ts";
import type { JournalEntry } from "./entry.ts";

const mug = lineOf({ name: "Becher »Möwe« 🫖", price: eur(1_190) });
const CHAIN = written([
  BEGUN,
  { type: "staff.signedIn" },
  sold(ticketOf([mug], 1)),
  { type: "receipt.reprinted", ticket: idOf<"Ticket">("ticket-1") },
  sold(ticketOf([mug, lineOf({ name: "book", price: eur(1_605), quantity: 2 })], 2)),
  { type: "staff.signedOut" },
]);
const START = genesisHead({ device: TILL, epoch: 1 });

function headAt(seq: number): ChainHead {
  return { ...START, seq, hash: CHAIN[seq - 1]?.hash ?? START.hash };
}

function run(entries: readonly JournalEntry[], head = START) {
  const known = new Map(CHAIN.map((entry) => [entry.seq, entry.hash]));
  return checkRun({ entries, head, hashAt: (seq) => known.get(seq), crypto: CRYPTO });
}

function why(entry: JournalEntry, head: ChainHead): EntryRefusal | "next" {
  const checked = checkEntry({ entry, head, crypto: CRYPTO });
  return checked.ok ? "next" : checked.reason;
}

describe("the next entry", () => {
  test("a till's own chain holds from its first entry to its last", () => {
    expect(run(CHAIN)).toEqual({ ok: true, value: { fresh: CHAIN, head: headAt(6) } });
  });

  test("an entry after a missing one is a gap", () => {
    expect(why(CHAIN[3]!, headAt(2))).toBe("gap");
  });

  test("an entry on another past than the known one is a fork", () => {
    const { hash: _, signature: __, ...content } = CHAIN[3]!;
    expect(why(seal({ ...content, prev: "f".repeat(64) }), headAt(3))).toBe("fork");
    expect(why(CHAIN[2]!, headAt(3))).toBe("fork");
    expect(why(seal({ ...content, seq: 3 }), headAt(3))).toBe("fork");
  });

  test("another till's entry, or one of another epoch, is none of this chain", () => {
    const other = { ...headAt(3), device: idOf<"Device">("till-4") };
    expect(why(CHAIN[3]!, other)).toBe("wrongDevice");
    expect(why(CHAIN[3]!, { ...headAt(3), epoch: 2 })).toBe("wrongEpoch");
  });

  test("a chain begins with the beginning of its epoch, and has no second one", () => {
    const [first] = written([{ type: "staff.signedIn" }]);
    expect(why(first!, START)).toBe("malformed");
    expect(why(written([BEGUN, BEGUN])[1]!, headAt(1))).toBe("malformed");
  });

  test("a ticket is of the store, the till and the person that its entry names", () => {
    const ticket = ticketOf([mug], 1);
    for (const stray of [
      { ...ticket, store: idOf<"Store">("hamburg") },
      { ...ticket, device: idOf<"Device">("till-4") },
      { ...ticket, staff: idOf<"Staff">("jonas") },
    ]) {
      const [begun, entry] = written([BEGUN, sold(stray)]);
      expect(why(entry!, { ...START, seq: 1, hash: begun!.hash })).toBe("malformed");
    }
  });

  test("a text that has no canonical form is refused, not stumbled over", () => {
    const begun = CHAIN[0]!;
    expect(checkSeal({ ...begun, id: idOf<"Entry">("\ud83d") }, CRYPTO)).toEqual({
      ok: false,
      reason: "badHash",
    });
  });

  test("a signature of another key, or of something else, is not the till's", () => {
    const entry = CHAIN[3]!;
    const signature = CHAIN[4]!.signature;
    expect(checkSeal({ ...entry, signature }, CRYPTO)).toEqual({ ok: false, reason: "badSignature" });
  });

  test("a signature has one spelling: bits that a decoder overlooks do not change unnoticed", () => {
    const entry = CHAIN[3]!;
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(entry.signature.at(-1)!);
    const respelt = entry.signature.slice(0, -1) + alphabet[last + 1];
    expect(Buffer.from(respelt, "base64url")).toEqual(Buffer.from(entry.signature, "base64url"));
    for (const signature of [respelt, `${entry.signature}==`, ` ${entry.signature}`])
      expect(checkSeal({ ...entry, signature }, CRYPTO)).toEqual({ ok: false, reason: "badSignature" });
  });
});

describe("a run of entries", () => {
  test("what is known already is skipped, what is new is taken", () => {
    expect(run(CHAIN, headAt(4))).toEqual({ ok: true, value: { fresh: CHAIN.slice(4), head: headAt(6) } });
    expect(run(CHAIN.slice(0, 3), headAt(4))).toEqual({ ok: true, value: { fresh: [], head: headAt(4) } });
  });

  test("a known number with other content is a fork, and nothing of the run is taken", () => {
    const restored = written([BEGUN, { type: "staff.signedIn" }, { type: "staff.signedOut" }]);
    expect(run(restored, headAt(6))).toEqual({ ok: false, reason: { why: "fork", seq: 3 } });
  });

  test("a hole in the middle is named by the entry after it", () => {
    const holed = CHAIN.filter(({ seq }) => seq !== 3);
    expect(run(holed)).toEqual({ ok: false, reason: { why: "gap", seq: 4 } });
  });

  test("in any cut into runs, sent in order, the chain ends in the same place", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(CHAIN.length)), (cuts) => {
        let head = START;
        const fresh: JournalEntry[] = [];
        for (const end of [...cuts.sort((a, b) => a - b), CHAIN.length]) {
          // Each run overlaps the one before by two entries, as a till's does that did not hear the answer.
          const checked = run(CHAIN.slice(Math.max(0, head.seq - 2), end), head);
          if (!checked.ok) throw new Error(checked.reason.why);
          head = checked.value.head;
          fresh.push(...checked.value.fresh);
        }
        expect(fresh).toEqual(CHAIN);
        expect(head).toEqual(headAt(6));
      }),
    );
  });
});

describe("tampering", () => {
  /** Whether these bytes are still a run that continues the chain's beginning. */
  function stillHolds(bytes: Buffer): boolean {
    let entries: unknown;
    try {
      entries = JSON.parse(bytes.toString("utf8"));
    } catch {
      return false;
    }
    if (!Array.isArray(entries) || !entries.every((entry) => typeof entry === "object" && entry !== null))
      return false;
    return run(entries as readonly JournalEntry[]).ok;
  }

  const bytes = Buffer.from(canonicalJson(CHAIN), "utf8");

  test("the untouched bytes hold", () => {
    expect(stillHolds(bytes)).toBe(true);
  });

  test("the chain breaks on any change of any byte", () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at] = changed[at]! ^ mask;
        expect(stillHolds(changed)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test("the chain breaks on any flipped bit of its last entry, every one of them", () => {
    const last = Buffer.from(canonicalJson([CHAIN[0]]), "utf8");
    expect(stillHolds(last)).toBe(true);
    for (let bit = 0; bit < last.length * 8; bit += 1) {
      const changed = Buffer.from(last);
      const at = Math.floor(bit / 8);
      changed[at] = changed[at]! ^ (1 << (bit % 8));
      expect(stillHolds(changed), `bit ${bit}`).toBe(false);
    }
  });

  test("entries in another order, or one of them left out, break the chain", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...CHAIN]), (entries) => {
        const isBeginning = entries.every((entry, index) => entry === CHAIN[index]);
        expect(run(entries).ok).toBe(isBeginning);
      }),
    );
  });

  test("content changed and hashed anew still lacks the till's signature", () => {
    const forged = CHAIN.map((entry) =>
      entry.fact.type === "receipt.reprinted" ? { ...entry, staff: idOf<"Staff">("jonas") } : entry,
    ).map((entry) => {
      const { hash: _, signature, ...content } = entry;
      return { ...seal(content), signature };
    });
    expect(run(forged)).toEqual({ ok: false, reason: { why: "badSignature", seq: 4 } });
  });
});
