import type { Answer } from "./ask.ts";

interface Asked {
  readonly wish: readonly unknown[];
  readonly id: string;
}

/**
 * Ids under which the server does a thing once, however often it is asked: the same wish (its parts alike) has the same id until it is answered. What is
 * wished otherwise has another one, and is done besides.
 */
export class OnceIds {
  #unanswered: readonly Asked[] = [];
  #isTold = false;

  /** Whether something else was wished before and may have been done: true once for each that was not answered, so that whoever was told can go on. */
  isInDoubt(wish: readonly unknown[]): boolean {
    if (this.#isTold || this.#unanswered.length === 0 || this.#find(wish) !== undefined) return false;
    this.#isTold = true;
    return true;
  }

  async ask<T>(wish: readonly unknown[], send: (id: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const asked = this.#find(wish) ?? { wish, id: crypto.randomUUID() };
    const answer = await send(asked.id);
    const others = this.#unanswered.filter((each) => each !== asked);
    this.#unanswered = isHeard(answer) ? others : [...others, asked];
    this.#isTold = false;
    return answer;
  }

  /** Whoever asked has seen what was done: whatever is wished from now on is another thing. */
  forget(): void {
    this.#unanswered = [];
  }

  #find(wish: readonly unknown[]): Asked | undefined {
    return this.#unanswered.find(
      (each) => each.wish.length === wish.length && each.wish.every((part, at) => Object.is(part, wish[at])),
    );
  }
}

/** An answer that is not understood leaves it as open as none. So does a server that failed: it may have been done before it could say so. */
function isHeard(answer: Answer<unknown>): boolean {
  if (answer.ok || answer.reason.kind === "unauthorised") return true;
  return answer.reason.kind === "refused" && answer.reason.reason !== "internal";
}
