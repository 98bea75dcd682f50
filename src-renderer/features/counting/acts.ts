import type { CountId, VariantId } from "#domain/ids.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";

/** What came of beginning: `counted` where the area was counted before, and nothing was begun. */
export type Begun = "begun" | "counted" | "not";

export function beginArea(count: CountId, area: string, again: boolean): Promise<Begun> {
  return inTurn(async () => {
    const answer = await ask("beginArea", { count, area, again });
    if (answer?.ok === true) return "begun";
    return answer?.reason === "areaCounted" ? "counted" : "not";
  });
}

/** One piece more; each scan in its turn, heard when it is on disk. */
export function countPiece(code: string): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("countPiece", { code }, { code });
    if (answer?.ok === true) playTone("ok");
  });
}

export function setCounted(variant: VariantId, counted: number | null): Promise<void> {
  return inTurn(async () => {
    await ask("setCounted", { variant, counted });
  });
}

export function finishArea({
  area,
  pieces,
}: {
  readonly area: string;
  readonly pieces: number;
}): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("finishArea", {});
    if (answer?.ok !== true) return;
    playTone("done");
    tell("done", t("counting.areaTold", { area, pieces }));
  });
}

export function discardArea(area: string): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("discardArea", {});
    if (answer?.ok === true) tell("done", t("counting.discarded", { area }));
  });
}

export function finishCount({ id, name }: { readonly id: CountId; readonly name: string }): Promise<boolean> {
  return inTurn(async () => {
    const answer = await ask("finishCount", { count: id });
    if (answer?.ok !== true) return false;
    playTone("done");
    tell("done", t("counting.finished", { name }));
    return true;
  });
}
