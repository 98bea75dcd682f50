import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Right } from "#domain/access/rights.ts";
import { reachesStore, type StoreAsk } from "#domain/access/roles.ts";
import type { StoreId } from "#domain/ids.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { Trail } from "../access/trail.ts";
import { leaveTrail } from "../access/trail.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Asker, askerOf, mayAsk } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

type Shape = z.ZodType | null;
type Read<S extends Shape> = S extends z.ZodType ? z.output<S> : null;

/** What a call was asked with, checked by its schemas. */
export interface Asked<P extends Shape, Q extends Shape, B extends Shape> {
  readonly params: Read<P>;
  readonly query: Read<Q>;
  readonly body: Read<B>;
}

/**
 * How a call keeps to the stores of whoever asks:
 * `shared`: nothing in it belongs to a store. `allStores`: only for those who work for all stores.
 * `filtered`: its handler answers and does only what `asker.stores` reaches, and refuses the rest as not found.
 * Else it names a store by its code in the path or the query, which must be one of theirs; where the query leaves it out, the handler filters.
 */
export type Reach = "shared" | "allStores" | "filtered" | { readonly code: "path" | "query" };

/** One call of HQ: what routing, checking, permission, the trail that it leaves and its description in OpenAPI are made of. */
export interface HqCall<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As the router writes it, `:name` for a parameter; a store's code is `:code`. */
  readonly path: `/hq/v1/${string}`;
  readonly summary: string;
  /** More about it, for whoever integrates. */
  readonly words?: string;
  /** What it takes; null: any person or program that HQ knows. */
  readonly right: Right | null;
  /** Whoever has not signed in may ask it too (`open-call.ts`), for it is how one signs in. */
  readonly open?: true;
  readonly reach: Reach;
  readonly params: P;
  readonly query: Q;
  /** JSON of this shape; null: none, or a file (`takes`). */
  readonly body: B;
  /** Media types of a body that is no JSON; the handler reads it from the request. */
  readonly takes?: readonly string[];
  /** A body as one would send it, for whoever integrates. */
  readonly example?: unknown;
  /** Where more than the usual may come, photos say. */
  readonly maxBodyBytes?: number;
  /** JSON of this shape, or files of one of these media types, or either as the query asks. */
  readonly answer: z.ZodType | { readonly files: readonly string[]; readonly json?: z.ZodType };
  /** The status of an answer; 200 where left out. */
  readonly status?: 201;
  readonly refusals: readonly ErrorBody["reason"][];
  /** What the audit log keeps of it. `none` only where nothing changes. */
  readonly trail: Trail<Asked<P, Q, B>> | "none";
}

/** What most calls that only look have in common. */
export const LOOKS = {
  method: "GET",
  params: null,
  query: null,
  body: null,
  refusals: [],
  trail: "none",
} as const;

/** What most calls that change something have in common. */
export const ACTS = { params: null, query: null, body: null, refusals: [] } as const;

/** Gives a call its types; the call itself, unchanged. */
export function hqCall<P extends Shape, Q extends Shape, B extends Shape>(
  call: HqCall<P, Q, B>,
): HqCall<P, Q, B> {
  return call;
}

