import { join } from "node:path";
import { Cashier } from "../cashier.ts";
import { afterPause } from "../pace.ts";
import { CountingProxy } from "../programs/counting-proxy.ts";
import { memoryOf } from "../programs/memory-of.ts";
import { untilReady } from "../programs/ready.ts";
import { BenchServer } from "../programs/server.ts";
import { BenchTill } from "../programs/till.ts";
import { type Article, articleAt } from "../shop/article.ts";
import { LINES_A_SOLD_TICKET } from "../shop/documents.ts";
import {
  BETWEEN_CHANGES_MS,
  type Contender,
  centsOfChange,
  type Round,
  SMALL_SHOP_SKUS,
  type SyncedAndPushed,
} from "./contender.ts";

/** Onetill as it is: the real server and the real engine, with everything they do besides. */
export const onetill: Contender = {
  name: "onetill",
  async syncAndPush({ folder, skus, tickets }: Round): Promise<SyncedAndPushed> {
    const server = await BenchServer.open({ dataDir: join(folder, "server"), skus });
    const proxy = await CountingProxy.open(portOf(server));
    const till = await BenchTill.open(join(folder, "till"));
    const emptyTill = await weigh(till);
    const beforeSync = proxy.bytes;
    const askedAt = await till.pair({
      address: `http://127.0.0.1:${proxy.port}`,
      pairingCode: () => server.pairingCode(),
    });
    const firstSyncMs = (await untilReady(till, skus)) - askedAt;
    const firstSyncBytes = proxy.bytes - beforeSync;
    const weight = await weigh(till);

    const cashier = await Cashier.signIn(till);
    proxy.cut();
    for (let sale = 0; sale < tickets.length; sale += 1)
      await cashier.sellArticles({ sale, lines: LINES_A_SOLD_TICKET, skus });
    const beforePush = proxy.bytes;
    const pushed = proxy.sends("POST /sync/v1/journal");
    proxy.mend();
    const begunAt = await pushed;
    const { at: doneAt } = await till.client.until("sync", ({ unsent }) => unsent === 0);
    const pushBytes = proxy.bytes - beforePush;
    const serverWeight = memoryOf(server.pid);
    await till.close();
    proxy.close();
    await server.stop();
    return {
      firstSyncMs,
      pushMs: doneAt - begunAt,
      firstSyncBytes,
      pushBytes,
      till: weight,
      emptyTill,
      server: serverWeight,
    };
  },
  async propagate({ folder, tills: count, changes }: Round): Promise<readonly number[]> {
    const server = await BenchServer.open({ dataDir: join(folder, "server"), skus: SMALL_SHOP_SKUS });
    const article = articleAt(0);
    const tills: BenchTill[] = [];
    for (let number = 0; number < count; number += 1) {
      const till = await BenchTill.open(join(folder, `till-${number}`));
      await till.pair(server);
      await untilReady(till, SMALL_SHOP_SKUS);
      tills.push(till);
    }
    const key = await server.hqKey();
    const times: number[] = [];
    for (let change = 0; change < changes; change += 1) {
      const cents = centsOfChange(change);
      const seen = Promise.all(tills.map((till) => sight(till, { article, cents })));
      await afterPause(BETWEEN_CHANGES_MS);
      const start = performance.now();
      await setPrice(server, { article, cents, key });
      times.push(...(await seen).map((at) => at - start));
    }
    for (const till of tills) await till.close();
    await server.stop();
    return times;
  },
};

function portOf({ address }: BenchServer): number {
  return Number(new URL(address).port);
}

async function weigh(till: BenchTill): Promise<number> {
  // Collects garbage first.
  await till.weigh();
  return memoryOf(till.pid);
}

/** When a screen of this till could show the article at that price, by `performance.now()`: it is told that something changed and asks what. */
function sight(
  { client }: BenchTill,
  { article, cents }: { readonly article: Article; readonly cents: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const end = client.watch("catalog", () => {
      client.call("variants", { product: article.product.id }).then(([item]) => {
        if (item?.price?.minor !== cents) return;
        resolve(performance.now());
        end();
      }, reject);
    });
  });
}

async function setPrice(
  server: BenchServer,
  { article, cents, key }: { readonly article: Article; readonly cents: number; readonly key: string },
): Promise<void> {
  const { price, sku } = article;
  const answer = await fetch(new URL("/hq/v1/prices", server.address), {
    method: "PUT",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ sku, list: price.list, amount: { ...price.amount, minor: cents } }),
  });
  if (!answer.ok) throw new Error(`the price was not changed: ${answer.status}`);
}
