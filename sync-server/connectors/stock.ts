import { isDeepStrictEqual } from "node:util";
import { type Instant, idOf, instant } from "#domain/ids.ts";
import { safetyStockOf } from "#domain/orders/policy.ts";
import { nextTryAt } from "../events/backoff.ts";
import { promisable } from "../orders/candidates.ts";
import type { FeedRow, ReadTransaction, Storage } from "../storage/port.ts";
import { storeFeed } from "../sync/feeds.ts";
import type { NotTold } from "./answers.ts";
import type { Connector, ShopApi, StockLevel, Told } from "./port.ts";
import type { StockTold } from "./records.ts";
import { askedSafely, type ShopApis } from "./shop-apis.ts";

/** Levels told in one call. */
export const MAX_LEVELS_PER_CALL = 50;
/** The wait between tries once the usual ones are used up: stock is never given up, for it is told as it is then. */
const LONG_WAIT_MS = 3_600_000;
/** The longest wait of levels that were refused: what changes meanwhile waits with them, and may be taken. */
const REFUSED_WAIT_MS = 600_000;

export interface StockSender {
  /** Tells every connected shop the levels that changed since it was told last. Safe to call at any time: a shop that is being told is left alone. */
  tell(): Promise<void>;
}

/** What is to be told next of one location, in the order of the feed, and how far the feed is told then. */
interface Batch {
  readonly levels: readonly { readonly seq: number; readonly level: StockLevel }[];
  readonly from: number;
  readonly upTo: number;
  readonly isLast: boolean;
  readonly safetyStock: number;
}

/** How telling went, and how far it came. */
interface Telling {
  readonly answer: Told;
  readonly upTo: number;
  /** Nothing behind `upTo` is told now. */
  readonly stops: boolean;
}

/** Whether a location's stock is kept elsewhere than before, by another key or of another store: what was told there before is not told here. */
export function isToldAnew(before: Connector, after: Connector, location: string): boolean {
  return (
    before.apiUrl !== after.apiUrl ||
    !isDeepStrictEqual(before.credentials, after.credentials) ||
    before.locations[location] !== after.locations[location]
  );
}

/** Follows the feed of each mapped store by a cursor that moves only over what was told. */
export function createStockSender({
  storage,
  apis,
  now,
  chance,
}: {
  readonly storage: Storage;
  readonly apis: ShopApis;
  readonly now: () => Instant;
  /** Answers a number from 0 to 1. */
  readonly chance: () => number;
}): StockSender {
  const telling = new Set<string>();

  async function tellShop(connector: Connector): Promise<void> {
    const api = apis(connector);
    if (api === null) return;
    const known = await storage.read((tx) => tx.stockTold(connector.id));
    for (const [location, code] of Object.entries(connector.locations)) {
      const told = known.find((each) => each.location === location) ?? untold(connector.id, location);
      if (told.nextTryAt !== null && told.nextTryAt > now()) continue;
      await tellLocation({ api, told, code, connector });
    }
  }

  async function tellLocation({
    api,
    told: before,
    code,
    connector,
  }: {
    readonly api: ShopApi;
    readonly connector: Connector;
    readonly told: StockTold;
    readonly code: string;
  }): Promise<void> {
    let told = before;
    for (;;) {
      const batch = await storage.read((tx) => nextBatch(tx, { code, told }));
      if (batch === null || (batch.levels.length === 0 && batch.upTo === batch.from)) return;
      const { safetyStock } = batch;
      const { answer, upTo, stops } = await tellBatch(api, batch);
      const next = stops && answer.kind !== "told" ? failed(told, answer) : passed(told, answer);
      told = { ...next, cursor: upTo, safetyStock };
      const state = told;
      const isStill = await storage.write(async (tx) => {
        // A connector that was removed meanwhile leaves nothing behind, and one that was changed begins anew.
        const now = await tx.connector(state.connector);
        if (now === null || isToldAnew(connector, now, state.location)) return false;
        await tx.putStockTold(state);
        return true;
      });
      if (!isStill || stops || batch.isLast) return;
    }
  }

  function failed(told: StockTold, answer: NotTold): StockTold {
    const failures = told.failures + 1;
    const at: Instant = now();
    const wait = (nextTryAt({ failures, now: at, chance: chance() }) ?? at + LONG_WAIT_MS) - at;
    const ms =
      answer.kind === "refused"
        ? Math.min(wait, REFUSED_WAIT_MS)
        : Math.max(wait, Math.ceil(answer.afterMs ?? 0));
    return { ...told, failures, nextTryAt: instant(at + ms), lastFailure: answer.failure };
  }

  return {
    async tell() {
      const connectors = await storage.read((tx) => tx.connectors());
      const idle = connectors.filter(({ id }) => !telling.has(id));
      await Promise.all(
        idle.map(async (connector) => {
          telling.add(connector.id);
          try {
            await tellShop(connector);
          } finally {
            telling.delete(connector.id);
          }
        }),
      );
    },
  };
}

