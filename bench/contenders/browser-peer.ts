import { join } from "node:path";
import type { Page } from "@playwright/test";
import { afterPause } from "../pace.ts";
import type { Seen } from "../peers/peer-page.ts";
import { CountingProxy } from "../programs/counting-proxy.ts";
import { memoryOf } from "../programs/memory-of.ts";
import { PeerBrowser, type PeerPageName } from "../programs/peer-browser.ts";
import { type Layout, PeerServer, type PeerServerName } from "../programs/peer-server.ts";
import type { ShopDocument } from "../shop/document.ts";
import { documentsOf } from "../shop/documents.ts";
import {
  BETWEEN_CHANGES_MS,
  type Contender,
  type ContenderName,
  centsOfChange,
  type Round,
  SMALL_SHOP_SKUS,
  type SyncedAndPushed,
} from "./contender.ts";

/** Longer than any till should take to hear of a change. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 20;

/** A peer whose till is a page in Chromium. */
export function browserPeer({
  name,
  serverName,
  pageName,
  layout = "apart",
}: {
  readonly name: ContenderName;
  readonly serverName: PeerServerName;
  readonly pageName: PeerPageName;
  /** Together: all of an article in one document, for a first sync of a third of the documents. */
  readonly layout?: Layout;
}): Contender {
  const path = `/bench/till/${pageName}`;
  const serverOn = ({ folder, pagesDir }: Round, skus: number) =>
    PeerServer.open({ name: serverName, dataDir: folder, pagesDir, skus, layout });
  const propagate = async (round: Round): Promise<readonly number[]> => {
    const server = await serverOn(round, SMALL_SHOP_SKUS);
    const browser = await PeerBrowser.open(join(round.folder, "profile"));
    const price = documentsOf(0).prices.id;
    const pages: Page[] = [];
    for (let till = 1; till <= round.tills; till += 1) {
      const page = await browser.show(path, { port: server.port, till });
      await page.evaluate((id) => window.peer.listen(id), price);
      pages.push(page);
    }
    const times: number[] = [];
    for (let change = 0; change < round.changes; change += 1) {
      const cents = centsOfChange(change);
      const start = performance.timeOrigin + performance.now();
      await server.change(cents);
      const seen = await Promise.all(pages.map((page) => sight(page, cents)));
      times.push(...seen.map(({ at }) => at - start));
      await afterPause(BETWEEN_CHANGES_MS);
    }
    await browser.close();
    await server.stop();
    return times;
  };
  return {
    name,
    async syncAndPush(round): Promise<SyncedAndPushed> {
      const server = await serverOn(round, round.skus);
      const proxy = await CountingProxy.open(server.port);
      const browser = await PeerBrowser.open(join(round.folder, "profile"));
      const empty = await browser.show("/bench/empty", { port: proxy.port, till: 0 });
      const emptyTill = await browser.weigh(empty);
      const page = await browser.show(path, { port: proxy.port, till: 1 });
      await empty.close();
      const beforeSync = proxy.bytes;
      const firstSyncMs = await page.evaluate(() => window.peer.firstSync());
      const firstSyncBytes = proxy.bytes - beforeSync;
      const till = await browser.weigh(page);
      const beforePush = proxy.bytes;
      const pushMs = await page.evaluate(
        (tickets) => window.peer.push(tickets),
        round.tickets as ShopDocument[],
      );
      const pushBytes = proxy.bytes - beforePush;
      const arrived = await server.tickets();
      if (arrived !== round.tickets.length)
        throw new Error(`${name}: ${arrived} of ${round.tickets.length} tickets came in`);
      const weight = memoryOf(server.pid);
      await browser.close();
      proxy.close();
      await server.stop();
      return { firstSyncMs, pushMs, firstSyncBytes, pushBytes, till, emptyTill, server: weight };
    },
    ...(layout === "apart" ? { propagate } : {}),
  };
}

/** When a page saw this amount. It is asked afterwards, so that nobody asks while the change is on its way more often than every 20 ms. */
async function sight(page: Page, cents: number): Promise<Seen> {
  const patience = performance.now() + PATIENCE_MS;
  while (performance.now() < patience) {
    const seen = await page.evaluate(() => window.peer.seen());
    const found = seen.find(({ amount }) => amount === cents);
    if (found !== undefined) return found;
    await afterPause(LOOK_EVERY_MS);
  }
  throw new Error("a till never heard of a change");
}
