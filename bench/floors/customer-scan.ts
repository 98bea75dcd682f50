import type { Customer } from "#domain/customer/customer.ts";
import { fold } from "#domain/text/fold.ts";

/** The plainest search there is: what customers are found by folded beforehand, one loop over all of them per question, the first `limit` that contain it as it is. */
export class CustomerScan {
  readonly #texts: string[] = [];

  add({ name, email, phone, cardNumber }: Customer): void {
    this.#texts.push(fold([name, email, phone, cardNumber].join(" ")));
  }

  /** Places in the order in which they were added. */
  search({ text, limit }: { readonly text: string; readonly limit: number }): number[] {
    const asked = fold(text);
    const found: number[] = [];
    for (const [place, each] of this.#texts.entries())
      if (each.includes(asked) && found.length < limit) found.push(place);
    return found;
  }
}
