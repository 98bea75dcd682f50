import { VERBS, type Verb, VIEWS, type View } from "#protocol/till/contract.ts";
import type { Engine } from "./engine.ts";
import { followed } from "./followed.ts";
import { Changes } from "./shop/changes.ts";
import type { VerbTable, ViewTable } from "./till-service.ts";

/** An engine in whose place another one comes while screens talk to it. */
export class Succession implements Engine {
  readonly verbs: VerbTable;
  readonly views: ViewTable;
  readonly #changes = new Changes();
  #now: Engine;
  /** The one that is there is open: it is not where the next one could not be opened. */
  #isOpen = true;
  #isClosed = false;
  /** Resolves once the next one is there. */
  #coming: Promise<void> = Promise.resolve();

  constructor(first: Engine) {
    this.#now = first;
    // The tables' types cannot be told to one verb or view after another.
    this.verbs = Object.fromEntries(
      Object.keys(VERBS).map((verb) => [verb, (args: unknown) => this.#perform(verb as Verb, args)]),
    ) as unknown as VerbTable;
    this.views = Object.fromEntries(
      Object.keys(VIEWS).map((view) => [view, followed(() => this.#now.views[view as View], this.#changes)]),
    ) as unknown as ViewTable;
  }

  async picture(hash: string): ReturnType<Engine["picture"]> {
    await this.#coming;
    return this.#now.picture(hash);
  }

  /** Closes the one that is there, and opens the next: what screens ask meanwhile waits for it. Throws what opening throws: nothing is asked in vain of one that is closed. */
  followWith(open: () => Promise<Engine>): Promise<void> {
    this.#coming = this.#coming.then(async () => {
      if (this.#isClosed) return;
      this.#isOpen = false;
      await this.#now.close();
      this.#now = await open();
      this.#isOpen = true;
      this.#changes.tell();
    });
    return this.#coming;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#coming.catch(() => undefined);
    if (this.#isOpen) await this.#now.close();
  }

  async #perform(verb: Verb, args: unknown): Promise<unknown> {
    await this.#coming;
    return (this.#now.verbs[verb] as (args: unknown) => Promise<unknown>)(args);
  }
}
