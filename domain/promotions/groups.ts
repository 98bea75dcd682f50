import { PPM } from "../money/share.ts";
import { type Off, offTogether } from "./off.ts";
import { costOfCheapest, countOf, type Pieces, shareOf } from "./pieces.ts";

/** Of every `size` pieces `pays` are paid, of the others `ppm` are off, all of it where it is absent; of `most` groups at most. */
export interface GroupTerms {
  readonly size: number;
  readonly pays: number;
  readonly ppm?: number;
  readonly most?: number;
}

/** The pieces that are not paid are the cheapest of all; null where the pieces are no group. */
export function offGroups(all: readonly Pieces[], { size, pays, ppm = PPM, most }: GroupTerms): Off | null {
  const full = size < 1 ? 0 : Math.floor(countOf(all) / size);
  const groups = Math.min(full, most ?? full);
  if (groups === 0) return null;
  return offTogether(shareOf(costOfCheapest(all, groups * Math.max(0, size - pays)), ppm), all);
}
