import type { CellOutcome } from "./cell-saves.ts";

/** What has been begun and has not ended, and in which order cells were written. */
export class UnderWay {
  readonly #hold: () => () => void;
  #written = 0;
  readonly #lastIn = new Map<string, number>();
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

  /** The number of what was written last. */
  get written(): number {
    return this.#written;
  }

  /** Something is written in a cell. Gives its number: one more than what was written before has. */
  write(cell: string): number {
    this.#written += 1;
    this.#lastIn.set(cell, this.#written);
    return this.#written;
  }

  /** Whether anything was written in the cell after what has this number. */
  isWrittenSince(cell: string, number: number): boolean {
    return (this.#lastIn.get(cell) ?? 0) > number;
  }
}

interface Edit {
  readonly what: string;
  /** That brings it to the tills. */
  readonly feed: string;
  readonly undo: () => Promise<CellOutcome<unknown>>;
}

/** Keeps an edit so that it can be taken back. */
export type KeepEdit = (edit: Edit) => void;

interface KeptEdit extends Edit {
  readonly cell: string;
  /** Its number among all that was written. */
  readonly at: number;
}

const MAX_UNDOABLE = 50;

/** Edits that can be taken back, the last that was written first. */
export class UndoableEdits {
  readonly #underWay: UnderWay;
  #edits: readonly KeptEdit[] = [];

  constructor(underWay: UnderWay) {
    this.#underWay = underWay;
  }

  /** What is taken back next, as far as has ended; null: nothing. */
  get next(): Edit | null {
    return this.#edits[0] ?? null;
  }

  /** Makes an edit of a cell, which keeps itself once it has ended so that it can be taken back. */
  write<T>(cell: string, edit: (keep: KeepEdit) => Promise<T>): Promise<T> {
    const at = this.#underWay.write(cell);
    return this.#underWay.during(() => edit((made) => this.#keep({ ...made, cell, at })));
  }

  /**
   * Takes back the last edit, once all that was begun before has ended. What is written after this was asked for is neither taken back nor written over.
   * Null: there is none.
   */
  undo(): Promise<{ readonly edit: Edit; readonly outcome: CellOutcome<unknown> } | null> {
    const before = this.#underWay.ended();
    const { written } = this.#underWay;
    return this.#underWay.during(async () => {
      await before;
      const edit = this.#edits.find(({ at }) => at <= written);
      if (edit === undefined) return null;
      this.#edits = this.#edits.filter((each) => each !== edit);
      if (this.#underWay.isWrittenSince(edit.cell, written))
        return { edit, outcome: { kind: "overtaken" } as const };
      const outcome = await edit.undo();
      if (outcome.kind === "unanswered") this.#keep(edit);
      return { edit, outcome };
    });
  }

  #keep(edit: KeptEdit): void {
    this.#edits = [...this.#edits, edit].toSorted((one, other) => other.at - one.at).slice(0, MAX_UNDOABLE);
  }
}
