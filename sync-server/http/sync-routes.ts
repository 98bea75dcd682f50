import { PassThrough } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { placeOfAddress } from "#domain/access/sign-in-pace.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { REPLICA_COLLECTIONS, replicaCollectionSchema } from "#protocol/documents/collections.ts";
import { readAs } from "#protocol/later.ts";
import { imageHashSchema } from "#protocol/scalars.ts";
import { balanceRequestSchema } from "#protocol/sync/balances.ts";
import { type EnrolRequest, enrolRequestSchema } from "#protocol/sync/enrol.ts";
import { type HealthAnswer, healthSchema } from "#protocol/sync/health.ts";
import {
  laterPushRequestSchema,
  MAX_PUSH_BYTES,
  type PushAnswer,
  pushRequestSchema,
} from "#protocol/sync/journal.ts";
import { leaseRequestSchema } from "#protocol/sync/leases.ts";
import { type CertificateAnswer, type LetInAnswer, letInRequestSchema } from "#protocol/sync/letting-in.ts";
import { type NewerAnswer, newerRequestSchema } from "#protocol/sync/newer.ts";
import { type OwnJournalAnswer, ownJournalQuerySchema } from "#protocol/sync/own-journal.ts";
import { pagesRequestSchema } from "#protocol/sync/pages.ts";
import { pointsRequestSchema } from "#protocol/sync/points.ts";
import { type FoundPurchases, findPurchasesSchema } from "#protocol/sync/purchases.ts";
import { replicaQuerySchema } from "#protocol/sync/replica.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import { begunFor, takenFor } from "../sync/older-tills.ts";
import { ownJournal } from "../sync/own-journal.ts";
import { appliedFor, isLong, type PageAsk } from "../sync/pull.ts";
import { WaitingRoom } from "../sync/waiting-room.ts";
import { lendKey } from "../tills/lent-keys.ts";
import {
  askedNewer,
  askedPages,
  askingDevice,
  askingDeviceIn,
  askingInStore,
  askingTillOrFormer,
  isLaterTill,
  storeGone,
  tokenOf,
  versionOf,
} from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import {
  CODES_PER_MINUTE,
  guessingTill,
  LOOK_UPS_PER_MINUTE,
  LookUpPace,
  type LookUpPaces,
} from "./look-up-pace.ts";
import { patientWrite } from "./patient-write.ts";
import { keepText, type ReadsJson } from "./read-json.ts";
import type { RestingLines } from "./resting-lines.ts";
import { sendPicture } from "./send-picture.ts";
import type { ShopParts } from "./shop-routes.ts";
import { storedMember } from "./stored-member.ts";
import { readTillsAlone, STRANGERS_BYTES } from "./strangers.ts";
import { registerTillCasesRoutes } from "./till-cases-routes.ts";
import { registerTillShopRoutes } from "./till-shop-routes.ts";
import { validated, validatorOf } from "./validate.ts";
import { type Listening, openWakeStream } from "./wake-stream.ts";
import { WrongGuesses } from "./wrong-guesses.ts";

const collectionParams = z.object({ collection: replicaCollectionSchema });
const pictureParams = z.object({ hash: imageHashSchema });
/** Pairing codes tried from one address in a minute: a person mistypes a few times, a guesser needs billions. */
const ENROLS_PER_MINUTE = 10;

/** How machines ask that are no till yet. */
const ofStrangers = () => ({
  config: { rateLimit: { max: ENROLS_PER_MINUTE, timeWindow: 60_000 } },
  bodyLimit: STRANGERS_BYTES,
});

/** A snapshot with its whole log. */
const MAX_HEALTH_BYTES = 256 * 1024;
/** Of one collection, where several are pulled by one call: more is pulled by itself. */
const LITTLE_DOCUMENTS = 40;
/** Some twenty sales. */
const LONG_PUSH_CHARS = 64 * 1024;
/** Of long pushes so much is read and taken in at the same time, or two of any length: while some five hundred sales are booked as many are checked. */
const LONG_PUSHES_CHARS = 2 * 1024 * 1024;

/**
 * What tills ask most often. What helmet says to browsers is nothing to them, and would be more bytes than most answers; a long page is packed where it is made, once for all who
 * get it.
 */
const ASKED_OFTEN = { helmet: false, compress: false } as const;

