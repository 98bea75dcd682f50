import type { ActUndoAnswer } from "#protocol/hq/act-undo.ts";
import type { ActUndo } from "../catalog/undo-act.ts";

/** How far something is taken back, without what only the server goes on by. */
export function undoAnswer({ state, undone, kept, left }: ActUndo): ActUndoAnswer {
  return { state, undone, kept, left: [...left] };
}
