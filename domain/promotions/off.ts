import { costOf, type Pieces, sharedByCost, shareOf, type Taken } from "./pieces.ts";
import type { PieceOff } from "./promotion.ts";

/** Money off pieces in minor units: how much in all, and off which of them. */
export interface Off {
  readonly minor: number;
  /** In the order of the pieces. Worked out only where it is asked for: most ways to grant promotions are looked at for their sum alone. */
  readonly shares: () => readonly number[];
}

/** Never more than the pieces cost, and shared over them by what they cost. */
export function offTogether(minor: number, all: readonly { readonly cost: number }[]): Off {
  const most = Math.max(0, Math.min(minor, costOf(all)));
  return {
    minor: most,
    shares: () =>
      sharedByCost(
        most,
        all.map(({ cost }) => cost),
      ),
  };
}

/** A share is taken of all the pieces together; an amount is off each of them, or once off all where `once` says so; a fixed price is each piece's own. */
export function offPieces(
  off: PieceOff,
  taken: readonly Taken<Pieces>[],
  { once }: { readonly once: boolean },
): Off {
  switch (off.kind) {
    case "percent":
      return offTogether(shareOf(costOf(taken), off.ppm), taken);
    case "amount": {
      const { minor } = off.amount;
      return once
        ? offTogether(minor, taken)
        : offEach(taken.map(({ pieces, cost }) => Math.min(minor * pieces, cost)));
    }
    case "fixedPrice": {
      const { minor } = off.price;
      return offEach(taken.map(({ pieces, cost }) => cost - minor * pieces));
    }
  }
}

function offEach(wanted: readonly number[]): Off {
  const amounts = wanted.map((minor) => Math.max(0, minor));
  return { minor: amounts.reduce((sum, minor) => sum + minor, 0), shares: () => amounts };
}

/** Whole lines as pieces that are taken. */
export function whole<P extends Pieces>(all: readonly P[]): readonly Taken<P>[] {
  return all.map((of) => ({ of, pieces: of.pieces, cost: of.cost }));
}