/** The calls of DESIGN.md section 5. */
export function registerSyncRoutes(
  app: FastifyInstance,
  deps: ServerDeps,
  { shop, lines }: { readonly shop: ShopParts; readonly lines: RestingLines },
): void {
  const paces: LookUpPaces = {
    codes: new LookUpPace(CODES_PER_MINUTE, deps.now),
    lookUps: new LookUpPace(LOOK_UPS_PER_MINUTE, deps.now),
    guesses: new WrongGuesses(deps),
  };
  const { codes, lookUps, guesses } = paces;
  readTillsAlone(app, deps);
  app.post("/sync/v1/enrol", ofStrangers(), (request) => enrol(deps, guesses, request));
  app.post("/sync/v1/let-in", ofStrangers(), (request) => letIn(deps, request));
  app.get("/sync/v1/certificate", async (request): Promise<CertificateAnswer> => {
    return { certificate: await deps.lettingIn.certificate(await askingDevice(request, deps)) };
  });
  app.get("/sync/v1/replica/:collection", ASKED_OFTEN, (request, reply) =>
    pull({ deps, lines }, request, reply),
  );
  app.post("/sync/v1/pages", ASKED_OFTEN, (request, reply) => pages(deps, request, reply));
  app.post("/sync/v1/newer", ASKED_OFTEN, (request) => newer(deps, request));
  app.get("/sync/v1/snapshot/:collection", (request, reply) => snapshot(deps, request, reply));
  void app.register(async (journals) => {
    const long = new WaitingRoom(LONG_PUSHES_CHARS);
    const read = keepText(journals);
    journals.post("/sync/v1/journal", { ...ASKED_OFTEN, bodyLimit: MAX_PUSH_BYTES }, (request, reply) =>
      push({ deps, long, read }, request, reply),
    );
  });
  app.get("/sync/v1/journal", (request) => journalOfAsking(deps, request));
  app.post("/sync/v1/leases", async (request) =>
    deps.leases.decide(await askingDevice(request, deps), validated(leaseRequestSchema, request.body)),
  );
  app.post("/sync/v1/purchases", async (request): Promise<FoundPurchases> => {
    lookUps.count(await askingDevice(request, deps));
    return { standings: [...(await deps.returns.find(validated(findPurchasesSchema, request.body)))] };
  });
  app.post("/sync/v1/balances", async (request) => {
    const device = await askingDevice(request, deps);
    codes.count(device);
    const { code } = validated(balanceRequestSchema, request.body);
    return guesses.counted(
      guessingTill(device),
      () => deps.credits.balance(code),
      ({ balance }) => balance === null,
    );
  });
  app.post("/sync/v1/points", async (request) => {
    lookUps.count(await askingDevice(request, deps));
    return deps.loyalty.ofTill(validated(pointsRequestSchema, request.body).customer);
  });
  app.get("/sync/v1/personal-key", async (request) =>
    lendKey(deps.storage, (await askingDevice(request, deps)).id),
  );
  app.post("/sync/v1/health", { bodyLimit: MAX_HEALTH_BYTES }, (request) => health(deps, request));
  // What helmet says would be kept for each till as long as its stream is open.
  app.get("/sync/v1/changes", { helmet: false }, (request, reply) => changes(deps, request, reply));
  app.get("/sync/v1/pictures/:hash", (request, reply) => picture(deps, request, reply));
  registerTillShopRoutes(app, deps, shop, paces);
  registerTillCasesRoutes(app, deps, paces);
}

async function enrol(deps: ServerDeps, guesses: WrongGuesses, request: FastifyRequest): Promise<unknown> {
  const asked = validated(enrolRequestSchema, request.body);
  if (asked.kind === "nextEpoch") return enrolled(deps, request, asked);
  const guesser = { who: `enrol:${placeOfAddress(request.ip)}`, perMinute: ENROLS_PER_MINUTE };
  return guesses.counted(guesser, () => enrolled(deps, request, asked));
}

async function enrolled(deps: ServerDeps, request: FastifyRequest, asked: EnrolRequest): Promise<unknown> {
  if (asked.kind === "nextEpoch") {
    const device = await askingDevice(request, deps);
    const begun = await deps.enrolment.nextEpoch(device, asked);
    if (!begun.ok)
      throw new Refusal("forbidden", "The next epoch was not asked for by this till's key.", [begun.reason]);
    return begunFor(begun.value, versionOf(request));
  }
  const paired = await (asked.kind === "pair" ? deps.enrolment.pair(asked) : deps.takingOver.takeOver(asked));
  if (paired.ok) return paired.value;
  switch (paired.reason) {
    case "codeUnknown":
      throw new Refusal(
        "codeUnknown",
        "This pairing code is not known or was used already. Ask HQ for a new one.",
      );
    case "codeExpired":
      throw new Refusal("codeExpired", "This pairing code has expired. Ask HQ for a new one.");
    case "keyRevoked":
      throw new Refusal(
        "keyRevoked",
        "HQ has revoked this till. Start it on an empty folder, so that it makes a key of its own anew, and pair that.",
      );
    case "badPublicKey":
      throw new Refusal("badRequest", "The public key is no Ed25519 key.");
  }
}

