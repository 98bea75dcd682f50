import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Mark } from "./copy-lines.ts";
import { documentId } from "./journal-document.ts";
import { type Mending, reconcile, type Side } from "./reconcile.ts";

/** What was really written: epochs of so many entries each, every one with a text of its own. */
function journalOf(epochs: readonly number[]): readonly Mark[] {
  return epochs.flatMap((count, index) =>
    Array.from({ length: count }, (_, place) => ({
      id: documentId({ epoch: index + 1, seq: place + 1 }),
      sum: (index + 1) * 10_000 + place,
    })),
  );
}

const epochs = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 });
/** How an entry fared in one copy. */
const fate = fc.constantFrom("kept", "kept", "kept", "kept", "lost", "changed");
const fates = fc.infiniteStream(fate).map((stream) => () => stream.next().value ?? "kept");

interface Scene {
  readonly written: readonly Mark[];
  readonly mending: Mending;
  readonly database: readonly Mark[];
  readonly file: readonly Mark[];
}

/** The two copies after damage: `behind` is what the database lacks of the end, as after a crash. */
function scene({
  counts,
  behind,
  inDatabase,
  inFile,
}: {
  readonly counts: readonly number[];
  readonly behind: number;
  readonly inDatabase: () => string;
  readonly inFile: () => string;
}): Scene {
  const written = journalOf(counts);
  const hurt = (marks: readonly Mark[], next: () => string) =>
    marks.flatMap((mark) => {
      const now = next();
      return now === "lost" ? [] : [now === "changed" ? { ...mark, sum: -mark.sum - 1 } : mark];
    });
  const database = hurt(written.slice(0, Math.max(0, written.length - behind)), inDatabase);
  const file = hurt(written, inFile);
  const truth = new Map(written.map(({ id, sum }) => [id, sum]));
  const sides = { database, file };
  const mending = reconcile({
    database: { marks: database, isSound: true, isLossy: false, unread: [] },
    file: { marks: file, isSound: true, isTorn: false, hurtAtEnd: 0 },
    isSealed: (side, id) => sides[side].find((mark) => mark.id === id)?.sum === truth.get(id),
    unsealed: (ids) =>
      new Set(ids.filter((id) => database.find((mark) => mark.id === id)?.sum !== truth.get(id))),
  });
  return { written, mending, database, file };
}

const damaged = fc
  .record({ counts: epochs, behind: fc.integer({ min: 0, max: 3 }), inDatabase: fates, inFile: fates })
  .map(scene);

describe("whatever either copy lost or has in another shape", () => {
  test("each entry that is as it was written in one of them is in the journal, from a side that has it so", () => {
    fc.assert(
      fc.property(damaged, ({ written, mending, database, file }) => {
        const sides = { database, file };
        for (const { id, sum } of written) {
          const isThere = [...database, ...file].some((mark) => mark.id === id && mark.sum === sum);
          const taken = mending.entries.find((entry) => entry.id === id);
          if (!isThere) continue;
          expect(taken).toBeDefined();
          const both = database.some((mark) => mark.id === id) && file.some((mark) => mark.id === id);
          // One that only one side has, and has changed, is found by its seal when it is read.
          if (both) expect(sides[taken!.from as Side].find((mark) => mark.id === id)?.sum).toBe(sum);
        }
        expect(mending.entries.map(({ id }) => id)).toEqual(mending.entries.map(({ id }) => id).toSorted());
        expect(mending.isForked).toBe(false);
      }),
    );
  });

  test("what neither has any more is named, and nothing is named when nothing is missing but an end of which nothing is left", () => {
    fc.assert(
      fc.property(damaged, ({ written, mending, database, file }) => {
        const ids = new Set(mending.entries.map(({ id }) => id));
        const last = written.findLastIndex(({ id }) => ids.has(id));
        const missing = written.slice(0, last + 1).filter(({ id }) => !ids.has(id));
        const isSpoiled = [...database, ...file].some(({ id }) => !ids.has(id));
        if (file.length > 0)
          expect(mending.lacks === null).toBe(
            !isSpoiled && (missing.length === 0 || isEpochsEnd(missing, written)),
          );
      }),
    );
  });

  test("a copy is left or written on only where it is the journal's beginning as it was written, else made anew", () => {
    fc.assert(
      fc.property(damaged, ({ mending, database, file }) => {
        for (const side of ["database", "file"] as const) {
          const marks = { database, file }[side];
          if (mending[side] === "anew") continue;
          expect(mending.entries.slice(0, marks.length).map(({ id }) => id)).toEqual(
            marks.map(({ id }) => id),
          );
          expect(mending[side]).toBe(marks.length === mending.entries.length ? "keep" : "append");
        }
      }),
    );
  });
});

