import type { CellOutcome } from "./cell-saves.ts";

/** What has been begun and has not ended. */
export class UnderWay {
  readonly #hold: () => () => void;
  readonly #acts = new Set<Promise<unknown>>();
  #letGo: () => void = () => undefined;

  /** `hold`: called when something is under way and nothing was; what it gives, when all has ended. */
  constructor(hold: () => () => void) {
    this.#hold = hold;
  }

  async during<T>(begin: () => Promise<T>): Promise<T> {
    if (this.#acts.size === 0) this.#letGo = this.#hold();
    const act = begin();
    this.#acts.add(act);
    try {
      return await act;
    } finally {
      this.#acts.delete(act);
      if (this.#acts.size === 0) this.#letGo();
    }
  }

  /** Until what is under way now has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled([...this.#acts]);
  }
}

interface Edit {
  readonly what: string;
  /** That brings it to the tills. */
  readonly feed: string;
  readonly undo: () => Promise<CellOutcome<unknown>>;
}

const MAX_UNDOABLE = 50;

/** Edits that can be taken back, the last first. */
export class UndoableEdits {
  readonly #underWay: UnderWay;
  #edits: readonly Edit[] = [];

  constructor(underWay: UnderWay) {
    this.#underWay = underWay;
  }

  /** What is being edited is taken back only once it has ended. */
  during<T>(edit: () => Promise<T>): Promise<T> {
    return this.#underWay.during(edit);
  }

  keep(edit: Edit): void {
    this.#edits = [edit, ...this.#edits].slice(0, MAX_UNDOABLE);
  }

  /** Takes back the last edit, once all that was begun before has ended. Null: there is none. */
  undo(): Promise<{ readonly edit: Edit; readonly outcome: CellOutcome<unknown> } | null> {
    const before = this.#underWay.ended();
    return this.during(async () => {
      await before;
      const [edit, ...others] = this.#edits;
      if (edit === undefined) return null;
      this.#edits = others;
      const outcome = await edit.undo();
      if (outcome.kind === "unanswered") this.keep(edit);
      return { edit, outcome };
    });
  }
}
