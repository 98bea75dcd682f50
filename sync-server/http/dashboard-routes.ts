import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { reachesStore } from "#domain/access/roles.ts";
import type { Instant } from "#domain/ids.ts";
import { instant } from "#domain/ids.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import {
  type Dashboard,
  type DashboardStore,
  dashboardQuerySchema,
  dashboardSchema,
  type LiveKind,
} from "#protocol/hq/dashboard.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { channelFigures, IN_TOUCH_MS, storeFigures, sumsOf } from "../dashboard/figures.ts";
import { SALES_SLOT_MS, type StoreName } from "../dashboard/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { hqCall, serve } from "./hq-call.ts";
import { lastWords } from "./last-words.ts";
import { Turns } from "./turns.ts";

/** A comment of the event stream: says that the line is alive. */
const HEARTBEAT = ": here\n\n";
const MAX_UNREAD_BYTES = 64 * 1024;
/** One a window of a browser, and several people may share a key. */
const MAX_STREAMS = 50;

export const DASHBOARD_CALLS = {
  dashboard: hqCall({
    method: "GET",
    path: "/hq/v1/dashboard",
    summary: "How the shops are doing now",
    words:
      "Sales today so far beside those of the same day last week up to the same time (to five minutes), what waits and what is wrong. Of the stores that are seen, some as sorted, and what the rest took together.",
    right: "dashboard.read",
    reach: "filtered",
    params: null,
    query: dashboardQuerySchema,
    body: null,
    answer: dashboardSchema,
    refusals: [],
    trail: "none",
  }),
  live: hqCall({
    method: "GET",
    path: "/hq/v1/live",
    summary: "A stream that says of what kind something has changed",
    words:
      "Server-sent events `changed`, at most one a second; their data names kinds (`sales`, `orders`, `prices` …), never what has changed: ask again for what is shown of them.",
    right: null,
    reach: "shared",
    params: null,
    query: null,
    body: null,
    answer: { files: ["text/event-stream"] },
    refusals: ["tooManyRequests"],
    trail: "none",
  }),
};

interface ChainFigures {
  readonly names: readonly StoreName[];
  readonly stores: readonly DashboardStore[];
  readonly channels: NonNullable<Dashboard["channels"]>;
  readonly exceptions: Awaited<ReturnType<ReadTransaction["exceptionsOpen"]>>;
  readonly ready: Awaited<ReturnType<ReadTransaction["ordersReady"]>>;
}

/** What HQ sees at a glance (protocol/hq/dashboard.ts). */
export function registerDashboardRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const chain = chainFigures(deps);
  serve(app, deps, DASHBOARD_CALLS.dashboard, async ({ query, asker }) => {
    await lastWords(deps);
    return dashboardFor(deps, { figures: await chain(), query, asker });
  });
  const streams = new Turns(MAX_STREAMS);
  serve(app, deps, DASHBOARD_CALLS.live, async ({ asker, reply }) => {
    const giveBack = streams.take(asker);
    const stream = new PassThrough();
    const stop = deps.live.listen({
      changed: (kinds: readonly LiveKind[]) => {
        stream.write(`event: changed\ndata: ${JSON.stringify({ kinds })}\n\n`);
        // A reader that stands still is let go: it asks for everything as it connects again.
        if (stream.writableLength > MAX_UNREAD_BYTES) stream.destroy();
      },
      end: () => stream.end(),
    });
    const heartbeat = setInterval(async () => {
      // Whoever signed out, was dismissed or has a key no more hears nothing from then on.
      const isKnown = await isStillKnown(deps, asker).catch(() => false);
      if (stream.destroyed || stream.writableEnded) return;
      if (isKnown) {
        stream.write(HEARTBEAT);
        return;
      }
      stop();
      stream.end();
    }, HEARTBEAT_MS);
    stream.once("close", () => {
      clearInterval(heartbeat);
      stop();
      giveBack();
    });
    stream.write(HEARTBEAT);
    return reply
      .header("cache-control", "no-store")
      .header("x-accel-buffering", "no")
      .type("text/event-stream")
      .send(stream);
  });
}

async function isStillKnown(
  { storage, access }: Pick<ServerDeps, "storage" | "access">,
  asker: Asker,
): Promise<boolean> {
  if (asker.kind === "user") return access.sessions.isOpen(asker.signedIn.session);
  return (await storage.read((tx) => tx.apiKey(asker.key.hash))) !== null;
}

