import { savePricesAnswerSchema } from "#protocol/hq/prices.ts";
import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { articleAt } from "../shop/article.ts";
import { CHAIN_LIST } from "../shop/chain.ts";
import type { LoadFloor } from "./floor.ts";
import { takenOf, timesOf, wakesOf, watched } from "./watched.ts";

const ROUNDS = 5;
const HAD_WITHIN_MS = 1_000;

/** HQ changes one price, five times: until each till is told, and until each has it. */
export async function* priceChange(
  stand: ChainStand,
  {
    tills,
    floor,
    engine,
  }: {
    readonly tills: number;
    readonly floor: LoadFloor;
    readonly engine: string;
  },
): AsyncGenerator<Measured> {
  let unheard = 0;
  const woken: number[] = [];
  const had: number[] = [];
  const changed = await watched(stand, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await stand.tills.ask({ verb: "await", collection: "prices" });
      await changePrices(stand, { from: round, to: round + 1, more: round + 1 });
      const arrived = await stand.tills.ask({ verb: "arrived" });
      unheard += arrived.unheard;
      woken.push(...arrived.woken);
      had.push(...arrived.had);
    }
  });
  const params = { engine, tills, rounds: ROUNDS };
  yield* wakesOf({ name: "price", heard: { woken, unheard }, floor: floor.tls.echoes, params });
  yield* timesOf({ name: "price.had", times: had, floor: floor.tls.echoes, mostMs: HAD_WITHIN_MS, params });
  yield* await takenOf({
    name: "price",
    watched: changed,
    acts: tills * ROUNDS,
    floor: { cpuMs: floor.checkMs, bytes: floor.entryBytes },
    params,
  });
}

/** HQ raises the prices of these articles by so many cents. Resolves with where they stand in the feed of their list. */
export async function changePrices(
  { server }: Pick<ChainStand, "server">,
  { from, to, more }: { readonly from: number; readonly to: number; readonly more: number },
): Promise<number> {
  const prices = Array.from({ length: to - from }, (_, place) => {
    const { sku, price } = articleAt(from + place);
    const amount = { ...price.amount, minor: price.amount.minor + more };
    return { list: CHAIN_LIST, sku, amount, compareAt: null, validFrom: null, validTo: null };
  });
  const answer = await server.hq("/hq/v1/prices", { method: "POST", body: { prices } });
  return savePricesAnswerSchema.parse(answer).lists[0]?.seq ?? 0;
}
