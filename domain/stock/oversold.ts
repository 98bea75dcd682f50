/**
 * Whether a movement brought a level below zero: more was sold than the books say there was. A level that was below zero already is told once, by what brought it there. Pieces.
 */
export function isOversoldBy({
  quantity,
  onHand,
}: {
  /** What moved: below zero where pieces left. */
  readonly quantity: number;
  /** The level after it. */
  readonly onHand: number;
}): boolean {
  return onHand < 0 && onHand - quantity >= 0;
}
