import type { BasketView } from "#protocol/till/basket.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { BenchTill } from "./programs/till.ts";
import type { TillClient } from "./programs/till-client.ts";
import { articleAt } from "./shop/article.ts";
import { CASHIER } from "./shop/seed.ts";

/** How a scan went. */
export interface Scan {
  /** From the scan until the basket that holds it was here, or until the till said no; milliseconds. */
  readonly ms: number;
  /** Why it became no line; null when it did. */
  readonly refusal: string | null;
}

/** Someone who works at a till, with a stopwatch. */
export class Cashier {
  readonly client: TillClient;
  #basket: BasketView | null = null;
  /** When each revision of the basket in front was shown. */
  readonly #shownAt = new Map<string, number>();

  private constructor(client: TillClient) {
    this.client = client;
    client.watch("basket", (basket, at) => {
      this.#basket = basket;
      if (basket !== null) this.#shownAt.set(revisionOf(basket), at);
    });
  }

  /** Signs in as soon as the till knows its staff. Throws what the till refuses. */
  static async signIn({ client }: BenchTill): Promise<Cashier> {
    const { value } = await client.until("session", ({ state }) => state === "locked");
    const staff =
      value.state === "locked" ? value.staff.find(({ name }) => name === CASHIER.name) : undefined;
    if (staff === undefined) throw new Error(`the till knows no ${CASHIER.name}`);
    const signedIn = await client.call("signIn", { staff: staff.id, pin: CASHIER.pin });
    if (!signedIn.ok) throw new Error(`the cashier was not let in: ${signedIn.reason}`);
    return new Cashier(client);
  }

  /** The screen gets its basket before the verb is answered, so the answer says which revision to look for. */
  async scan(code: string): Promise<Scan> {
    const sentAt = performance.now();
    const { answer, ms } = await this.client.timed("scan", { code });
    if (!answer.ok) return { ms, refusal: answer.reason };
    if (!("basket" in answer.value)) return { ms, refusal: answer.value.asks };
    const shownAt = this.#shownAt.get(revisionOf(answer.value.basket));
    if (shownAt === undefined) throw new Error("the till answered a scan before it showed the basket");
    return { ms: shownAt - sentAt, refusal: null };
  }

  /** Empties the basket in front, as far as it has not been emptied already. */
  async clear(): Promise<void> {
    if (this.#basket === null || this.#basket.lines.length === 0) return;
    const cleared = await this.client.call("discardBasket", { basket: this.#basket.id });
    if (!cleared.ok && cleared.reason !== "noSuchBasket")
      throw new Error(`the basket was not thrown away: ${cleared.reason}`);
  }

  /** The sale of this number (from 0): scans so many articles, the next ones each time, and sells them for cash; milliseconds of the completion. Throws what the till refuses. */
  async sellArticles({
    sale,
    lines,
    skus,
  }: {
    readonly sale: number;
    readonly lines: number;
    /** After so many articles it begins anew. */
    readonly skus: number;
  }): Promise<number> {
    for (let line = 0; line < lines; line += 1) {
      const { refusal } = await this.scan(articleAt((sale * lines + line) % skus).gtin);
      if (refusal !== null) throw new Error(`a scan was refused: ${refusal}`);
    }
    return this.sellForCash();
  }

  /** Takes the exact amount in cash and completes the sale; only the completing is timed, milliseconds. Throws what the till refuses. */
  async sellForCash(): Promise<number> {
    const basket = this.#basket;
    if (basket === null) throw new Error("there is no basket in front");
    must(await this.client.call("takeCash", { tendered: basket.remainingInCash }));
    const { answer, ms } = await this.client.timed("completeSale", { basket: basket.id });
    must(answer);
    return ms;
  }
}

function revisionOf({ id, revision }: Pick<BasketView, "id" | "revision">): string {
  return `${id} ${revision}`;
}

function must(answer: VerbAnswer<"takeCash"> | VerbAnswer<"completeSale">): void {
  if (!answer.ok) throw new Error(`the sale was refused: ${answer.reason}`);
}
