import type { z } from "zod";
import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId, Sku } from "#domain/ids.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { type CustomerHistory, customerHistorySchema } from "#protocol/documents/history.ts";
import { readAs } from "#protocol/later.ts";
import {
  type ShareBasketAnswer,
  type SharedBasket,
  shareBasketAnswerSchema,
  sharedBasketSchema,
} from "#protocol/shop/basket.ts";
import { type AvailabilityAnswer, availabilityAnswerSchema } from "#protocol/shop/order.ts";
import { type BalanceAnswer, balanceAnswerSchema } from "#protocol/sync/balances.ts";
import {
  type CasePurchaseFound,
  type CasesFound,
  casePurchaseAnswerSchema,
  casesFoundSchema,
} from "#protocol/sync/cases.ts";
import {
  type CustomersFoundAnswer,
  customerFoundSchema,
  customersFoundSchema,
} from "#protocol/sync/customers.ts";
import { type EnrolAnswer, type EnrolRequest, enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type ErrorBody, errorBodySchema } from "#protocol/sync/error.ts";
import { type Health, type HealthAnswer, healthAnswerSchema } from "#protocol/sync/health.ts";
import { type PushAnswer, type PushRequest, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { type LeaseAnswer, type LeaseRequest, leaseAnswerSchema } from "#protocol/sync/leases.ts";
import {
  type CertificateAnswer,
  certificateAnswerSchema,
  type LetInAnswer,
  type LetInRequest,
  letInAnswerSchema,
} from "#protocol/sync/letting-in.ts";
import { type NewerAnswer, type NewerRequest, newerAnswerSchema } from "#protocol/sync/newer.ts";
import { type OwnJournalAnswer, ownJournalAnswerSchema } from "#protocol/sync/own-journal.ts";
import { type PagesAnswer, type PagesRequest, pagesAnswerSchema } from "#protocol/sync/pages.ts";
import { personalKeyAnswerSchema } from "#protocol/sync/personal-key.ts";
import { type PointsAnswer, pointsAnswerSchema } from "#protocol/sync/points.ts";
import { type FindPurchases, type FoundPurchases, foundPurchasesSchema } from "#protocol/sync/purchases.ts";
import {
  type ReceiptMailAnswer,
  type ReceiptMailRequest,
  receiptMailAnswerSchema,
} from "#protocol/sync/receipt-mails.ts";
import { type ReplicaAnswer, replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { PROGRAM_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION, VERSIONS_APART } from "#protocol/version.ts";
import type { CasesAsk, SharedLine } from "../ports.ts";
import type { Timers } from "./alarm.ts";
import { unpacked } from "./unpacked.ts";

/** A call, or the next piece of a stream, that takes longer than this counts as a broken connection; milliseconds. */
export const CALL_TIMEOUT_MS = 30_000;

const TOO_LARGE = 413;
/** A server of before there was the question says so. */
const NOT_UNDERSTOOD: ReadonlySet<ErrorBody["reason"]> = new Set(["badRequest", "notFound"]);
/** A text that is no code at all is no basket's either. */
const NO_SUCH_BASKET: ReadonlySet<ErrorBody["reason"]> = new Set([
  "badRequest",
  "notFound",
  "codeUnknown",
  "codeExpired",
]);

/** The server answered, and said no. */
export class ServerRefusal extends Error {
  readonly reason: ErrorBody["reason"];
  readonly status: number;
  /** What the reason is about, in words of the server's that a till may know. */
  readonly details: readonly string[];

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.reason = body.reason;
    this.details = body.details ?? [];
    this.status = status;
  }
}

/** The server could not be reached or its answer did not arrive whole. Everything may be tried again. */
export class Unreachable extends Error {}

/** Something answered that is no Onetill server. */
export class NotAServer extends Error {}

export interface ServerAddress {
  readonly server: string;
  readonly token: string | null;
}

/** The earliest version of the protocol that this till still works with. */
const EARLIEST_VERSION = Math.max(1, PROTOCOL_VERSION - VERSIONS_APART);

/** What a till talks to servers with. */
export interface Network {
  readonly fetch: typeof fetch;
  readonly timers: Timers;
  /** The till's clock: the server notes it beside its own. */
  readonly nowMs: () => number;
  /** Ends every call under way when the till closes. */
  readonly closing: AbortSignal;
  /** Of the program, told with each call. */
  readonly version: string;
}

interface Ask {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  /** Kinds of answer; left out: any. */
  readonly accept?: string;
}

/** Text that streams, of one kind. */
interface TextAsk {
  readonly path: string;
  readonly mime: string;
  /** It may come as a file of gzip, which is unpacked here (SPEC S44). */
  readonly mayBePacked?: boolean;
}

const NDJSON = "application/x-ndjson";
const GZIP = "application/gzip";

/** The calls of DESIGN.md section 5, from the till's end. Every answer is checked by its schema. */
export class ServerClient {
  readonly #address: ServerAddress;
  readonly #network: Network;
  #isLater = false;
  #serverVersion = 0;

  constructor(address: ServerAddress, network: Network) {
    this.#address = address;
    this.#network = network;
  }

  /** Whether the server that answered last speaks a later version of the protocol than this till. */
  get isLater(): boolean {
    return this.#isLater;
  }

  /** The version of the protocol that the server named as it answered last; 0 before it did, and where it named none. */
  get serverVersion(): number {
    return this.#serverVersion;
  }

  enrol(request: EnrolRequest): Promise<EnrolAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/enrol", body: request }, enrolAnswerSchema);
  }

  pull(ask: {
    readonly collection: ReplicaCollection;
    readonly after: string;
    readonly limit: number;
  }): Promise<ReplicaAnswer> {
    const query = new URLSearchParams({ after: ask.after, limit: String(ask.limit) });
    const path = `/sync/v1/replica/${ask.collection}?${query}`;
    return this.#json({ method: "GET", path }, replicaAnswerSchema);
  }

  /** Which of these a till need not pull; null from a server that does not know the question. */
  newer(checkpoints: NewerRequest["checkpoints"]): Promise<NewerAnswer | null> {
    return this.#ifKnown(
      { method: "POST", path: "/sync/v1/newer", body: { checkpoints } },
      newerAnswerSchema,
    );
  }

  /** What pulls of these would answer, where it is little; null from a server that does not know the question. */
  pages(checkpoints: PagesRequest["checkpoints"]): Promise<PagesAnswer | null> {
    return this.#ifKnown(
      { method: "POST", path: "/sync/v1/pages", body: { checkpoints } },
      pagesAnswerSchema,
    );
  }

  push(body: PushRequest): Promise<PushAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/journal", body }, pushAnswerSchema);
  }

  /** What the server has of this till's journal before a place, newest first; null from a server that does not know the question. */
  ownJournal({ epoch, seq }: AppliedUpTo): Promise<OwnJournalAnswer | null> {
    const query = new URLSearchParams({ epoch: String(epoch), seq: String(seq) });
    return this.#ifKnown({ method: "GET", path: `/sync/v1/journal?${query}` }, ownJournalAnswerSchema);
  }

  /** The key (base64url) by which this till seals what it is told of customers; null from a server that lends none. */
  async personalKey(): Promise<string | null> {
    try {
      return (await this.#json({ method: "GET", path: "/sync/v1/personal-key" }, personalKeyAnswerSchema))
        .key;
    } catch (error) {
      if (error instanceof ServerRefusal && error.reason === "notFound") return null;
      throw error;
    }
  }

  /** What this till shows a server that does not know it any more. */
  certificate(): Promise<CertificateAnswer> {
    return this.#json({ method: "GET", path: "/sync/v1/certificate" }, certificateAnswerSchema);
  }

  letIn(body: LetInRequest): Promise<LetInAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/let-in", body }, letInAnswerSchema);
  }

  /** Tells how this till is. */
  health(body: Health): Promise<HealthAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/health", body }, healthAnswerSchema);
  }

  lease(request: LeaseRequest): Promise<LeaseAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/leases", body: request }, leaseAnswerSchema);
  }

  balance(code: string): Promise<BalanceAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/balances", body: { code } }, balanceAnswerSchema);
  }

  points(customer: CustomerId): Promise<PointsAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/points", body: { customer } }, pointsAnswerSchema);
  }

  /** What every store has of these articles. */
  availability(skus: readonly Sku[]): Promise<AvailabilityAnswer> {
    const query = new URLSearchParams(skus.map((sku): [string, string] => ["sku", sku]));
    return this.#json({ method: "GET", path: `/sync/v1/availability?${query}` }, availabilityAnswerSchema);
  }

  /** Null when there is no basket of this code, or no more. */
  async openBasket(code: string): Promise<SharedBasket | null> {
    const path = `/sync/v1/baskets/${encodeURIComponent(code)}`;
    try {
      return await this.#json({ method: "GET", path }, sharedBasketSchema);
    } catch (error) {
      if (error instanceof ServerRefusal && NO_SUCH_BASKET.has(error.reason)) return null;
      throw error;
    }
  }

  shareBasket(lines: readonly SharedLine[]): Promise<ShareBasketAnswer> {
    return this.#json({ method: "POST", path: "/sync/v1/baskets", body: { lines } }, shareBasketAnswerSchema);
  }

  /** What was bought anywhere in the chain, with what came back of it. */
  purchases(ask: FindPurchases): Promise<FoundPurchases> {
    return this.#json({ method: "POST", path: "/sync/v1/purchases", body: ask }, foundPurchasesSchema);
  }

  /** Null when the server knows no such customer. */
  async customerHistory(customer: CustomerId): Promise<CustomerHistory | null> {
    const path = `/sync/v1/customers/${encodeURIComponent(customer)}/history`;
    try {
      return await this.#json({ method: "GET", path }, customerHistorySchema);
    } catch (error) {
      if (error instanceof ServerRefusal && error.reason === "notFound") return null;
      throw error;
    }
  }

  findCustomers(ask: { readonly search: string; readonly limit: number }): Promise<CustomersFoundAnswer> {
    const query = new URLSearchParams({ search: ask.search, limit: String(ask.limit) });
    return this.#json({ method: "GET", path: `/sync/v1/customers?${query}` }, customersFoundSchema);
  }

  /** Null when the server knows no such customer. */
  async customer(id: CustomerId): Promise<Customer | null> {
    const path = `/sync/v1/customers/${encodeURIComponent(id)}`;
    try {
      return (await this.#json({ method: "GET", path }, customerFoundSchema)).customer;
    } catch (error) {
      if (error instanceof ServerRefusal && error.reason === "notFound") return null;
      throw error;
    }
  }

  mailReceipt(mail: ReceiptMailRequest): Promise<ReceiptMailAnswer> {
    const path = "/sync/v1/receipt-mails";
    return this.#json({ method: "POST", path, body: mail }, receiptMailAnswerSchema);
  }

  /** Cases of the whole chain, newest first. */
  findCases(ask: CasesAsk): Promise<CasesFound> {
    const query = new URLSearchParams({ ...ask });
    return this.#json({ method: "GET", path: `/sync/v1/cases?${query}` }, casesFoundSchema);
  }

  /** What a receipt or an order of this number sold; null when there is none. */
  async casePurchase(number: string): Promise<CasePurchaseFound> {
    const path = `/sync/v1/case-purchases?${new URLSearchParams({ number })}`;
    return (await this.#json({ method: "GET", path }, casePurchaseAnswerSchema)).found;
  }

  /** A snapshot's text in pieces as they arrive; the next is asked for when the one before has been dealt with. */
  snapshot(collection: ReplicaCollection): AsyncGenerator<string> {
    const ask = { path: `/sync/v1/snapshot/${collection}`, mime: NDJSON, mayBePacked: true };
    return this.#text(ask, CALL_TIMEOUT_MS);
  }

  /** The stream of wake-ups, raw text in pieces as they come. Throws Unreachable when it says nothing for `silenceMs`. */
  changes(silenceMs: number): AsyncGenerator<string> {
    return this.#text({ path: "/sync/v1/changes", mime: "text/event-stream" }, silenceMs);
  }

  /** Null when the server has no such picture. */
  async picture(hash: string): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
    const ask: Ask = { method: "GET", path: `/sync/v1/pictures/${hash}` };
    try {
      return await this.#withDeadline(ask, async (response) => ({
        mime: mimeOf(response.headers),
        bytes: new Uint8Array(await response.arrayBuffer()),
      }));
    } catch (error) {
      if (error instanceof ServerRefusal && error.reason === "notFound") return null;
      throw error;
    }
  }

  /** Null from a server of before there was the question. */
  async #ifKnown<S extends z.ZodType>(ask: Ask, schema: S): Promise<z.output<S> | null> {
    try {
      return await this.#json(ask, schema);
    } catch (error) {
      if (error instanceof ServerRefusal && NOT_UNDERSTOOD.has(error.reason)) return null;
      throw error;
    }
  }

  async #json<S extends z.ZodType>(ask: Ask, schema: S): Promise<z.output<S>> {
    const answer = await this.#withDeadline(ask, readJson);
    const found = readAs(schema, answer, this.#isLater);
    if (found.read === "not")
      throw new NotAServer("the answer is not of this protocol", { cause: found.error });
    return found.data;
  }

  /** The whole answer has to be there in time, its body included. */
  async #withDeadline<T>(ask: Ask, read: (response: Response) => Promise<T>): Promise<T> {
    const call = new Deadline(this.#network);
    try {
      call.within(CALL_TIMEOUT_MS);
      const response = await this.#call(ask, call.signal);
      try {
        return await read(response);
      } catch (error) {
        throw error instanceof NotAServer
          ? error
          : new Unreachable("the answer was cut off", { cause: error });
      }
    } finally {
      call.end();
    }
  }

  async *#text({ path, mime, mayBePacked = false }: TextAsk, silenceMs: number): AsyncGenerator<string> {
    const call = new Deadline(this.#network);
    try {
      call.within(silenceMs);
      const accept = mayBePacked ? `${GZIP}, ${mime};q=0.9` : mime;
      const { body, headers } = await this.#call({ method: "GET", path, accept }, call.signal);
      const type = mimeOf(headers);
      const isPacked = mayBePacked && type === GZIP;
      // A network's sign-in page streams text as well; taken for the server's it would make the till say that it is online.
      if (type !== mime && !isPacked) throw new NotAServer(`something answered ${type}, not ${mime}`);
      if (body === null) throw new Unreachable("an empty answer");
      const arriving = arrivingIn(body, call, silenceMs);
      const decoder = new TextDecoder();
      for await (const bytes of isPacked ? unpacked(arriving) : arriving) {
        const text = decoder.decode(bytes, { stream: true });
        if (text !== "") yield text;
      }
      const rest = decoder.decode();
      if (rest !== "") yield rest;
    } catch (error) {
      throw isAboutPacking(error) ? new Unreachable("the stream was cut off", { cause: error }) : error;
    } finally {
      call.end();
    }
  }

  async #call(ask: Ask, signal: AbortSignal, version = PROTOCOL_VERSION): Promise<Response> {
    const { method, path, body, accept } = ask;
    let response: Response;
    try {
      response = await this.#network.fetch(new URL(path, this.#address.server), {
        method,
        signal,
        // Sales and the till's token go to the address that it was paired with and nowhere else.
        redirect: "manual",
        headers: {
          ...this.#headers(body !== undefined, version),
          ...(accept === undefined ? {} : { accept }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new Unreachable("the server cannot be reached", { cause: error });
    }
    this.#serverVersion = Number(response.headers.get(PROTOCOL_HEADER));
    this.#isLater = this.#serverVersion > PROTOCOL_VERSION;
    if (response.ok) return response;
    const refusal = errorBodySchema.safeParse(await response.json().catch(() => null));
    // A server from before versions were named refuses every later one, and answers to its own.
    const isUnnamed = !response.headers.has(PROTOCOL_HEADER) && version > EARLIEST_VERSION;
    if (isUnnamed && refusal.data?.reason === "protocolTooOld")
      return this.#call(ask, signal, EARLIEST_VERSION);
    if (refusal.success && refusal.data.reason !== "internal")
      throw new ServerRefusal(response.status, refusal.data);
    // Whatever stands in between says this in words of its own.
    if (response.status === TOO_LARGE)
      throw new ServerRefusal(TOO_LARGE, {
        reason: "tooLarge",
        message: "too large for the way to the server",
      });
    if (response.status >= 500) throw new Unreachable(`the server answered ${response.status}`);
    throw new NotAServer(`something answered ${response.status} that is no Onetill server`);
  }

  #headers(hasBody: boolean, version: number): Record<string, string> {
    return {
      [PROTOCOL_HEADER]: String(version),
      [PROGRAM_HEADER]: this.#network.version,
      "onetill-clock": String(this.#network.nowMs()),
      ...(this.#address.token === null ? {} : { authorization: `Bearer ${this.#address.token}` }),
      ...(hasBody ? { "content-type": "application/json" } : {}),
    };
  }
}

/** What arrives, as it does. Throws Unreachable when it stops in the midst, or for so long. */
async function* arrivingIn(
  body: ReadableStream<Uint8Array>,
  call: Deadline,
  silenceMs: number,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    call.within(silenceMs);
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw new Unreachable("the stream was cut off", { cause: error });
    });
    // The time that whoever takes it needs is not the server's.
    call.pause();
    if (done) return;
    yield value;
  }
}

function isAboutPacking(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^Z_[A-Z]+_ERROR$/.test(String(error.code));
}

function mimeOf(headers: Headers): string {
  return (headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotAServer("the answer is no JSON", { cause: error });
  }
}

/** Why a call was ended; made once, for one made at each call would be the dearest part of its end. */
const OVER = Object.assign(new Error("the call is over"), { name: "AbortError" });

/** Ends a call that takes too long, and with the till. */
class Deadline {
  readonly #network: Network;
  readonly #controller = new AbortController();
  readonly #abort = () => this.#controller.abort(OVER);
  #timer: unknown = null;

  constructor(network: Network) {
    this.#network = network;
    if (network.closing.aborted) this.#abort();
    else network.closing.addEventListener("abort", this.#abort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From now on, milliseconds; takes the place of the one before. */
  within(ms: number): void {
    this.pause();
    this.#timer = this.#network.timers.set(this.#abort, ms);
  }

  pause(): void {
    if (this.#timer !== null) this.#network.timers.clear(this.#timer);
    this.#timer = null;
  }

  /** The call is over: lets go of the connection if it still is under way. */
  end(): void {
    this.pause();
    this.#network.closing.removeEventListener("abort", this.#abort);
    this.#abort();
  }
}