function untold(connector: string, location: string): StockTold {
  return { connector, location, cursor: 0, safetyStock: 0, failures: 0, nextTryAt: null, lastFailure: null };
}

/** What was refused alone is noted and passed over: it never will be taken as it is, and the levels behind it must not wait for it. */
function passed(told: StockTold, answer: Told): StockTold {
  const lastFailure = answer.kind === "told" ? null : answer.failure;
  return { ...told, failures: 0, nextTryAt: null, lastFailure };
}

/**
 * Tells the levels together; where the shop refuses them so, one by one, for one that it does not take must not keep the others from it. Only a shop that takes one
 * of them means the others by refusing them: where it takes none it may be the call that it refuses, whatever was in it, and no level is passed over.
 */
async function tellBatch(api: ShopApi, { levels, from, upTo }: Batch): Promise<Telling> {
  if (levels.length === 0) return { answer: { kind: "told" }, upTo, stops: false };
  const together = await askedSafely(() => api.tellStock(levels.map(({ level }) => level)));
  if (together.kind === "later") return { answer: together, upTo: from, stops: true };
  if (together.kind === "told") return { answer: together, upTo, stops: false };
  let refusal: NotTold | null = null;
  let reached = from;
  let isTaken = false;
  for (const { seq, level } of levels) {
    const alone = levels.length === 1 ? together : await askedSafely(() => api.tellStock([level]));
    if (alone.kind === "later") return { answer: alone, upTo: isTaken ? reached : from, stops: true };
    if (alone.kind === "refused") refusal ??= { ...alone, failure: `${level.sku}: ${alone.failure}` };
    else isTaken = true;
    reached = seq;
  }
  if (refusal === null) return { answer: { kind: "told" }, upTo, stops: false };
  return { answer: refusal, upTo: isTaken ? upTo : from, stops: !isTaken };
}

/** Null where the location stands for no store any more. */
async function nextBatch(
  tx: ReadTransaction,
  { code, told }: { readonly code: string; readonly told: StockTold },
): Promise<Batch | null> {
  const store = await tx.storeByCode(code);
  if (store === null) return null;
  const safetyStock = safetyStockOf(store);
  const from = told.safetyStock === safetyStock ? told.cursor : 0;
  const ask = { feed: storeFeed(store.store), collection: "stock" as const, after: from };
  const rows: readonly FeedRow[] = await tx.feedRows({ ...ask, limit: MAX_LEVELS_PER_CALL });
  const levels: Batch["levels"][number][] = [];
  for (const { id, data, seq } of rows) {
    const variant = idOf<"Variant">(id);
    const sku = data === null ? null : await tx.skuOf(variant);
    if (sku === null) continue;
    const available = await promisable(tx, store, variant);
    levels.push({ seq, level: { sku, location: told.location, available } });
  }
  const upTo = rows.at(-1)?.seq ?? from;
  return { levels, from, upTo, isLast: rows.length < MAX_LEVELS_PER_CALL, safetyStock };
}
