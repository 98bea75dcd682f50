import type { EarnedShare } from "./earn.ts";

/**
 * How much of what a purchase earned is taken back once so many pieces of its lines came back: of each line in proportion to its pieces, rounded down, so that it never
 * is more than was earned, and all of it once everything is back. By all pieces so far: in whatever order they come, in the end it is the same.
 */
export function pointsTakenBack(
  shares: readonly EarnedShare[],
  backOf: (position: number) => number,
): number {
  return shares.reduce((sum, { position, pieces, points }) => {
    const back = Math.min(pieces, Math.max(0, backOf(position)));
    return sum + Math.floor((points * back) / pieces);
  }, 0);
}

/** Points that go back for money that had been paid with them, in proportion, rounded down. */
export function pointsGivenBack(
  paid: { readonly points: number; readonly amountMinor: number },
  backMinor: number,
): number {
  if (paid.amountMinor <= 0) return 0;
  const back = Math.min(paid.amountMinor, Math.max(0, backMinor));
  return Number((BigInt(paid.points) * BigInt(back)) / BigInt(paid.amountMinor));
}
