import { type Off, offPieces, whole } from "./off.ts";
import { countOf, type Pieces, worthOf } from "./pieces.ts";
import type { PieceOff, TierSteps } from "./promotion.ts";

/** What the highest step that is reached takes off; null where none is. */
export function offSteps(all: readonly Pieces[], steps: TierSteps): Off | null {
  const step = highest(stepsReached(all, steps));
  return step === null ? null : offPieces(step, whole(all), { once: true });
}

/** Those of the steps that so much of the goods reaches. */
export function stepsReached(all: readonly Pieces[], steps: TierSteps): TierSteps {
  if (steps.by === "pieces") {
    const pieces = countOf(all);
    return { by: "pieces", of: steps.of.filter(({ from }) => from <= pieces) };
  }
  const worth = worthOf(all);
  return { by: "value", of: steps.of.filter(({ least }) => least.minor <= worth) };
}

function highest({ of }: TierSteps): PieceOff | null {
  return of.at(-1)?.off ?? null;
}