/** Of the whole chain; worked out once for all consoles that ask at the same time, and again once something has changed or time has gone on. */
function chainFigures({ storage, live, now }: ServerDeps): () => Promise<ChainFigures> {
  let known: { readonly key: string; readonly figures: Promise<ChainFigures> } | null = null;
  return () => {
    const at = now();
    const key = `${live.changes} ${Math.floor(at / SALES_SLOT_MS)}`;
    if (known?.key === key) return known.figures;
    const figures = storage.read(async (tx) => {
      const names = await tx.storeNames();
      return {
        names,
        stores: await storeFigures(tx, { stores: names, at }),
        channels: await channelFigures(tx, { stores: names, at, tillChannel: TILL_CHANNEL }),
        exceptions: await tx.exceptionsOpen(),
        ready: await tx.ordersReady(),
      };
    });
    known = { key, figures };
    figures.catch(() => {
      known = null;
    });
    return figures;
  };
}

async function dashboardFor(
  { storage, now }: ServerDeps,
  {
    figures,
    query,
    asker,
  }: {
    readonly figures: ChainFigures;
    readonly query: z.output<typeof dashboardQuerySchema>;
    readonly asker: Asker;
  },
): Promise<z.input<typeof dashboardSchema>> {
  const at = now();
  const seen = new Set(
    figures.names.filter(({ store }) => reachesStore(asker.stores, store)).map(({ code }) => code),
  );
  const closed = new Set(figures.names.filter(({ isClosed }) => isClosed).map(({ code }) => code));
  const stores = figures.stores.filter(
    ({ code, today }) => seen.has(code) && (!closed.has(code) || today.count > 0),
  );
  const shown = sorted(stores, query).slice(query.offset, query.offset + query.limit);
  const rest = stores.filter((store) => !shown.includes(store));
  const add = (count: (store: DashboardStore) => number) =>
    stores.reduce((sum, store) => sum + count(store), 0);
  return {
    at,
    sales: sumsOf(stores),
    channels: asker.stores === null ? figures.channels : null,
    orders: {
      waiting: add(({ waiting }) => waiting),
      late: add(({ late }) => late),
      ready: figures.ready
        .filter(({ store }) => reachesStore(asker.stores, store))
        .reduce((sum, { count }) => sum + count, 0),
    },
    exceptions: byKind(figures, asker),
    tills: await storage.read((tx) => tillsOf(tx, { asker, at })),
    belowZero: add(({ belowZero }) => belowZero),
    stores: shown,
    storesTotal: stores.length,
    rest: sumsOf(rest),
  };
}

async function tillsOf(
  tx: ReadTransaction,
  { asker, at }: { readonly asker: Asker; readonly at: Instant },
): Promise<Dashboard["tills"]> {
  const { tills, silent, unsent, oldestUnsent } = await tx.tillFigures({
    stores: asker.stores,
    inTouchSince: instant(at - IN_TOUCH_MS),
  });
  const oldest = oldestUnsent === null ? null : await tx.till(oldestUnsent.device);
  return {
    all: tills,
    silent,
    unsent,
    oldestUnsent:
      oldest === null || oldestUnsent === null
        ? null
        : {
            device: oldest.device.id,
            store: oldest.storeCode,
            register: oldest.device.register,
            at: oldestUnsent.at,
          },
  };
}

function byKind({ exceptions }: ChainFigures, asker: Asker): Dashboard["exceptions"] {
  const counts = new Map<string, number>();
  for (const { kind, store, count } of exceptions)
    if (reachesStore(asker.stores, store)) counts.set(kind, (counts.get(kind) ?? 0) + count);
  return [...counts]
    .map(([kind, count]) => ({ kind, count }))
    .toSorted((one, other) => other.count - one.count || (one.kind < other.kind ? -1 : 1));
}

function sorted(
  stores: readonly DashboardStore[],
  { sort, order }: z.output<typeof dashboardQuerySchema>,
): readonly DashboardStore[] {
  if (sort === "store") return order === "up" ? stores : stores.toReversed();
  const value = (store: DashboardStore): number => {
    switch (sort) {
      case "sales":
        return store.today.amount.minor;
      case "change":
        return store.today.amount.minor - store.lastWeek.amount.minor;
      case "tickets":
        return store.today.count;
      default:
        return store[sort];
    }
  };
  const direction = order === "up" ? 1 : -1;
  return stores.toSorted(
    (one, other) => direction * (value(one) - value(other)) || (one.code < other.code ? -1 : 1),
  );
}
