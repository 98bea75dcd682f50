/** Lets acts happen one after another in the order they were asked for, however long each takes. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs an act when all before it are over; their failures are not its own. */
  take<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
