import type { Customer } from "#domain/customer/customer.ts";
import { type Instant, instant } from "#domain/ids.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import { newDay } from "#domain/shift/day-state.ts";
import {
  REPLICA_COLLECTIONS,
  type ReplicaCollection,
  replicaCollectionSchema,
} from "#protocol/documents/collections.ts";
import { enrolRequestSchema, type TakenOver } from "#protocol/sync/enrol.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import { pushRequestSchema } from "#protocol/sync/journal.ts";
import { letInRequestSchema, letInWish } from "#protocol/sync/letting-in.ts";
import { newerRequestSchema } from "#protocol/sync/newer.ts";
import { ownJournalQuerySchema } from "#protocol/sync/own-journal.ts";
import { type Page, pagesRequestSchema } from "#protocol/sync/pages.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { sha256Hex } from "../journal/journal.ts";
import { FakeBooks } from "./fake-books.ts";
import { FakeClock } from "./fake-clock.ts";
import { euros } from "./shop-fixture.ts";
import { WakeStreams } from "./wake-streams.ts";

/** Where the made-up server is; nothing of it ever reaches a network. */
export const SERVER = "http://server.test";
export const PAIRING_CODE = "ABCD-2345";
/** Of the register that another machine had before. */
export const REGISTER_CODE = "WXYZ-6789";

export type Call =
  | "enrol"
  | "replica"
  | "snapshot"
  | "journal"
  | "changes"
  | "health"
  | "pictures"
  | "personal-key"
  | "certificate"
  | "let-in"
  | "newer"
  | "pages"
  | "customers";

/** One call as it arrived. */
export interface Ask {
  readonly call: Call;
  /** The collection or picture that was asked for; empty for calls that name none. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Answer = (ask: Ask) => Response | Promise<Response>;

/** Nobody answers, ever. */
export const NEVER: Answer = () => new Promise<Response>(() => undefined);

export function refusal(
  status: number,
  reason: ErrorBody["reason"],
  details: readonly string[] = [],
): Response {
  return Response.json({ reason, message: "No.", details: [...details] } satisfies ErrorBody, { status });
}

/** The version in which a server began to name what is applied. */
const NAMES_ENTRIES_FROM = 4;

/**
 * A sync server without a network, as the protocol says it behaves, that does otherwise when told to: it may be down, hang, cut its answers
 * off, answer anything at all.
 */
export class FakeServer {
  readonly books = new FakeBooks();
  readonly clock = new FakeClock();
  readonly streams = new WakeStreams();
  readonly asks: Ask[] = [];
  readonly pictures = new Map<string, { readonly mime: string; readonly bytes: Uint8Array<ArrayBuffer> }>();
  /** Rows of one answer to a pull at most, whatever the till asks for. */
  pageSize = 500;
  /** Whom the till's store does not hold, by their ids. */
  readonly customersElsewhere = new Map<string, Customer>();
  /** Refuses every call of this till, in these words. */
  refusing: { readonly status: number; readonly reason: ErrorBody["reason"] } | null = null;
  /** What it lends the till for what it tells of customers; null: a server of before there was one. */
  personalKey: Uint8Array | null = new Uint8Array(32).fill(5);
  /** False: a server of before a till could ask for all of its collections at once. */
  knowsNewer = true;
  /** False: a server of before several collections could be pulled at once. */
  knowsPages = true;
  /** False: a server of before a till could ask for its own entries. */
  knowsOwnJournal = true;
  /** What it gives the till for a server that went back; null: a server of before there was that. */
  certificate: string | null = "pairing.signed";
  /** It went back to a time before this till: it answers `unauthorised` until the till shows its certificate. */
  forgotTill = false;
  /** As what it lets the till in that it forgot. */
  letsInAs: "till" | "aside" = "till";
  /** How far the server's own clock is ahead of the till's, milliseconds. */
  clockAheadMs = 0;
  /** Where the machine left the register that the till takes over. */
  leftOff: TakenOver = {
    nextReceipt: 42,
    previous: { epoch: 3, seq: 7, hash: "7".repeat(64) },
    day: newDay({ number: 5, grandTotal: euros(12_345), kept: [] }),
  };
  #down = false;
  readonly #next = new Map<Call, Answer[]>();
  readonly #always = new Map<Call, Answer>();
  readonly #listeners = new Set<() => void>();

  /** Nobody is there any more, and streams break. */
  goDown(): void {
    this.#down = true;
    this.streams.cut();
  }

  comeBack(): void {
    this.#down = false;
  }

  /** Answers the next call of its kind in place of the server; several are answered in turn. */
  answerNext(call: Call, ...answers: readonly Answer[]): void {
    this.#next.set(call, [...(this.#next.get(call) ?? []), ...answers]);
  }

