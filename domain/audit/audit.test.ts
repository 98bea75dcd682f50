import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { Fact, JournalEntry } from "../journal/entry.ts";
import { arbitraryTickets } from "../testing/arbitrary-tickets.ts";
import { auditedTill } from "../testing/audited.ts";
import { BEGUN, seal, sold, written } from "../testing/written-chain.ts";
import { auditTill } from "./audit.ts";
import { findingText, placeText } from "./finding-text.ts";

const arbitraryJournal = arbitraryTickets.map((tickets) =>
  written([BEGUN, { type: "staff.signedIn" }, ...tickets.map(sold)]),
);

function faultsOf(entries: readonly JournalEntry[], promised: readonly JournalEntry[] = entries) {
  return auditTill(auditedTill([entries], [promised])).findings.filter(({ level }) => level === "error");
}

/** What says which shape a value has: another word there is no entry at all, and no line of it is read. */
const SHAPES: readonly (string | undefined)[] = ["type", "kind"];

/** Every place in a value where something else could stand. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (SHAPES.includes(path.at(-1))) return [];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]));
}

function changedAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return changed(value);
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? changedAt(item, rest) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: changedAt(record[key], rest) };
}

function changed(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return value.startsWith("x") ? `y${value.slice(1)}` : `x${value.slice(1)}`;
  return value === null ? "x" : null;
}

describe("a journal that nobody touched", () => {
  test("is clean, whatever was sold", () => {
    fc.assert(
      fc.property(arbitraryJournal, (entries) => {
        expect(auditTill(auditedTill([entries])).findings).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  test("is counted: entries and tickets", () => {
    const [tickets] = fc.sample(arbitraryTickets, { numRuns: 1, seed: 7 });
    const entries = written([BEGUN, ...(tickets ?? []).map(sold)]);
    expect(auditTill(auditedTill([entries])).counts).toEqual({
      entries: entries.length,
      tickets: entries.length - 1,
      zReports: 0,
    });
  });
});

describe("a journal that somebody changed", () => {
  test("one field of one entry, whichever it is, is found at its place", () => {
    fc.assert(
      fc.property(arbitraryJournal, fc.nat(), fc.nat(), (entries, which, where) => {
        const index = which % entries.length;
        const paths = pathsOf(entries[index]);
        const path = paths[where % paths.length] ?? [];
        const tampered = entries.with(index, changedAt(entries[index], path) as JournalEntry);
        const found = faultsOf(tampered, entries);
        expect(found.length).toBeGreaterThan(0);
        expect(found.some(({ place }) => Math.abs((place.seq ?? 0) - index - 1) <= 1)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("an entry taken out, swapped with the next or put in twice is found", () => {
    fc.assert(
      fc.property(arbitraryJournal, fc.nat(), (entries, which) => {
        const index = which % entries.length;
        const other = (index + 1) % entries.length;
        const entry = (at: number) => entries[at]!;
        const out = entries.toSpliced(index, 1);
        const twice = entries.toSpliced(index, 0, entry(index));
        const swapped = entries.with(index, entry(other)).with(other, entry(index));
        for (const tampered of [out, twice, swapped])
          expect(faultsOf(tampered, entries).length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });

  test("a ticket whose sums were wrong from the start is found though it is signed", () => {
    fc.assert(
      fc.property(
        arbitraryTickets,
        fc.constantFrom("gross", "discount", "net", "tax", "total", "cashRounding", "due"),
        ([ticket], figure) => {
          const { totals } = ticket!;
          const amount = totals[figure];
          const wrong = {
            ...ticket!,
            totals: { ...totals, [figure]: { ...amount, minor: amount.minor + 1 } },
          };
          const kinds = faultsOf(written([BEGUN, sold(wrong)])).map(({ kind }) => kind);
          expect(new Set(kinds)).toEqual(new Set(["ticketSum"]));
        },
      ),
    );
  });

  test("another till's key is no key: each signature is refused", () => {
    const entries = written([BEGUN]);
    const till = auditedTill([entries]);
    const crypto = { sha256Hex: till.crypto!.sha256Hex, verify: () => false };
    expect(auditTill({ ...till, crypto }).findings).toMatchObject([{ kind: "badSignature" }]);
  });
});

describe("receipt numbers and epochs", () => {
  const [tickets] = fc.sample(arbitraryTickets, { numRuns: 1, seed: 3 });
  const ticket = tickets![0]!;
  const numbered = (counter: number): Fact =>
    sold({
      ...ticket,
      id: idOf<"Ticket">(`t-${counter}`),
      number: idOf<"ReceiptNumber">(`BER1-03-${String(counter).padStart(6, "0")}`),
    });

  test("a number that was skipped, and one that was used twice, are found", () => {
    const skipped = faultsOf(written([BEGUN, numbered(1), numbered(3)]));
    expect(skipped).toMatchObject([{ kind: "receiptSkipped", place: { seq: 3 } }]);
    expect(findingText(skipped[0]!)).toBe("Receipt numbers have a gap: 2 was to follow, the ticket has 3.");
    expect(placeText(skipped[0]!)).toBe("till 3, epoch 1, entry 3");
    expect(faultsOf(written([BEGUN, numbered(1), numbered(1)]))).toMatchObject([{ kind: "receiptTwice" }]);
  });

  test("an epoch that names the one before it is clean; one that names another past is not", () => {
    const one = written([BEGUN, numbered(1)]);
    const last = one.at(-1)!;
    const begun = (hash: string): Fact => ({
      type: "epoch.begun",
      register: 3,
      nextReceipt: 2,
      previous: { epoch: 1, seq: 2, hash },
    });
    const next = (hash: string) => written([begun(hash), numbered(2)], 2);
    const audit = (hash: string) => auditTill(auditedTill([one, next(hash)])).findings;
    expect(audit(last.hash)).toEqual([]);
    expect(audit("0".repeat(64))).toMatchObject([{ kind: "pastUnknown" }]);
    expect(auditTill(auditedTill([next(last.hash)])).findings).toMatchObject([{ kind: "beginsWrong" }]);
  });
});

describe("an epoch that begins with what the one before had not heard back about", () => {
  const [tickets] = fc.sample(arbitraryTickets, { numRuns: 1, seed: 3 });
  const ticket = tickets![0]!;
  const numbered = (counter: number): Fact =>
    sold({
      ...ticket,
      id: idOf<"Ticket">(`t-${counter}`),
      number: idOf<"ReceiptNumber">(`BER1-03-${String(counter).padStart(6, "0")}`),
    });

  test("has receipts twice that count once, though the server had taken them in: no number is missing", () => {
    const one = written([BEGUN, numbered(1), numbered(2)]);
    const last = one.at(-1)!;
    const begun: Fact = {
      type: "epoch.begun",
      register: 3,
      nextReceipt: 2,
      previous: { epoch: 1, seq: last.seq, hash: last.hash },
    };
    const two = written([begun, numbered(2), numbered(3)], 2);
    const carried = rewritten(two, new Map([[2, last.id]]));
    const { findings } = auditTill(auditedTill([one, carried]));
    expect(findings.map(({ kind }) => kind)).toEqual(["carriedOver"]);
    const gap = rewritten(written([begun, numbered(2), numbered(4)], 2), new Map([[2, last.id]]));
    expect(auditTill(auditedTill([one, gap])).findings.map(({ kind }) => kind)).toContain("receiptSkipped");
  });
});

/** The same chain with other ids of some entries, by seq. */
function rewritten(
  entries: readonly JournalEntry[],
  ids: ReadonlyMap<number, JournalEntry["id"]>,
): readonly JournalEntry[] {
  const chain: JournalEntry[] = [];
  for (const { hash: _hash, signature: _signature, ...content } of entries)
    chain.push(
      seal({
        ...content,
        id: ids.get(content.seq) ?? content.id,
        prev: chain.at(-1)?.hash ?? content.prev,
      }),
    );
  return chain;
}
