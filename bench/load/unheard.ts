import type { Run } from "../benchmark.ts";

export type Fault = Run["fault"];

/** A sale that was acknowledged and of which a till of its store is never told is a fault, whatever the times of the others. */
export function mustBeHeard(
  name: string,
  { unheard, of }: { readonly unheard: number; readonly of: number },
  fault: Fault,
): void {
  if (unheard > 0) fault(`${name}: ${unheard} of ${of} wake-ups never came`);
}
