import { openOverlay } from "../../app/overlay.ts";
import { showReturn, useReturn } from "../../app/returning.ts";
import { useTill } from "../../app/till.ts";
import { beginFinding } from "./find-store.ts";

/** Takes something back: shows the return that has begun, or looks for what comes back. */
export function startReturn(): void {
  const { shown } = useReturn.getState();
  const returning = useTill.getState().basket?.returning ?? null;
  if (!shown && returning !== null) showReturn();
  else {
    beginFinding("with");
    openOverlay({ kind: "findReturn" });
  }
}
