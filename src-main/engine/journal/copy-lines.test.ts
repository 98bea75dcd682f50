import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CopyRead, CopyReader, linesOf } from "./copy-lines.ts";
import { documentId } from "./journal-document.ts";

/** Commits of one entry and of several, with texts of any kind that has no line break. */
const commits = fc
  .array(fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((texts) => {
    let seq = 0;
    return texts.map((commit) =>
      commit.map((text) => {
        seq += 1;
        return { id: documentId({ epoch: 1, seq }), entry: JSON.stringify(text) };
      }),
    );
  });

function read(file: Buffer, pieceBytes = file.length + 1): CopyRead {
  const reader = new CopyReader();
  for (let at = 0; at < file.length; at += pieceBytes) reader.take(file.subarray(at, at + pieceBytes));
  return reader.end();
}

describe("a second copy", () => {
  test("is read as it was written, in whatever pieces", () => {
    fc.assert(
      fc.property(commits, fc.integer({ min: 1, max: 200 }), (written, pieceBytes) => {
        const file = Buffer.concat(written.map(linesOf));
        const { lines, end, isTorn, damaged } = read(file, pieceBytes);
        expect({ end, isTorn, damaged }).toEqual({ end: file.length, isTorn: false, damaged: 0 });
        const texts = lines.map(({ id, at, bytes }) => ({
          id,
          entry: file.toString("utf8", at, at + bytes),
        }));
        expect(texts).toEqual(written.flat());
      }),
    );
  });

  test("that ends anywhere holds the commits before, whole, and the next is written behind them", () => {
    fc.assert(
      fc.property(commits, fc.double({ min: 0, max: 1, noNaN: true }), (written, share) => {
        const pieces = written.map(linesOf);
        const file = Buffer.concat(pieces);
        const length = Math.floor(file.length * share);
        const { lines, end, isTorn, damaged } = read(file.subarray(0, length));
        const fits = pieces.filter(
          (_, index) => Buffer.concat(pieces.slice(0, index + 1)).length <= length,
        ).length;
        expect(lines.map(({ id }) => id)).toEqual(
          written.slice(0, fits).flatMap((each) => each.map(({ id }) => id)),
        );
        expect(end).toBe(Buffer.concat(pieces.slice(0, fits)).length);
        expect({ isTorn, damaged }).toEqual({ isTorn: length > end, damaged: 0 });
      }),
    );
  });

  test("of which a byte is another loses that line and no other, or the last commit, and says which", () => {
    fc.assert(
      fc.property(
        commits,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        (written, share, change) => {
          const file = Buffer.concat(written.map(linesOf));
          const at = Math.floor(file.length * share);
          file[at] = (file[at] ?? 0) ^ change;
          const { lines, isTorn, damaged } = read(file);
          const known = new Map(written.flat().map(({ id, entry }) => [id, entry]));
          for (const { id, at: from, bytes } of lines)
            expect(file.toString("utf8", from, from + bytes)).toBe(known.get(id));
          expect(damaged > 0 || isTorn).toBe(true);
          const lost = known.size - lines.length;
          // A line break that is gone joins two lines.
          expect(lost).toBeLessThanOrEqual(Math.max(2, written.at(-1)?.length ?? 0));
          expect(lost).toBeGreaterThan(0);
        },
      ),
    );
  });

  test("of whose last commit lines are missing, in whatever order the disk wrote, has nothing of it", () => {
    const [first, second] = [
      [{ id: documentId({ epoch: 1, seq: 1 }), entry: "{}" }],
      [1, 2, 3].map((seq) => ({ id: documentId({ epoch: 2, seq }), entry: "{}" })),
    ];
    const before = linesOf(first ?? []);
    const torn = linesOf(second ?? []);
    for (const line of [0, 1, 2]) {
      const hurt = Buffer.from(torn);
      const lineBytes = torn.length / 3;
      hurt.fill(0, line * lineBytes, (line + 1) * lineBytes - 1);
      const { lines, end, isTorn } = read(Buffer.concat([before, hurt]));
      expect(lines.map(({ id }) => id)).toEqual([documentId({ epoch: 1, seq: 1 })]);
      expect({ end, isTorn }).toEqual({ end: before.length, isTorn: true });
    }
  });
});