/** A till that is not known shows that it was paired here (SPEC S4c). */
async function letIn(deps: ServerDeps, request: FastifyRequest): Promise<LetInAnswer> {
  const asked = validated(letInRequestSchema, request.body);
  const decided = await deps.lettingIn.letIn(asked, tokenOf(request));
  if (decided.ok) return decided.value;
  switch (decided.reason) {
    case "revoked":
      throw new Refusal("deviceRevoked", "HQ has revoked this till.");
    case "storeUnknown":
      throw new Refusal("forbidden", "This till's store does not exist here.", [decided.reason]);
    case "journalLost":
      throw new Refusal(
        "forbidden",
        "This till lost its journal, and this server went back to a time before it. Pair it anew on an empty folder.",
        [decided.reason],
      );
    case "notOurs":
      throw new Refusal("forbidden", "This till was not paired with this shop.", [decided.reason]);
  }
}

async function storeIn(tx: ReadTransaction, device: Pick<DeviceRecord, "store">): Promise<StoreSettings> {
  const store = await tx.store(device.store);
  if (store === null) throw storeGone();
  return store;
}

/** Named by itself, and not refused (`q=0`; RFC 9110, 12.4.2). */
const ACCEPTED = { gzip: namedAs("gzip"), "application/gzip": namedAs("application/gzip") } as const;

function namedAs(name: string): RegExp {
  return new RegExp(String.raw`(?:^|[\s,])${name}(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?:\s*[,;]|\s*$)`);
}

function accepts(header: string | readonly string[] | undefined, name: keyof typeof ACCEPTED): boolean {
  return ACCEPTED[name].test(String(header ?? ""));
}

async function pull(
  { deps, lines }: { readonly deps: ServerDeps; readonly lines: RestingLines },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [pulled] = await askedPages(request, () => [pageAsked(request)], deps);
  if (pulled === undefined) throw storeGone();
  const { page } = pulled;
  if (!page.ok) {
    if (page.reason === "badCheckpoint")
      throw new Refusal("badRequest", "This checkpoint was not written by this server.");
    throw new Refusal("checkpointExpired", "This checkpoint is too old. Take a fresh snapshot.");
  }
  const { documentsJson, packed, checkpoint, caughtUp, serverTime } = page.value;
  const applied = appliedFor(page.value.applied, versionOf(request));
  // The documents are JSON text already: parsing and writing them again would cost more than reading them.
  const rest = JSON.stringify({ checkpoint, caughtUp, applied, serverTime });
  void reply.type("application/json; charset=utf-8").header("vary", "accept-encoding");
  // What each till asks once a minute, of a collection in turn, by a line of its own: it has nothing more to ask before the next.
  if (documentsJson === "" && lines.isBestClosed(request.raw.socket))
    void reply.header("connection", "close");
  if (packed === null || !accepts(request.headers["accept-encoding"], "gzip"))
    return reply.send(`{"documents":[${documentsJson}],${rest.slice(1)}`);
  const end = storedMember(`,${rest.slice(1)}`);
  return reply.header("content-encoding", "gzip").send(Buffer.concat([packed, end]));
}

function pageAsked({ params, query }: FastifyRequest): PageAsk {
  return { ...validated(collectionParams, params), ...validated(replicaQuerySchema, query) };
}

function pagesAsked(request: FastifyRequest): readonly PageAsk[] {
  const asked = readAs(pagesRequestSchema, request.body, isLaterTill(request));
  if (asked.read === "not") throw new Refusal("badRequest", "This names no checkpoints of collections.");
  const { checkpoints } = asked.data;
  return REPLICA_COLLECTIONS.flatMap((collection) => {
    const after = checkpoints[collection];
    return after === undefined ? [] : [{ collection, after, limit: LITTLE_DOCUMENTS, onlyShort: true }];
  });
}

/** What a wake-up names, which is little and of several collections (SPEC S39a). */
async function pages(deps: ServerDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const pulled = await askedPages(request, () => pagesAsked(request), deps);
  const version = versionOf(request);
  const written = pulled.flatMap(({ collection, page }) => {
    if (!page.ok || isLong(page.value)) return [];
    const { documentsJson, checkpoint, caughtUp } = page.value;
    const applied = appliedFor(page.value.applied, version);
    const rest = JSON.stringify({ checkpoint, caughtUp, applied });
    return [`"${collection}":{"documents":[${documentsJson}],${rest.slice(1)}`];
  });
  void reply.type("application/json; charset=utf-8");
  return reply.send(`{"pages":{${written.join(",")}},"serverTime":${deps.now()}}`);
}

