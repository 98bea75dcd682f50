import { inTurn } from "../../app/in-turn.ts";
import { closeOverlay } from "../../app/overlay.ts";
import { startNewSale } from "../../app/register.ts";
import { ask } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";

/** Brings a basket that was begun online here, by its code or QR. A refusal is put into words. */
export function fetchBasket(code: string): Promise<boolean> {
  return inTurn(async () => {
    const answer = await ask("fetchBasket", { code: code.trim() });
    if (answer?.ok !== true) return false;
    playTone("done");
    closeOverlay();
    startNewSale();
    return true;
  });
}
