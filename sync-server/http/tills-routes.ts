import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { reachesStore } from "#domain/access/roles.ts";
import { CLOCK_SLACK_MS } from "#domain/audit/chain.ts";
import { type DeviceId, type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import { knockState } from "#domain/store/letting-in.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import {
  adoptionAnswerSchema,
  adoptionQuerySchema,
  type knockSchema,
  renameTillSchema,
  type TillRow,
  type TillStateName,
  tillDetailSchema,
  tillRowSchema,
  tillsAnswerSchema,
  tillsQuerySchema,
} from "#protocol/hq/tills.ts";
import { IN_TOUCH_MS } from "../dashboard/figures.ts";
import { publishTillKey } from "../receipts/keys.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { collectionOfFeed, storesOfFeed } from "../sync/feeds.ts";
import type { TillRecord } from "../tills/port.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";
import { lastWords } from "./last-words.ts";

const MINUTE_MS = 60_000;
const MAX_VERSIONS = 50;
const MISSING_NAMED = 50;
const tillParams = z.object({ device: z.string().min(1).max(64) });
type TillParams = z.output<typeof tillParams>;

/** What the audit log keeps of a till. */
const tillTrail = {
  subject: "till",
  id: ({ params }: { readonly params: TillParams }) => params.device,
  state: async (tx: ReadTransaction, { params }: { readonly params: TillParams }) => {
    const device = await tx.device(idOf<"Device">(params.device));
    return device === null ? null : { name: device.name, revokedAt: device.revokedAt };
  },
};