async function newer(deps: ServerDeps, request: FastifyRequest): Promise<NewerAnswer> {
  const checkpoints = () => {
    const asked = readAs(newerRequestSchema, request.body, isLaterTill(request));
    if (asked.read === "not") throw new Refusal("badRequest", "This names no checkpoints of collections.");
    return asked.data.checkpoints;
  };
  const answer = await askedNewer(request, checkpoints, deps);
  return { ...answer, applied: appliedFor(answer.applied, versionOf(request)) };
}

async function snapshot(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { device, store, collection } = await deps.storage.read(async (tx) => {
    const device = await askingDeviceIn(tx, request, deps);
    const { collection } = validated(collectionParams, request.params);
    return { device, collection, store: await storeIn(tx, device) };
  });
  const stream = new PassThrough();
  // A till unpacks it in larger pieces than what it calls by does (SPEC S44).
  void reply.header("vary", "accept");
  if (accepts(request.headers.accept, "application/gzip")) void reply.type("application/gzip").send(stream);
  else void reply.header("content-encoding", "gzip").type("application/x-ndjson").send(stream);
  const emit = (piece: Uint8Array) => patientWrite(stream, piece);
  try {
    await deps.snapshots.send({ device, store, collection, version: versionOf(request), emit });
    stream.end();
  } catch (error) {
    // Cut off without its foot: the till sees that it is not whole.
    stream.destroy(error instanceof Error ? error : new Error(String(error)));
  }
  return reply;
}

const pushed = validatorOf(pushRequestSchema);

interface Pushing {
  readonly deps: ServerDeps;
  readonly long: WaitingRoom;
  readonly read: ReadsJson;
}

/** A long one waits as text for its turn: tills that come back after days would be read all at once, in many times as much memory, and who sells now would wait behind them. */
async function push(
  { deps, long, read }: Pushing,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<PushAnswer> {
  const isLater = isLaterTill(request);
  const text = typeof request.body === "string" ? request.body : "";
  const take = async (asking: Awaited<ReturnType<typeof askingTillOrFormer>>) => {
    const body = await read(request, text);
    const { entries, keys } = isLater ? validated(laterPushRequestSchema, body) : pushed(body);
    if (asking.is === "former") return deps.takingOver.late(asking.machine, entries);
    const { device } = asking;
    const answer = await deps.ingestion.ingest(device, entries, keys, isLater);
    return takenFor(answer, { version: versionOf(request), storage: deps.storage, device, entries });
  };
  const asking = await askingTillOrFormer(request, deps);
  if (text.length <= LONG_PUSH_CHARS) return deps.selling.during(() => take(asking));
  const { turn, leave } = long.enter(Math.min(text.length, LONG_PUSHES_CHARS / 2));
  try {
    await Promise.race([turn, gone(reply)]);
    // It may have waited for minutes: HQ may have revoked it since, or another machine has its register.
    return await take(await askingTillOrFormer(request, deps));
  } finally {
    leave();
  }
}

/** What a till lost of its own journal (SPEC S4e). */
async function journalOfAsking(deps: ServerDeps, request: FastifyRequest): Promise<OwnJournalAnswer> {
  return deps.storage.read(async (tx) => {
    const device = await askingDeviceIn(tx, request, deps);
    const entries = await ownJournal(tx, device, validated(ownJournalQuerySchema, request.query));
    return { entries, serverTime: deps.now() };
  });
}

/** Rejects as whoever asked hangs up: a till that waited in vain sends the same again, and nobody is to read both. */
function gone({ raw }: FastifyReply): Promise<never> {
  return new Promise((_, left) => {
    const leave = () => left(new Refusal("badRequest", "Nobody waits for this answer any more."));
    if (raw.destroyed) leave();
    else raw.once("close", leave);
  });
}

async function health(deps: ServerDeps, request: FastifyRequest): Promise<HealthAnswer> {
  const device = await askingDevice(request, deps);
  const said = readAs(healthSchema, request.body, isLaterTill(request));
  if (said.read === "not") throw new Refusal("badRequest", "This is no word of how a till is.");
  return deps.health.said(device.id, said.data);
}

async function changes(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  openWakeStream(deps, reply, await listening(deps, request));
  return reply;
}

/** Apart from the stream that begins with it: what it lasts for would hold on to the request. */
async function listening(deps: ServerDeps, request: FastifyRequest): Promise<Listening> {
  const { device, store, tokenHash } = await askingInStore(request, deps);
  return { device: device.id, tokenHash, store };
}

async function picture(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await askingDevice(request, deps);
  const { hash } = validated(pictureParams, request.params);
  return sendPicture(deps, { hash, reply });
}
