import type { NoticeId } from "#domain/ids.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import type { Task } from "#protocol/till/tasks.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { apart, t } from "../../i18n/translate.ts";

/** The figure typed so far after more keys: digits only, no leading zero but a zero alone, never more than a shelf holds. Empty: nothing was counted yet. */
export function typeCount(before: string, typed: string): string {
  const digits = (before + typed.replace(/\D/g, "")).replace(/^0+(?=\d)/, "");
  return Number(digits) > MAX_COUNTED ? before : digits;
}

/** One piece more, as each scan of the article says. */
export function countOne(before: string): string {
  return typeCount("", String(Math.min(MAX_COUNTED, Number(before) + 1)));
}

/** Whether a scanned code is the article's, by whichever of its codes; says so where it is not. In turn, as pieces are scanned. */
export function isArticle({ variant }: Task, code: string): Promise<boolean> {
  return inTurn(async () => {
    const answer = await ask("variantOf", { code });
    if (answer === null) return false;
    if (answer.variant === variant) return true;
    tell("refusal", t("tasks.otherArticle", { code }));
    return false;
  });
}

/** The task, of those that wait, to count the article with this code; says so where there is none. */
export function taskOfScan(code: string): Promise<NoticeId | null> {
  return inTurn(async () => {
    const answer = await ask("variantOf", { code });
    if (answer === null) return null;
    const task = useTill.getState().tasks.find(({ variant }) => variant === answer.variant);
    if (task === undefined) tell("refusal", t("tasks.notAsked", { code }));
    return task?.id ?? null;
  });
}

/** What people call the article; its id where this till does not know it yet. */
export function articleName({ article, variant }: Task): string {
  return article === null
    ? variant
    : [article.name, variantLabel(article.options)]
        .filter((text) => text !== "")
        .map(apart)
        .join(" · ");
}

/** Says what was counted. True when it was taken. */
export function countStock(
  task: NoticeId,
  { name, counted }: { readonly name: string; readonly counted: number },
) {
  return inTurn(async () => {
    const answer = await ask("countStock", { task, counted });
    if (answer?.ok !== true) return false;
    playTone("done");
    tell("done", t("tasks.counted", { name, count: counted }));
    return true;
  });
}
