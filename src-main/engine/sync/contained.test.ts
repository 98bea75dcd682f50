import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../journal/journal.ts";
import { containedOf } from "./contained.ts";

const EPOCH = 3;
const MOST = 12;

/** A till's journal of one epoch, and that of a server that parts from it behind so many entries. */
interface Parted {
  readonly own: number;
  readonly common: number;
  readonly foreign: number;
}

function hashOf(seq: number, { common }: Parted, whose: "till's" | "server's"): string {
  return sha256Hex(seq <= common ? `both ${seq}` : `the ${whose} ${seq}`);
}

function containedIn(parted: Parted, { acknowledged, named }: { acknowledged: number; named: boolean }) {
  const { own, common, foreign } = parted;
  const seq = common + foreign;
  const told = { epoch: EPOCH, seq: acknowledged };
  const journal = {
    acknowledged: told,
    head: { epoch: EPOCH, seq: own, register: 1, nextReceipt: 1 },
    isOwn: async (place: { readonly seq: number; readonly hash: string }) =>
      place.seq <= own && hashOf(place.seq, parted, "till's") === place.hash,
  };
  const hash = named && seq > 0 ? { hash: hashOf(seq, parted, "server's") } : {};
  return containedOf(journal, { acknowledged: told, applied: { epoch: EPOCH, seq, ...hash } });
}

const partedJournals = fc
  .record({ own: fc.nat(MOST), common: fc.nat(MOST), foreign: fc.nat(MOST) })
  .map(({ own, common, foreign }) => ({ own, common: Math.min(own, common), foreign }));

describe("S35a what of a till's journal is in an answer", () => {
  test("is never more than the server has of it, and all that was acknowledged or was there before", async () => {
    await fc.assert(
      fc.asyncProperty(partedJournals, fc.nat(MOST), fc.nat(MOST), async (parted, some, read) => {
        const acknowledged = Math.min(parted.common, some);
        const before = Math.min(parted.common, read);
        const { upTo, isContinued } = await containedIn(parted, { acknowledged, named: true });
        for (const [known, least] of [
          [null, acknowledged],
          [{ epoch: EPOCH, seq: before }, Math.max(acknowledged, before)],
        ] as const) {
          const { epoch, seq } = upTo(known);
          expect(epoch).toBe(EPOCH);
          expect(seq).toBeLessThanOrEqual(parted.common);
          expect(seq).toBeGreaterThanOrEqual(parted.foreign === 0 ? parted.common : least);
        }
        expect(isContinued).toBe(parted.foreign > 0);
      }),
    );
  });

  test("is less than the entry that is another's, whatever the server had acknowledged before it went back", async () => {
    await fc.assert(
      fc.asyncProperty(partedJournals, fc.nat(MOST), async (parted, some) => {
        fc.pre(parted.foreign > 0);
        const acknowledged = Math.min(parted.own, some);
        const { upTo } = await containedIn(parted, { acknowledged, named: true });
        for (const before of [null, { epoch: EPOCH, seq: acknowledged }])
          expect(upTo(before).seq).toBeLessThan(parted.common + parted.foreign);
      }),
    );
  });

  test("goes by the number where no entry is named, as far as the till has come", async () => {
    const parted = { own: 5, common: 3, foreign: 2 };
    const before = { epoch: EPOCH, seq: 4 };
    const reached = await containedIn(parted, { acknowledged: 3, named: false });
    expect(reached.upTo(before)).toEqual({ epoch: EPOCH, seq: 5 });
    const beyond = await containedIn({ ...parted, foreign: 3 }, { acknowledged: 3, named: false });
    expect(beyond.upTo(before)).toEqual({ epoch: EPOCH, seq: 3 });
    for (const { isContinued } of [reached, beyond]) expect(isContinued).toBe(false);
  });

  test("S35b is not known by a later epoch, in which another machine wrote", async () => {
    const parted = { own: 5, common: 3, foreign: 0 };
    const later = { epoch: EPOCH + 1, seq: 1, hash: hashOf(1, { ...parted, common: 0 }, "server's") };
    const journal = { head: { epoch: EPOCH, seq: 5, register: 1, nextReceipt: 1 }, isOwn: async () => false };
    const acknowledged = { epoch: EPOCH, seq: 4 };
    const passed = await containedOf({ ...journal, acknowledged }, { acknowledged, applied: later });
    expect(passed).toMatchObject({ isPassed: true, isContinued: false });
    expect(passed.upTo(null)).toEqual(acknowledged);
    const lostJournal = { ...journal, acknowledged, head: { ...journal.head, epoch: 0 } };
    expect((await containedOf(lostJournal, { acknowledged, applied: later })).isPassed).toBe(false);
  });
});