/** An epoch whose end is in neither copy is told apart from a shorter one by nobody here: the server knows. */
function isEpochsEnd(missing: readonly Mark[], written: readonly Mark[]): boolean {
  return missing.every(({ id }) => {
    const rest = written.slice(written.findIndex((mark) => mark.id === id));
    const [epoch] = id.split("-");
    const same = rest.filter((mark) => mark.id.startsWith(`${epoch}-`));
    return same.every((mark) => missing.some((each) => each.id === mark.id));
  });
}

const [one, two, three] = journalOf([3]) as [Mark, Mark, Mark];
const nothing = { marks: [], isSound: true, isLossy: false, unread: [] };

describe("of two copies", () => {
  const [isSealed, unsealed] = [() => true, () => new Set<string>()];

  test("that agree nothing is written", () => {
    const both = {
      marks: [one, two],
      isSound: true,
      isLossy: false,
      unread: [],
      isTorn: false,
      hurtAtEnd: 0,
    };
    expect(reconcile({ database: both, file: both, isSealed, unsealed })).toMatchObject({
      file: "keep",
      database: "keep",
      lacks: null,
    });
  });

  test("the one that a crash left behind is written on", () => {
    const database = { marks: [one], isSound: true, isLossy: false, unread: [] };
    const file = { marks: [one, two], isSound: true, isTorn: false, hurtAtEnd: 0 };
    expect(reconcile({ database, file, isSealed, unsealed })).toMatchObject({
      file: "keep",
      database: "append",
    });
  });

  test("a database that was wiped is filled from the file, and a file that was from the database", () => {
    const whole = {
      marks: [one, two, three],
      isSound: true,
      isLossy: false,
      unread: [],
      isTorn: false,
      hurtAtEnd: 0,
    };
    expect(reconcile({ database: nothing, file: whole, isSealed, unsealed })).toMatchObject({
      file: "keep",
      database: "append",
    });
    expect(
      reconcile({
        database: whole,
        file: { marks: [], isSound: false, isTorn: false, hurtAtEnd: 0 },
        isSealed,
        unsealed,
      }),
    ).toMatchObject({
      file: "anew",
      database: "keep",
      lacks: null,
    });
  });

  test.each([
    ["cannot be read", { marks: [one, two], isSound: false, unread: [three.id] }, unsealed],
    [
      "is not as it was sealed",
      { marks: [one, two, three], isSound: true, unread: [] },
      () => new Set([three.id]),
    ],
  ])(
    "of which the database alone has the newest entry, as where the power went as it was written, and it %s there, the server is asked, and then the till goes on",
    (_, found, wrong) => {
      const database = { ...found, isLossy: false };
      const file = { marks: [one, two], isSound: true, isTorn: false, hurtAtEnd: 0 };
      const gap = { after: two.id, before: null, last: three.id, end: "perhaps" };
      for (const isTorn of [false, true]) {
        const both = { database, file: { ...file, isTorn }, isSealed, unsealed: wrong };
        expect(reconcile(both).lacks).toEqual({ kind: "entries", gaps: [gap] });
        const asked = reconcile({ ...both, given: [] });
        expect(asked).toMatchObject({ lacks: null, openEnd: gap, database: "anew" });
        const given = reconcile({ ...both, given: [three.id] });
        expect(given).toMatchObject({ lacks: null, openEnd: null });
      }
    },
  );

  test("of which the database alone had more than the newest entry, and cannot be read there, these are lacking whatever else is not known", () => {
    const endOf = (unread: readonly string[], isLossy: boolean) => {
      const database = { marks: [one], isSound: false, isLossy, unread };
      const file = { marks: [one], isSound: true, isTorn: true, hurtAtEnd: 0 };
      const [before, asked] = [undefined, []].map((given) =>
        reconcile({ database, file, given, isSealed, unsealed }),
      );
      expect(asked?.lacks).toEqual(before?.lacks);
      return before?.lacks?.kind === "entries" ? before.lacks.gaps : null;
    };
    const gap = { after: one.id, before: null, last: three.id };
    expect(endOf([two.id, three.id], false)).toEqual([{ ...gap, end: null }]);
    expect(endOf([two.id, three.id], true)).toEqual([{ ...gap, end: "written" }]);
    // The first of an epoch may follow on anything.
    const last = documentId({ epoch: 2, seq: 1 });
    expect(endOf([two.id, last], false)).toEqual([{ ...gap, last, end: null }]);
  });

  test("of which the file's end was hurt, what the server gives of it may be less than was written: that is not said to be all", () => {
    const openWith = (given: readonly string[]) =>
      reconcile({
        database: { marks: [], isSound: false, isLossy: true, unread: [] },
        file: { marks: [one], isSound: true, isTorn: true, hurtAtEnd: 2 },
        given,
        isSealed,
        unsealed,
      });
    const after = two.id;
    expect(openWith([two.id])).toMatchObject({ lacks: null, openEnd: { after, end: "written" } });
    expect(openWith([two.id, three.id])).toMatchObject({ lacks: null, openEnd: null });
  });

  test("of which lines are hurt, all that the database has in their place is looked at", () => {
    const marks = journalOf([200]);
    const ofFile = [...marks.slice(0, 20), ...marks.slice(180)];
    const wrong = documentId({ epoch: 1, seq: 77 });
    const { lacks } = reconcile({
      database: { marks, isSound: true, isLossy: false, unread: [] },
      file: { marks: ofFile, isSound: false, isTorn: false, hurtAtEnd: 0 },
      isSealed,
      unsealed: (ids) => new Set(ids.filter((id) => id === wrong)),
    });
    const [after, before] = [76, 78].map((seq) => documentId({ epoch: 1, seq }));
    expect(lacks).toEqual({ kind: "entries", gaps: [{ after, before, last: null, end: null }] });
  });

  test("that this till sealed both, and that differ, the database's holds and the file is made anew", () => {
    const other = { ...two, sum: 77 };
    const database = { marks: [one, two], isSound: true, isLossy: false, unread: [] };
    const file = { marks: [one, other, three], isSound: true, isTorn: false, hurtAtEnd: 0 };
    const mending = reconcile({ database, file, isSealed, unsealed });
    expect(mending).toMatchObject({ isForked: true, file: "anew", database: "keep" });
    expect(mending.entries.map(({ id, from }) => [id, from])).toEqual([
      [one.id, "database"],
      [two.id, "database"],
    ]);
  });

  test("of which the file's end was cut off or hurt, the end is not known where the database does not tell it", () => {
    const lacksOf = (
      database: { readonly marks: readonly Mark[]; readonly isLossy: boolean },
      hurtAtEnd: number,
      isEndAsked = false,
    ) => {
      const { lacks } = reconcile({
        database: { ...database, isSound: !database.isLossy, unread: [] },
        file: { marks: [one, two], isSound: true, isTorn: true, hurtAtEnd },
        given: isEndAsked ? [] : undefined,
        isSealed,
        unsealed,
      });
      return lacks?.kind === "entries" ? lacks.gaps : lacks;
    };
    const open = (end: "written" | "perhaps") => [{ after: two.id, before: null, last: null, end }];
    const [whole, behind, lossy] = [
      { marks: [one, two], isLossy: false },
      { marks: [one], isLossy: false },
      { marks: [one], isLossy: true },
    ];
    expect(lacksOf(whole, 1)).toBeNull();
    expect(lacksOf(whole, 0)).toBeNull();
    expect(lacksOf(behind, 0)).toBeNull();
    expect(lacksOf(behind, 1)).toEqual(open("written"));
    expect(lacksOf(lossy, 1)).toEqual(open("written"));
    expect(lacksOf(lossy, 0)).toEqual(open("perhaps"));
    expect(lacksOf(lossy, 0, true)).toBeNull();
    expect(lacksOf({ marks: [one, two, three], isLossy: false }, 1)).toBeNull();
    // A row of the database that says nothing of itself is not behind what the file's lines go to.
    const further = { marks: [one, two, three], isLossy: true };
    expect(lacksOf(further, 1)).toBeNull();
    const behindThree = [{ after: three.id, before: null, last: null, end: "perhaps" }];
    expect(lacksOf(further, 2)).toEqual(behindThree);
    expect(lacksOf(further, 2, true)).toBeNull();
  });

  test("where the file has next to nothing, of the database the newest are looked at, and what stands beside a gap", () => {
    const marks = journalOf([200]).filter((_, place) => place !== 99);
    const looked: string[] = [];
    const beside = documentId({ epoch: 1, seq: 99 });
    const { lacks } = reconcile({
      database: { marks, isSound: true, isLossy: false, unread: [] },
      file: { marks: marks.slice(0, 1), isSound: true, isTorn: false, hurtAtEnd: 0 },
      isSealed,
      unsealed: (ids) => {
        looked.push(...ids);
        return new Set(ids.filter((id) => id === beside));
      },
    });
    const of = (seq: number) => documentId({ epoch: 1, seq });
    expect(looked).toEqual([
      ...Array.from({ length: 50 }, (_, place) => of(151 + place)),
      of(99),
      of(101),
      of(98),
    ]);
    expect(lacks).toEqual({
      kind: "entries",
      gaps: [{ after: of(98), before: of(101), last: null, end: null }],
    });
  });

  test("of which one is gone and the other can be read in part, the end is not known: nothing may be written", () => {
    const database = { marks: [one], isSound: false, isLossy: true, unread: [] };
    expect(
      reconcile({
        database,
        file: { marks: [], isSound: false, isTorn: false, hurtAtEnd: 0 },
        isSealed,
        unsealed,
      }).lacks,
    ).toEqual({
      kind: "end",
    });
  });
});
