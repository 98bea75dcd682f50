/** A balance when two profiles became one, and as they are two again. */
interface Before {
  readonly before: number;
  readonly now: number;
}

/** How many of the other's points somebody spent while both were one: as far as they are below zero by it, and the other has them. */
export function overspentOf(debtor: Before, giver: Before): number {
  const deeper = Math.max(0, -debtor.now) - Math.max(0, -debtor.before);
  return Math.max(0, Math.min(deeper, giver.now));
}
