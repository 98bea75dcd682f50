import type { Answer, ApiProblem } from "../ask.ts";

/** What somebody wrote in a cell. */
export interface CellWrite<V> {
  /** Which cell it is: writes of one cell wait for each other, those of others do not. */
  readonly cell: string;
  /** What was seen there before. */
  readonly before: V;
  readonly value: V;
  readonly send: (value: V) => Promise<Answer<{ readonly seq: number }>>;
  readonly show: (value: V) => void;
}

export type CellOutcome<V> =
  /** `before`: what the server had there until then. */
  | { readonly kind: "saved"; readonly before: V; readonly seq: number }
  | { readonly kind: "refused"; readonly problem: ApiProblem }
  /** It may have been saved, over `before`; it is shown as it was written until something newer is read. */
  | { readonly kind: "unanswered"; readonly before: V; readonly problem: ApiProblem }
  /** Something else was written there before it was sent, or by the time it was refused: what comes of that is what counts. */
  | { readonly kind: "overtaken" };

interface Cell<V> {
  /** What the server has there, as far as it said. */
  saved: V;
  shown: V;
  readonly show: (value: V) => void;
  /** Until the last write that was sent has ended. */
  sent: Promise<unknown>;
  /** How often something was written there. */
  writes: number;
  /** How many writes had ended anywhere when the last one of this cell did; null: it has not. */
  endedAt: number | null;
}

/**
 * Saves what is written in cells, so that the last that was written in a cell is what stays, here and at the server: a write is sent once the one before
 * it has ended, or never where another was written by then. What is read meanwhile does not bring back what was before.
 */
export class CellSaves<V> {
  readonly #cells = new Map<string, Cell<V>>();
  #ended = 0;

  /** Something is going to be read. What it answers shows again, over what was read, what may not have been in it yet. */
  reading(): () => void {
    const begun = this.#ended;
    return () => {
      for (const { show, shown, endedAt } of this.#cells.values())
        if (endedAt === null || endedAt > begun) show(shown);
    };
  }

  async save({ cell: name, before, value, send, show }: CellWrite<V>): Promise<CellOutcome<V>> {
    const known = this.#cells.get(name);
    const cell: Cell<V> =
      known === undefined || known.endedAt !== null
        ? { saved: before, shown: value, show, sent: Promise.resolve(), writes: 0, endedAt: null }
        : known;
    this.#cells.set(name, cell);
    cell.writes += 1;
    const mine = cell.writes;
    cell.shown = value;
    show(value);
    const outcome = cell.sent.then(async (): Promise<CellOutcome<V>> => {
      if (mine !== cell.writes) return { kind: "overtaken" };
      const { saved } = cell;
      const answer = await send(value);
      const isLast = mine === cell.writes;
      if (isLast) {
        this.#ended += 1;
        cell.endedAt = this.#ended;
      }
      if (answer.ok) {
        cell.saved = value;
        return { kind: "saved", before: saved, seq: answer.value.seq };
      }
      if (!isLast) return { kind: "overtaken" };
      if (answer.reason.kind === "unanswered")
        return { kind: "unanswered", before: saved, problem: answer.reason };
      cell.shown = saved;
      show(saved);
      return { kind: "refused", problem: answer.reason };
    });
    cell.sent = outcome;
    return outcome;
  }
}