export const TILL_CALLS = {
  tills: hqCall({
    method: "GET",
    path: "/hq/v1/tills",
    summary: "The tills, and how they are",
    words: "Searched, filtered, sorted and paged here: there may be tens of thousands.",
    right: "tills.read",
    reach: "filtered",
    params: null,
    query: tillsQuerySchema,
    body: null,
    answer: tillsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  till: hqCall({
    method: "GET",
    path: "/hq/v1/tills/:device",
    summary: "One till: its health, how far it has read each feed, and the log that it was asked for",
    right: "tills.read",
    reach: "filtered",
    params: tillParams,
    query: null,
    body: null,
    answer: tillDetailSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  renameTill: hqCall({
    method: "PUT",
    path: "/hq/v1/tills/:device",
    summary: "Call a till by another name",
    right: "tills.manage",
    reach: "filtered",
    params: tillParams,
    query: null,
    body: renameTillSchema,
    answer: tillRowSchema,
    refusals: ["notFound"],
    trail: tillTrail,
  }),
  restoreTill: hqCall({
    method: "POST",
    path: "/hq/v1/tills/:device/restore",
    summary: "Let a till that was revoked go on",
    words:
      "It goes on with its key, its register and its receipt numbers, and sends what it has kept since. It hears of it within five minutes.",
    right: "tills.manage",
    reach: "filtered",
    params: tillParams,
    query: null,
    body: null,
    answer: tillRowSchema,
    refusals: ["notFound"],
    trail: tillTrail,
  }),
  replaceTill: hqCall({
    method: "POST",
    path: "/hq/v1/tills/:device/take-over",
    summary: "Make a code by which another machine takes a till's register over, once and soon",
    words:
      "The machine goes on with the register, its receipt numbers and its day, with a key of its own. The one before is revoked by it; what it had not sent is kept aside when it sends it.",
    right: "tills.manage",
    reach: "filtered",
    params: tillParams,
    query: null,
    body: null,
    answer: pairAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: { subject: "till", id: ({ params }) => params.device },
  }),
  diagnoseTill: hqCall({
    method: "POST",
    path: "/hq/v1/tills/:device/diagnose",
    summary: "Ask a till how it is, with the newest lines of its log",
    words: "It is woken if it is connected, else asked as it connects. What it says is in its `log`.",
    right: "tills.diagnose",
    reach: "filtered",
    params: tillParams,
    query: null,
    body: null,
    answer: tillDetailSchema,
    refusals: ["notFound"],
    trail: { subject: "till", id: ({ params }) => params.device },
  }),
  adoption: hqCall({
    method: "GET",
    path: "/hq/v1/adoption",
    summary: "How many tills have a change",
    words: "Of the tills that get the feed. Tills say it within a second after they have read it.",
    right: "stores.read",
    reach: "filtered",
    params: null,
    query: adoptionQuerySchema,
    body: null,
    answer: adoptionAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
};

/** The tills at HQ (protocol/hq/tills.ts). */
export function registerTillsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { tills, till, renameTill, restoreTill, replaceTill, diagnoseTill, adoption } = TILL_CALLS;
  serve(app, deps, tills, async ({ query, asker }) => {
    await lastWords(deps);
    return deps.storage.read((tx) => listOf(tx, { query, asker, now: deps.now() }));
  });
  serve(app, deps, till, async ({ params, asker }) => {
    await lastWords(deps);
    return deps.storage.read((tx) => detailOf(tx, { device: params.device, asker, now: deps.now() }));
  });
  serve(app, deps, renameTill, ({ params, body, asker }) =>
    deps.storage.write(async (tx) => {
      const { device } = await ownTill(tx, asker, params.device);
      await tx.renameTill(device.id, body.name);
      return rowOf(await ownTill(tx, asker, device.id), deps.now());
    }),
  );
  serve(app, deps, restoreTill, ({ params, asker }) =>
    deps.publisher.publish(async (publication) => {
      const { device } = await ownTill(publication.tx, asker, params.device);
      await publication.tx.restoreTill(device.id);
      await publishTillKey(publication, device.publicKey);
      return rowOf(await ownTill(publication.tx, asker, device.id), publication.at);
    }),
  );
  serve(app, deps, replaceTill, async ({ params, asker }) => {
    const { device } = await deps.storage.read((tx) => ownTill(tx, asker, params.device));
    const code = await deps.takingOver.makeCode(device.id);
    if (code === null) throw new Refusal("conflict", "The store of this till is closed.");
    return code;
  });
  serve(app, deps, diagnoseTill, async ({ params, asker }) => {
    const { device } = await deps.storage.read((tx) => ownTill(tx, asker, params.device));
    await deps.health.wantLog(device.id);
    return deps.storage.read((tx) => detailOf(tx, { device: device.id, asker, now: deps.now() }));
  });
  serve(app, deps, adoption, async ({ query, asker }) => {
    await lastWords(deps);
    return deps.storage.read((tx) => adoptionOf(tx, { query, asker, now: deps.now() }));
  });
}

async function listOf(
  tx: ReadTransaction,
  {
    query,
    asker,
    now,
  }: { readonly query: z.output<typeof tillsQuerySchema>; readonly asker: Asker; readonly now: Instant },
): Promise<z.input<typeof tillsAnswerSchema>> {
  const store = query.store === undefined ? null : await ownStoreCalled(tx, asker, query.store);
  const { search, silentMinutes, sort, order, offset, limit } = query;
  const found = await tx.tills({
    stores: store === null ? asker.stores : [store.store],
    search,
    state: query.state ?? null,
    version: query.version ?? null,
    silentBefore: silentMinutes === undefined ? null : instant(now - silentMinutes * MINUTE_MS),
    hasUnsent: query.unsent === true,
    hasTrouble: query.trouble === true,
    clockOffBy: query.clockOff === true ? CLOCK_SLACK_MS : null,
    sort,
    descending: order === "down",
    offset,
    limit,
    inTouchSince: instant(now - IN_TOUCH_MS),
  });
  const versions = await tx.tillVersions(asker.stores);
  return {
    tills: found.tills.map((till) => rowOf(till, now)),
    knocks: await knocksFor(tx, asker, now),
    total: found.total,
    versions: versions.slice(0, MAX_VERSIONS).map((each) => ({ ...each })),
  };
}

/** A store that nobody knows is nobody's but of those who reach all. */
async function knocksFor(
  tx: ReadTransaction,
  asker: Asker,
  now: Instant,
): Promise<z.input<typeof knockSchema>[]> {
  const knocks = await tx.knocks(now);
  const own = knocks.filter(({ store }) => reachesStore(asker.stores, store));
  if (own.length === 0) return [];
  const stores = await tx.storesOf(own.map(({ store }) => store));
  return own.map(({ device, store, storeCode, name, register, at, ...knock }) => {
    const here = stores.get(store);
    const state = knockState(knock, here !== undefined);
    return { id: device, name, store: here?.code ?? storeCode, register, state, at };
  });
}

async function detailOf(
  tx: ReadTransaction,
  { device: id, asker, now }: { readonly device: string; readonly asker: Asker; readonly now: Instant },
): Promise<z.input<typeof tillDetailSchema>> {
  const till = await ownTill(tx, asker, id);
  const { device } = till;
  const replicas: z.input<typeof tillDetailSchema>["replicas"] = [];
  for (const { collection, feed, seq } of await tx.feedsReached(device.id))
    replicas.push({ collection, feed, reached: seq, head: await tx.collectionHead({ feed, collection }) });
  const log = await tx.tillLog(device.id);
  const { seq } = await tx.chainHead({ store: device.store, device: device.id, epoch: device.epoch });
  return {
    till: rowOf(till, now),
    acknowledged: seq,
    replicas,
    log: log === null ? null : { ...log, lines: [...log.lines] },
  };
}

/** A till of a store that whoever asks reaches; of another they learn not even that it is there. */
async function ownTill(tx: ReadTransaction, asker: Asker, id: DeviceId | string): Promise<TillRecord> {
  const till = await tx.till(idOf<"Device">(id));
  if (till === null || !reachesStore(asker.stores, till.device.store))
    throw new Refusal("notFound", "There is no such till.");
  return till;
}

async function adoptionOf(
  tx: ReadTransaction,
  {
    query,
    asker,
    now,
  }: { readonly query: z.output<typeof adoptionQuerySchema>; readonly asker: Asker; readonly now: Instant },
): Promise<z.input<typeof adoptionAnswerSchema>> {
  const { feed } = query;
  const collection: ReplicaCollection | null = query.collection ?? collectionOfFeed(feed);
  if (collection === null) throw new Refusal("notFound", "There is no such feed.");
  const stores: readonly StoreId[] = storesOfFeed(await tx.stores(), { feed, collection })
    .map(({ store }) => store)
    .filter((store) => reachesStore(asker.stores, store));
  const seq = query.seq ?? (await tx.feedHead(feed)).head;
  const { tills, have, missing } = await tx.adoption({ stores, feed, collection, seq, limit: MISSING_NAMED });
  return {
    feed,
    collection,
    seq,
    tills,
    have,
    missing: missing.map(({ device, storeCode }) => ({
      id: device.id,
      name: device.name,
      store: storeCode,
      register: device.register,
      state: stateOf(device, now),
      lastSeenAt: device.lastSeenAt,
    })),
  };
}

function stateOf({ revokedAt, lastSeenAt }: TillRecord["device"], now: Instant): TillStateName {
  if (revokedAt !== null) return "revoked";
  if (lastSeenAt === null) return "never";
  return now - lastSeenAt <= IN_TOUCH_MS ? "inTouch" : "silent";
}

function rowOf(
  { device, storeCode, storeName, health }: TillRecord,
  now: Instant,
): z.input<typeof tillRowSchema> & TillRow {
  const { id, name, register, epoch, lastSeenAt, revokedAt, letInAt, clockOffsetMs, version } = device;
  return {
    id,
    name,
    store: storeCode,
    storeName,
    register,
    epoch,
    state: stateOf(device, now),
    lastSeenAt,
    revokedAt,
    letInAt,
    clockOffsetMs,
    version,
    health: health === null ? null : { saidAt: health.at, ...health.said },
  };
}