  /** Answers every call of its kind in place of the server, until told otherwise. */
  answerAlways(call: Call, answer: Answer | null): void {
    if (answer === null) this.#always.delete(call);
    else this.#always.set(call, answer);
  }

  asksOf(call: Call, name?: string): readonly Ask[] {
    return this.asks.filter((ask) => ask.call === call && (name === undefined || ask.name === name));
  }

  /** Resolves once so many calls of a kind have arrived, from the beginning. */
  asked(call: Call, count: number, name?: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.asksOf(call, name).length < count) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const signal = init?.signal ?? null;
    if (this.#down) throw new TypeError("fetch failed");
    const ask = readAsk(new URL(String(input)), init);
    const scripted = this.#next.get(ask.call)?.shift() ?? this.#always.get(ask.call);
    const answer = scripted ?? ((asked: Ask) => this.answer(asked, signal));
    this.asks.push(ask);
    for (const listener of [...this.#listeners]) listener();
    return untilAborted(Promise.resolve(answer(ask)), signal);
  };

  /** What the protocol says, by the version of which this server is. */
  answer(ask: Ask, signal: AbortSignal | null = null): Response {
    const answer = this.#answerTo(ask, signal);
    const version = this.books.namesEntries ? PROTOCOL_VERSION : NAMES_ENTRIES_FROM - 1;
    answer.headers.set(PROTOCOL_HEADER, String(version));
    return answer;
  }

  #answerTo(ask: Ask, signal: AbortSignal | null): Response {
    const { refusing } = this;
    if (refusing !== null) return refusal(refusing.status, refusing.reason);
    if (this.forgotTill && ask.call !== "let-in") return refusal(401, "unauthorised");
    switch (ask.call) {
      case "certificate":
        return this.certificate === null
          ? refusal(404, "notFound")
          : Response.json({ certificate: this.certificate });
      case "let-in":
        return this.#letIn(ask);
      case "enrol":
        return this.#enrol(ask);
      case "replica":
        return this.#pull(ask);
      case "snapshot":
        return snapshotOf(this.snapshotLines(replicaCollectionSchema.parse(ask.name)));
      case "journal":
        if (ask.body === null) return this.#ownJournal(ask);
        return Response.json(this.books.take(pushRequestSchema.parse(ask.body).entries, this.#time()));
      case "changes":
        return this.streams.open(signal);
      case "personal-key":
        return this.personalKey === null
          ? refusal(404, "notFound")
          : Response.json({ key: Buffer.from(this.personalKey).toString("base64url") });
      case "newer":
        return this.knowsNewer ? this.#newer(ask) : refusal(404, "notFound");
      case "pages":
        return this.knowsPages ? this.#pages(ask) : refusal(404, "notFound");
      case "customers": {
        const rows = this.books.rowsAfter("customers", 0);
        const found = rows.find((row) => !row.deleted && row.id === ask.name);
        const more = this.customersElsewhere.get(ask.name);
        const customer = found === undefined || found.deleted ? more : found.data;
        return customer === undefined ? refusal(404, "notFound") : Response.json({ customer });
      }
      case "health":
        return Response.json({ wantsLog: false });
      case "pictures": {
        const picture = this.pictures.get(ask.name);
        if (picture === undefined) return refusal(404, "notFound");
        return new Response(picture.bytes, { headers: { "content-type": picture.mime } });
      }
    }
  }

  /** A snapshot line by line: head, rows, foot. */
  snapshotLines(collection: ReplicaCollection): readonly string[] {
    const rows = this.books.rowsAfter(collection, 0).filter((row) => !row.deleted);
    const head = {
      kind: "head",
      count: rows.length,
      checkpoint: checkpointAt(this.books.head),
      applied: this.books.applied,
      serverTime: this.#time(),
    };
    const lines = [head, ...rows.map(({ seq: _, ...row }) => row), { kind: "foot", count: rows.length }];
    return lines.map((line) => `${JSON.stringify(line)}\n`);
  }

  #time(): Instant {
    return instant(this.clock.now() + this.clockAheadMs);
  }

  #pull({ name, query }: Ask): Response {
    const { books } = this;
    const after = readSeq(query.get("after"));
    if (after > books.head) return refusal(410, "checkpointExpired");
    const limit = Math.min(Number(query.get("limit")), this.pageSize);
    const page = this.#page(replicaCollectionSchema.parse(name), after, limit);
    return Response.json({ ...page, serverTime: this.#time() });
  }

  #page(collection: ReplicaCollection, after: number, limit: number): Page {
    const { books } = this;
    const rows = books.rowsAfter(collection, after);
    const some = rows.slice(0, limit);
    const caughtUp = some.length === rows.length;
    return {
      documents: some.map(({ seq: _, ...row }) => row),
      checkpoint: checkpointAt(caughtUp ? books.head : (some.at(-1)?.seq ?? after)),
      caughtUp,
      applied: books.applied,
    };
  }

  #pages({ body }: Ask): Response {
    const { checkpoints } = pagesRequestSchema.parse(body);
    const pages = REPLICA_COLLECTIONS.flatMap((collection) => {
      const after = readSeq(checkpoints[collection] ?? null);
      return collection in checkpoints && after <= this.books.head
        ? [[collection, this.#page(collection, after, this.pageSize)] as const]
        : [];
    });
    return Response.json({ pages: Object.fromEntries(pages), serverTime: this.#time() });
  }

  #newer({ body }: Ask): Response {
    const { books } = this;
    const { checkpoints } = newerRequestSchema.parse(body);
    const upToDate = REPLICA_COLLECTIONS.filter((collection) => {
      const after = readSeq(checkpoints[collection] ?? null);
      return (
        collection in checkpoints && after <= books.head && books.rowsAfter(collection, after).length === 0
      );
    });
    const at = checkpointAt(books.head);
    return Response.json({
      upToDate: Object.fromEntries(upToDate.map((collection) => [collection, at])),
      applied: books.applied,
      serverTime: this.#time(),
    });
  }

  #ownJournal({ query }: Ask): Response {
    if (!this.knowsOwnJournal) return refusal(404, "notFound");
    const before = ownJournalQuerySchema.parse(Object.fromEntries(query));
    const entries = this.books.entries.filter((entry) => isAfter(before, entry)).reverse();
    return Response.json({ entries: entries.slice(0, this.pageSize), serverTime: this.#time() });
  }

  #letIn({ body, headers }: Ask): Response {
    const { certificate, signature, lost = false } = letInRequestSchema.parse(body);
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
    const wish = letInWish({ certificate, tokenHash: sha256Hex(token), lost });
    if (certificate !== this.certificate || !this.books.signed(wish, signature))
      return refusal(403, "forbidden");
    this.forgotTill = false;
    return Response.json({ as: this.letsInAs, epoch: this.books.epoch, serverTime: this.#time() });
  }

  #enrol({ body }: Ask): Response {
    const { books } = this;
    const asked = enrolRequestSchema.parse(body);
    if (asked.kind === "pair") {
      if (asked.code.replace("-", "") !== PAIRING_CODE.replace("-", "")) return refusal(404, "codeUnknown");
      books.publicKey = asked.publicKey;
    } else if (asked.kind === "takeOver") {
      if (asked.code.replace("-", "") !== REGISTER_CODE.replace("-", "")) return refusal(404, "codeUnknown");
      books.publicKey = asked.publicKey;
      books.epoch = 4;
    } else {
      if (!books.wishedFor(asked.epoch, asked.signature)) return refusal(403, "forbidden");
      books.epoch = Math.max(books.epoch, asked.epoch) + 1;
    }
    const isLost = asked.kind === "nextEpoch" && asked.lost === true;
    return Response.json({
      device: books.device,
      epoch: books.epoch,
      token: asked.kind === "nextEpoch" ? null : "secret-token-of-this-till",
      store: books.store,
      storeCode: "BER1",
      storeName: "Kreuzberg",
      register: 3,
      serverTime: this.#time(),
      protocol: PROTOCOL_VERSION,
      ...(asked.kind === "nextEpoch" ? books.knownOf(asked) : {}),
      ...(asked.kind === "takeOver" || isLost ? { takenOver: this.leftOff } : {}),
    });
  }
}

/** A snapshot as it travels, in the pieces given. */
export function snapshotOf(pieces: readonly string[]): Response {
  return new Response(pieces.join(""), { headers: { "content-type": "application/x-ndjson" } });
}

export function checkpointAt(seq: number): string {
  return `@${seq}`;
}

function readSeq(checkpoint: string | null): number {
  return Number(/^@(\d+)$/.exec(checkpoint ?? "")?.[1] ?? "0");
}

function readAsk({ pathname, searchParams }: URL, init: RequestInit | undefined): Ask {
  const parts =
    /^\/sync\/v1\/(enrol|replica|snapshot|journal|changes|health|pictures|personal-key|newer|pages|certificate|let-in|customers)(?:\/([^/]+))?$/.exec(
      pathname,
    );
  if (parts === null) throw new Error(`the protocol has no ${pathname}`);
  return {
    call: parts[1] as Call,
    name: parts[2] ?? "",
    query: searchParams,
    headers: new Headers(init?.headers),
    body: typeof init?.body === "string" ? JSON.parse(init.body) : null,
  };
}

function untilAborted<T>(answer: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (signal === null) return answer;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException("aborted", "AbortError"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    answer.then(resolve, reject);
  });
}