export interface Asking<P extends Shape, Q extends Shape, B extends Shape> extends Asked<P, Q, B> {
  readonly asker: Asker;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const ASKER = "asker";
const ASKER_OF = "askerOf";
const CHECKS_ANSWERS = "checksAnswers";

/** How calls are served. */
export interface Serving {
  /** An answer that has not the form that its call says fails the call; for tests. */
  readonly checksAnswers: boolean;
  /** Who asks; left out: whoever signed in, or the key that was sent. */
  readonly askerOf?: typeof askerOf;
}

/** Lets routes keep who asks; once for an app, before any call is served. */
export function prepareCalls(app: FastifyInstance, serving: Serving): void {
  app.decorateRequest(ASKER, null);
  app.decorate(ASKER_OF, serving.askerOf ?? askerOf);
  app.decorate(CHECKS_ANSWERS, serving.checksAnswers);
}

/**
 * Serves one call: who asks is known before the body is read, must have the call's right and reach its store; what is asked is checked; what
 * changes leaves its trail. The handler answers what the call says (or sends a file by itself), or throws a refusal.
 */
export function serve<P extends Shape, Q extends Shape, B extends Shape>(
  app: FastifyInstance,
  deps: ServerDeps,
  call: HqCall<P, Q, B>,
  handler: (asking: Asking<P, Q, B>) => Promise<unknown>,
): void {
  app.route({
    method: call.method,
    url: call.path,
    ...(call.maxBodyBytes === undefined ? {} : { bodyLimit: call.maxBodyBytes }),
    // Behind the limit of requests, which is asked in `onRequest` after the route's own: else guesses at keys and sessions would be free.
    preParsing: async (request) => {
      const asker = await app.getDecorator<typeof askerOf>(ASKER_OF)(request, deps);
      mayAsk(asker, call);
      request.setDecorator(ASKER, asker);
    },
    handler: async (request, reply) => {
      const asker = request.getDecorator<Asker>(ASKER);
      const named = { params: read(call.params, request.params), query: read(call.query, request.query) };
      await holdToStores(call, asker, named, deps);
      const asked: Asked<P, Q, B> = { ...named, body: read(call.body, request.body) };
      if (call.status !== undefined) void reply.code(call.status);
      const act = async () => {
        const answer = await handler({ ...asked, asker, request, reply });
        if (app.getDecorator<boolean>(CHECKS_ANSWERS) && !reply.sent)
          jsonOf(call.answer)?.parse(JSON.parse(JSON.stringify(answer)));
        return answer;
      };
      const { trail } = call;
      if (trail === "none" || trail.onlyLooks?.(asked) === true) return act();
      return leaveTrail({ deps, asker, call, trail, asked, act });
    },
  });
}

/** The shape of what a call answers as JSON; null: it answers files alone. */
export function jsonOf(answer: HqCall["answer"]): z.ZodType | null {
  return "safeParse" in answer ? answer : (answer.json ?? null);
}

function read<S extends Shape>(schema: S, value: unknown): Read<S> {
  return (schema === null ? null : validated(schema, value)) as Read<S>;
}

/** The store that a call names must be one of those of whoever asks; of another they learn not even whether it is there. */
async function holdToStores(
  { reach }: HqCall,
  asker: Asker,
  asked: Pick<Asked<Shape, Shape, Shape>, "params" | "query">,
  { storage }: ServerDeps,
): Promise<void> {
  if (asker.stores === null || typeof reach !== "object") return;
  const code = textOf(
    reach.code === "path" ? asked.params : asked.query,
    reach.code === "path" ? "code" : "store",
  );
  if (code === null) return;
  await storage.read((tx) => ownStoreCalled(tx, asker, code));
}

/** The store of a code where whoever asks reaches it; refuses as not found where there is none, or none of theirs. */
export async function ownStoreCalled(
  tx: Pick<ReadTransaction, "storeByCode">,
  asker: Pick<Asker, "stores">,
  code: string,
): ReturnType<typeof storeCalled> {
  const store = await storeCalled(tx, code);
  if (!reachesStore(asker.stores, store.store)) throw new Refusal("notFound", `There is no store ${code}.`);
  return store;
}

function textOf(of: unknown, name: string): string | null {
  if (typeof of !== "object" || of === null || !(name in of)) return null;
  const found: unknown = Reflect.get(of, name);
  return typeof found === "string" ? found : null;
}

/** The store of a code, as `ownStoreCalled`; where none is named every store that whoever asks reaches. */
export async function storesAsked(
  tx: Pick<ReadTransaction, "storeByCode">,
  asker: Pick<Asker, "stores">,
  code: string | undefined,
): Promise<StoreAsk> {
  return code === undefined ? asker.stores : (await ownStoreCalled(tx, asker, code)).store;
}

/** Those of these stores that whoever asks reaches. */
export function ownStores<T extends { readonly store: StoreId }>(
  { stores }: Pick<Asker, "stores">,
  all: readonly T[],
): readonly T[] {
  return all.filter(({ store }) => reachesStore(stores, store));
}
