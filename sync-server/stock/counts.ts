import {
  type AreaCountId,
  type BusinessDay,
  type CountId,
  type EntryId,
  type Instant,
  idOf,
  type Sku,
  type StoreId,
  type VariantId,
} from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type CountScope, type CountState, MAX_COUNT_LIST } from "#domain/stock/count-plan.ts";
import { areasToldTwice } from "#domain/stock/count-result.ts";
import { correctionOfCount, momentOfResult } from "#domain/stock/counting.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookMovement } from "../sync/stock-booking.ts";
import { publishCount } from "./book-count.ts";
import { expectedOf, refreshResults } from "./count-results.ts";
import type { CountRecord, CountResult } from "./port.ts";

const BOOKED_AT_ONCE = 200;

/** What HQ wishes to have counted: `skus` by their numbers, `longest`: so many that were not counted for the longest time. */
export type ScopeWish =
  | { readonly kind: "all" }
  | { readonly kind: "category"; readonly category: string }
  | { readonly kind: "skus"; readonly skus: readonly Sku[] }
  | { readonly kind: "longest"; readonly articles: number };

export type CountRefusal = "noSuchCount" | "nothingToCount" | "tooMany" | "toldTwice" | "notNow";

export interface Counts {
  plan(wish: {
    readonly store: StoreId;
    readonly name: string;
    readonly scope: ScopeWish;
    readonly blind: boolean;
    readonly day: BusinessDay;
    readonly note: string;
    readonly by: string;
  }): Promise<Result<CountRecord, CountRefusal | { readonly unknownSku: Sku }>>;
  /** `counted`: the store need not go on. `cancelled`: nobody is to count it. `closed`: HQ is done with it. */
  moveTo(
    id: CountId,
    to: { readonly state: "counted" | "cancelled" | "closed"; readonly by: string },
  ): Promise<Result<CountRecord, CountRefusal>>;
  leaveOut(
    count: CountId,
    area: { readonly area: AreaCountId; readonly leftOut: boolean },
  ): Promise<Result<null, CountRefusal>>;
  /** Books what is off, of these articles or of all, and with `missing` that what was found nowhere is gone. Answers how many articles were booked. */
  book(
    id: CountId,
    wish: { readonly variants: readonly VariantId[] | null; readonly missing: boolean; readonly by: string },
  ): Promise<Result<number, CountRefusal>>;
  /** Has these articles counted anew, by a count of their own; this one does not book them. */
  again(
    id: CountId,
    wish: { readonly variants: readonly VariantId[]; readonly name: string; readonly by: string },
  ): Promise<Result<CountRecord, CountRefusal>>;
}

interface CountsDeps {
  readonly publisher: Publisher;
  readonly newId: () => string;
}

export function createCounts({ publisher, newId }: CountsDeps): Counts {
  return {
    plan: ({ scope: wished, ...wish }) =>
      publisher.publish(async (publication) => {
        const scope = await scopeOf(publication.tx, wish.store, wished);
        if (!scope.ok) return scope;
        const id = idOf<"Count">(newId());
        return ok(await begin(publication, { ...wish, id, scope: scope.value, at: publication.at }));
      }),
    moveTo: (id, { state, by }) =>
      publisher.publish(async (publication) => {
        const count = await publication.tx.count(id);
        if (count === null) return refused("noSuchCount");
        if (!MAY_MOVE[state].includes(count.state)) return refused("notNow");
        const finished = count.finished ?? { at: publication.at, by };
        const moved: CountRecord = { ...count, state, finished };
        await publication.tx.putCount(moved);
        if (count.state === "open") await publication.forgetCount(count.store, id);
        return ok(moved);
      }),
    leaveOut: (id, { area, leftOut }) =>
      publisher.publish(async (publication) => {
        const { tx } = publication;
        const count = await tx.count(id);
        const told = await tx.countAreas(id);
        const found = told.find((each) => each.id === area);
        if (count === null || found === undefined) return refused("noSuchCount");
        await tx.leaveOutArea(area, leftOut);
        const touched = await Promise.all([area, ...found.replaces].map((each) => tx.variantsOfArea(each)));
        await refreshResults(tx, count, [...new Set(touched.flat())]);
        if (count.state === "open") await publishCount(publication, count);
        return ok(null);
      }),
    book: (id, wish) => book({ publisher, newId }, id, wish),
    again: (id, { variants, name, by }) =>
      publisher.publish(async (publication) => {
        const { tx } = publication;
        const count = await tx.count(id);
        if (count === null) return refused("noSuchCount");
        if (variants.length === 0) return refused("nothingToCount");
        if (variants.length > MAX_COUNT_LIST) return refused("tooMany");
        for (const variant of variants) {
          const result = await tx.countResult({ count: id, variant });
          if (result !== null && result.booked === null) await tx.putCountResult({ ...result, again: true });
        }
        const { store, blind, day, note } = count;
        const scope = { kind: "list", variants } as const;
        const anew = {
          id: idOf<"Count">(newId()),
          store,
          name,
          scope,
          blind,
          day,
          note,
          by,
          at: publication.at,
        };
        return ok(await begin(publication, anew));
      }),
  };
}

/** From where a count may come to be so. */
const MAY_MOVE: Readonly<Record<"counted" | "cancelled" | "closed", readonly CountState[]>> = {
  counted: ["open"],
  cancelled: ["open", "counted"],
  closed: ["counted"],
};

