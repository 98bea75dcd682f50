import { fold } from "#domain/text/fold.ts";

/**
 * The plainest search there is: titles folded beforehand, one loop over all of them per question, the first `limit` that contain the question
 * as it is. No ranking, no typing errors, no words apart; it looks at every title all the same, as a search for the best has to.
 */
export class TitleScan {
  readonly #titles: readonly string[];

  constructor(titles: readonly string[]) {
    this.#titles = titles.map(fold);
  }

  /** Places in the list of titles. */
  search({ text, limit }: { readonly text: string; readonly limit: number }): number[] {
    const asked = fold(text);
    const found: number[] = [];
    for (const [place, title] of this.#titles.entries())
      if (title.includes(asked) && found.length < limit) found.push(place);
    return found;
  }
}
