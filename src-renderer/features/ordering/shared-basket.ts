import { inTurn } from "../../app/in-turn.ts";
import { closeOverlay } from "../../app/overlay.ts";
import { startNewSale } from "../../app/register.ts";
import { ask, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";

/** Brings a basket that was begun online here, by its code or QR. A refusal is put into words, and so is what did not come along. */
export function fetchBasket(code: string): Promise<boolean> {
  return inTurn(async () => {
    const answer = await ask("fetchBasket", { code: code.trim() });
    if (answer?.ok !== true) return false;
    playTone("done");
    closeOverlay();
    startNewSale();
    const skipped = answer.value.skipped ?? [];
    const names = skipped.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ");
    if (skipped.length > 0) tell("refusal", t("fetch.skipped", { names }));
    return true;
  });
}
