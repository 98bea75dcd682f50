import { z } from "zod";
import { Cashier } from "../cashier.ts";
import type { Measured } from "../metric.ts";
import { afterPause } from "../pace.ts";
import { type Carried, CountingProxy } from "../programs/counting-proxy.ts";
import { untilReady } from "../programs/ready.ts";
import type { BenchServer } from "../programs/server.ts";
import { BenchTill } from "../programs/till.ts";
import { articleAt } from "../shop/article.ts";

export const LINES_PER_TICKET = 4;
/** Two of the pulls that a till makes although nobody woke it. */
const QUIET_MS = 120_000;
/** For what a sale or a price sets off: the push, the wake-up and the pulls that follow. */
const SETTLE_MS = 400;
const MINUTE_MS = 60_000;
const PRICES_AT_ONCE = 500;
const PRICE_CHANGES = 5;
const PRICE_SETTLE_MS = 2_000;

/** What a real till and the server say to each other, by act: bytes of what TCP carries, headers and all, without TLS. */
export async function* wireSizes({
  server,
  folder,
  skus,
  samples,
  say,
}: {
  readonly server: BenchServer;
  readonly folder: string;
  readonly skus: number;
  readonly samples: number;
  readonly say: (what: string) => void;
}): AsyncGenerator<Measured> {
  const proxy = await CountingProxy.open(Number(new URL(server.address).port));
  const till = await BenchTill.open(folder);
  const during = async (act: () => Promise<unknown>): Promise<Carried> => {
    const before = proxy.carried();
    await act();
    const after = proxy.carried();
    return { up: after.up - before.up, down: after.down - before.down };
  };
  const texts = textsOf(skus);
  function* both(name: string, { up, down }: Carried, acts: number, floor: number, params = {}) {
    const common = { unit: "B", floor, params: { skus, ...params } } as const;
    yield { ...common, metric: `wire.${name}.up`, value: up / acts };
    yield { ...common, metric: `wire.${name}.down`, value: down / acts };
  }

  say("first sync through the counting line");
  const first = await during(async () => {
    await till.pair({ address: proxy.address, pairingCode: () => server.pairingCode() });
    await untilReady(till, skus);
    await afterPause(SETTLE_MS);
  });
  yield* both("firstSync", first, 1, texts.all);

  say("a till that nobody uses, two minutes");
  const quiet = await during(() => afterPause(QUIET_MS));
  const minute = { up: (quiet.up * MINUTE_MS) / QUIET_MS, down: (quiet.down * MINUTE_MS) / QUIET_MS };
  yield* both("idleMinute", minute, 1, 1);

  say(`${samples} sales`);
  const cashier = await Cashier.signIn(till);
  await sell(cashier, skus);
  await afterPause(SETTLE_MS);
  let tookMs = 0;
  const sold = await during(async () => {
    const start = performance.now();
    for (let sale = 0; sale < samples; sale += 1) {
      await sell(cashier, skus, sale * LINES_PER_TICKET);
      await afterPause(SETTLE_MS);
    }
    tookMs = performance.now() - start;
  });
  // What it would have said anyway is not the sales'.
  const share = tookMs / MINUTE_MS;
  const own = { up: sold.up - minute.up * share, down: sold.down - minute.down * share };
  yield* both("ticket", own, samples, texts.stock * LINES_PER_TICKET, {
    tickets: samples,
    lines: LINES_PER_TICKET,
  });

  say("prices");
  for (const count of [1, PRICES_AT_ONCE]) {
    const told = await during(async () => {
      for (let more = 1; more <= PRICE_CHANGES; more += 1) {
        await changePrices(server, Math.min(count, skus), more);
        await afterPause(PRICE_SETTLE_MS);
      }
    });
    const quietly = (PRICE_CHANGES * PRICE_SETTLE_MS) / MINUTE_MS;
    const more = { up: told.up - minute.up * quietly, down: told.down - minute.down * quietly };
    yield* both("priceChange", more, PRICE_CHANGES, texts.price * Math.min(count, skus), {
      prices: Math.min(count, skus),
    });
  }
  await till.close();
  proxy.close();
}

/** How long the documents are that have to be told of, as text. */
function textsOf(skus: number): { readonly all: number; readonly price: number; readonly stock: number } {
  const { product, price, onHand } = articleAt(0);
  const stock = JSON.stringify({ id: price.variant, store: price.variant, variant: price.variant, onHand });
  const lengths = { product: JSON.stringify(product).length, price: JSON.stringify(price).length };
  return {
    all: (lengths.product + lengths.price + stock.length) * skus,
    price: lengths.price,
    stock: stock.length,
  };
}

async function sell(cashier: Cashier, skus: number, from = 0): Promise<void> {
  for (let line = 0; line < LINES_PER_TICKET; line += 1) {
    const { refusal } = await cashier.scan(articleAt((from + line) % skus).gtin);
    if (refusal !== null) throw new Error(`a scan was refused: ${refusal}`);
  }
  await cashier.sellForCash();
}

/** HQ raises the prices of so many articles by a cent, all at once. */
export async function changePrices(server: BenchServer, count: number, more = 1): Promise<void> {
  const prices = Array.from({ length: count }, (_, number) => {
    const { sku, price } = articleAt(number);
    const amount = { ...price.amount, minor: price.amount.minor + more };
    return { list: price.list, sku, amount, compareAt: null, validFrom: null, validTo: null };
  });
  const answer = await fetch(new URL("/hq/v1/prices", server.address), {
    method: "POST",
    headers: { authorization: `Bearer ${await server.hqKey()}`, "content-type": "application/json" },
    body: JSON.stringify({ prices }),
  });
  if (!answer.ok) throw new Error(`the prices were refused: ${z.string().parse(await answer.text())}`);
}