async function begin(
  publication: Publication,
  plan: Omit<CountRecord, "state" | "finished">,
): Promise<CountRecord> {
  const count: CountRecord = { ...plan, state: "open", finished: null };
  await publication.tx.putCount(count);
  await publishCount(publication, count);
  return count;
}

async function scopeOf(
  tx: ReadTransaction,
  store: StoreId,
  wished: ScopeWish,
): Promise<Result<CountScope, CountRefusal | { readonly unknownSku: Sku }>> {
  if (wished.kind === "all" || wished.kind === "category") return ok(wished);
  if (wished.kind === "longest") {
    const variants = await tx.longestUncounted({ store, limit: wished.articles });
    return variants.length === 0 ? refused("nothingToCount") : ok({ kind: "list", variants });
  }
  const variants: VariantId[] = [];
  for (const sku of wished.skus) {
    const owner = await tx.variantBySku(sku);
    if (owner === null) return refused({ unknownSku: sku });
    variants.push(owner.variant);
  }
  return ok({ kind: "list", variants: [...new Set(variants)] });
}

/** In runs, each durable by itself: tills go on telling of sales in between. One that is broken off is gone on with by booking again. */
async function book(
  { publisher, newId }: CountsDeps,
  id: CountId,
  { variants, missing, by }: Parameters<Counts["book"]>[1],
): ReturnType<Counts["book"]> {
  let booked = 0;
  for (let after = "", rest = variants; ; ) {
    const run = rest?.slice(0, BOOKED_AT_ONCE) ?? null;
    const done = await publisher.publish(async (publication) => {
      const ready = await countToBook(publication.tx, id);
      if (!ready.ok) return ready;
      const results = await resultsToBook(publication.tx, { id, after, run });
      for (const result of results)
        await bookResult(publication, { result, by, entry: idOf<"Entry">(newId()) });
      return ok(results);
    });
    if (!done.ok) return done;
    booked += done.value.length;
    rest = rest?.slice(BOOKED_AT_ONCE) ?? null;
    const last = done.value.at(-1);
    if (rest === null ? last === undefined || done.value.length < BOOKED_AT_ONCE : rest.length === 0) break;
    after = last?.variant ?? after;
  }
  if (!missing) return ok(booked);
  const gone = await bookMissing({ publisher, newId }, id, by);
  return gone.ok ? ok(booked + gone.value) : gone;
}

async function countToBook(tx: ReadTransaction, id: CountId): Promise<Result<CountRecord, CountRefusal>> {
  const count = await tx.count(id);
  if (count === null) return refused("noSuchCount");
  if (count.state !== "counted") return refused("notNow");
  return areasToldTwice(await tx.countAreas(id)).length > 0 ? refused("toldTwice") : ok(count);
}

async function resultsToBook(
  tx: ReadTransaction,
  {
    id,
    after,
    run,
  }: { readonly id: CountId; readonly after: string; readonly run: readonly VariantId[] | null },
): Promise<readonly CountResult[]> {
  if (run === null) return tx.openResults({ count: id, after, limit: BOOKED_AT_ONCE });
  const found = await Promise.all(run.map((variant) => tx.countResult({ count: id, variant })));
  return found.filter((each): each is CountResult => each !== null && each.booked === null && !each.again);
}

/** Brings one level to what was found, by the books of the moment it was found at: what was sold since stays sold. */
async function bookResult(
  publication: Publication,
  { result, by, entry }: { readonly result: CountResult; readonly by: string; readonly entry: EntryId },
): Promise<void> {
  const { tx } = publication;
  const { store, variant, lastAt, counted, count } = result;
  const shelf = { store, variant };
  const expected = await expectedOf(tx, result);
  const last = await tx.lastCount(shelf);
  const at = momentOfResult({ count, counted: lastAt, last });
  const correction = correctionOfCount({
    level: { ...shelf, onHand: expected },
    count: { counted },
    counted: { entry, at },
    last,
  });
  const movement = { ...correction, reason: { kind: "counted", entry, count, booked: by } } as const;
  await tx.putCountResult({ ...result, expected, booked: movement.quantity });
  await bookMovement(publication, movement, { cause: causeOf(movement.reason) ?? entry, actedAt: at });
  await publication.republishStock(shelf);
}

/** What is in the books and was found nowhere is gone, as of the moment the store was done. */
async function bookMissing(
  { publisher, newId }: CountsDeps,
  id: CountId,
  by: string,
): Promise<Result<number, CountRefusal>> {
  for (let booked = 0; ; ) {
    const done = await publisher.publish(async (publication) => {
      const ready = await countToBook(publication.tx, id);
      if (!ready.ok) return ready;
      const levels = await publication.tx.uncounted({ count: ready.value, offset: 0, limit: BOOKED_AT_ONCE });
      const at: Instant = ready.value.finished?.at ?? publication.at;
      for (const { store, variant } of levels) {
        const nothing = { count: id, store, variant, counted: 0, firstAt: at, lastAt: at, expected: 0 };
        await bookResult(publication, {
          result: { ...nothing, between: 0, booked: null, again: false },
          by,
          entry: idOf<"Entry">(newId()),
        });
      }
      return ok(levels.length);
    });
    if (!done.ok) return done;
    booked += done.value;
    if (done.value < BOOKED_AT_ONCE) return ok(booked);
  }
}
