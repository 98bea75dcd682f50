import fc from "fast-check";
import { expect, it } from "vitest";
import { CURRENCY, euros } from "../../testing/fake-shop.ts";
import { countOf, fewestPieces, type Pieces, piecesOf, stepPieces, typePieces } from "./pieces.ts";

const FACES = [5_000, 1_000, 200, 50, 1];
const of = { denominations: FACES, currency: CURRENCY };

it("what lies in the drawer is the sum of its pieces, however they were typed or stepped", () => {
  const acts = fc.array(
    fc.record({
      face: fc.constantFrom(...FACES),
      act: fc.constantFrom("more", "less", "typed"),
      n: fc.nat(50),
    }),
  );
  fc.assert(
    fc.property(acts, (done) => {
      const truth = new Map<number, number>();
      let pieces: Pieces = {};
      for (const { face, act, n } of done) {
        const before = truth.get(face) ?? 0;
        if (act === "typed") pieces = typePieces(pieces, face, String(n));
        else pieces = stepPieces(pieces, face, act === "more" ? 1 : -1);
        truth.set(face, act === "typed" ? n : Math.max(0, before + (act === "more" ? 1 : -1)));
      }
      const count = countOf(pieces, of);
      expect(count.total.minor).toBe([...truth].reduce((sum, [face, n]) => sum + face * n, 0));
      expect(count.pieces.every((each) => each.pieces === truth.get(each.face) && each.pieces > 0)).toBe(
        true,
      );
    }),
  );
});

it("coins and notes are listed as they lie in the drawer, and letters are no pieces", () => {
  const pieces = typePieces(typePieces({}, 50, "x4"), 5_000, "2");
  expect(countOf(pieces, of).pieces).toEqual([
    { face: 5_000, pieces: 2 },
    { face: 50, pieces: 4 },
  ]);
  expect(piecesOf(typePieces({}, 50, ""), 50)).toBe(0);
});

it("no drawer holds ten thousand pieces of one face", () => {
  expect(piecesOf(typePieces({}, 1, "10000"), 1)).toBe(0);
  expect(piecesOf(stepPieces(typePieces({}, 1, "9999"), 1, 1), 1)).toBe(9_999);
});

it("an amount as expected is made of notes and coins that come to it, or of none at all", () => {
  const euroFaces = [5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
  fc.assert(
    fc.property(fc.nat(1_000_000), (minor) => {
      const count = fewestPieces(euros(minor), euroFaces);
      expect(count?.pieces.reduce((sum, { face, pieces }) => sum + face * pieces, 0)).toBe(minor);
      expect(count?.total.minor).toBe(minor);
    }),
  );
  expect(fewestPieces(euros(15_003), [5_000, 5])).toBeNull();
});
