import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { ACROSS } from "#domain/reports/across.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";
import type { MovementReason } from "#domain/stock/stock.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, HAMBURG, product, TEA } from "../testing/shop.ts";
import { placeOfText } from "./query.ts";
import type { ReportQuestion } from "./question.ts";
import { createReports } from "./reports.ts";

const DAY_MS = 86_400_000;
/** Noon in Berlin. */
const FIRST_NOON = Date.UTC(2027, 0, 10, 11);
const DAYS = 3;
const QUESTION = {
  report: "sellThrough",
  group: "article",
  period: { from: idOf<"BusinessDay">("2027-01-10"), until: idOf<"BusinessDay">("2027-01-12") },
  stores: null,
  channels: null,
  categories: null,
  compare: null,
} as const satisfies ReportQuestion;

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
  await server.storage.write(async (tx) => {
    for (const variant of [TEA, CUP]) await tx.putProduct(product(variant));
  });
});
afterEach(() => server.close());

interface Moved {
  readonly store: typeof BERLIN.store;
  readonly variant: typeof TEA;
  readonly quantity: number;
  readonly reason: MovementReason;
  /** Days after the period began. */
  readonly day: number;
}

const delivery = idOf<"Delivery">("d");
const found = {
  kind: "adjusted",
  act: idOf<"Adjustment">("a"),
  note: "",
  by: { kind: "hq", name: "Hanna" },
} as const;
const REASONS = {
  received: [
    { kind: "received", delivery, act: "x" },
    { kind: "initial" },
    { kind: "import" },
    { ...found, why: "found" },
  ],
  sold: [
    { kind: "sale", ticket: idOf<"Ticket">("t") },
    { kind: "return", act: "r" },
    { kind: "order", fulfilment: idOf<"Fulfilment">("f"), line: idOf<"Line">("l"), piece: 1 },
  ],
  otherwise: [
    { kind: "transferOut", delivery, act: "y" },
    { kind: "writtenOff", delivery, act: "z" },
    { ...found, why: "stolen" },
  ],
} as const satisfies Readonly<Record<string, readonly MovementReason[]>>;

let cause = 0;
async function move(all: readonly Moved[]): Promise<void> {
  await server.storage.write(async (tx) => {
    for (const { day, ...movement } of all) {
      cause += 1;
      await tx.addMovement(movement, { cause: `cause-${cause}`, at: instant(FIRST_NOON + day * DAY_MS) });
    }
  });
}

async function rows(changes: Partial<ReportQuestion> = {}, page = { offset: 0, limit: 100 }) {
  const answer = await createReports(server.deps).rows({ ...QUESTION, ...changes }, page);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

function at(day: number, quantity: number, reason: MovementReason, changes: Partial<Moved> = {}): Moved {
  return { store: BERLIN.store, variant: TEA, day, quantity, reason, ...changes };
}

test("what was there and came is held against what was sold, says how long the rest lasts, and what nobody bought lies dead", async () => {
  await move([
    at(-5, 6, REASONS.received[1]),
    at(0, 4, REASONS.received[0]),
    at(1, -5, REASONS.sold[0]),
    at(2, 1, REASONS.sold[1]),
    at(2, -1, REASONS.otherwise[2]),
    at(3, -2, REASONS.sold[0]),
    at(-5, 7, REASONS.received[1], { variant: CUP, store: HAMBURG.store }),
  ]);
  const answer = await rows();
  expect(answer.columns.map(({ name }) => name)).toEqual(ACROSS.sellThrough.columns.map(({ name }) => name));
  expect(answer.rows.map(({ key, figures }) => [key, ...figures])).toEqual([
    [TEA, 6, 4, 4, -1, 5, 400_000, 3_750, 0],
    [CUP, 7, 0, 0, 0, 7, 0, null, 7],
  ]);
  expect(answer.totals.map(({ figures }) => figures)).toEqual([[13, 4, 4, -1, 12, 235_294, 9_000, 7]]);
  const own = await rows({ group: "store", stores: [HAMBURG.store] });
  expect(own.rows.map(({ key }) => key)).toEqual(["HAM1"]);
  const paged = await rows({}, { offset: 1, limit: 1 });
  expect([paged.count, ...paged.rows.map(({ key }) => key)]).toEqual([2, CUP]);
  const page = { key: CUP, currency: idOf<"Currency">("XXX"), after: null, limit: 10 };
  const behind = await createReports(server.deps).tickets(QUESTION, page);
  expect(behind.ok && behind.value.tickets).toMatchObject([{ kind: "level", id: CUP, store: "HAM1" }]);
});

const moved = fc
  .tuple(
    fc.constantFrom(BERLIN.store, HAMBURG.store),
    fc.constantFrom(TEA, CUP),
    fc.integer({ min: -9, max: 9 }),
    fc.constantFrom(...REASONS.received, ...REASONS.sold, ...REASONS.otherwise),
    fc.integer({ min: -4, max: 4 }),
  )
  .map(([store, variant, quantity, reason, day]): Moved => ({ store, variant, quantity, reason, day }));

test("each figure is what all movements come to, gone through one by one, in rows of every kind and beside the days before", async () => {
  const all: Moved[] = [];
  const groups = fc.constantFrom<ReportGroup>("article", "store", "category");
  await fc.assert(
    fc.asyncProperty(fc.array(moved, { minLength: 1, maxLength: 12 }), groups, async (more, group) => {
      await move(more);
      all.push(...more);
      const answer = await rows({ group, compare: "before" });
      const keyOf = (one: Moved) =>
        group === "article"
          ? one.variant
          : group === "category"
            ? product(one.variant).category
            : one.store === BERLIN.store
              ? "BER1"
              : "HAM1";
      const told = answer.rows.map(({ key, figures, before }) => [key, [figures, before]] as const);
      const keys = [...new Set(all.map(keyOf))];
      for (const key of keys) {
        const own = all.filter((one) => keyOf(one) === key);
        const expected = [plainly(own, 0), plainly(own, -DAYS)];
        const nothing = expected.flat().every((figure) => figure === 0 || figure === null);
        expect(new Map(told).get(key)).toEqual(nothing ? undefined : expected);
      }
      const whole = answer.totals.map(({ figures }) => ({ key: null, figures }));
      for (const row of [...answer.rows, ...whole])
        expect(await behindIn(group, row.key)).toEqual(drilled(row.figures));
      const sold = answer.rows.map(({ figures }) => Math.abs(figures[2] ?? 0));
      expect(sold).toEqual(sold.toSorted((a, b) => b - a));
      for (const total of answer.totals)
        expect([total.figures, total.before]).toEqual([plainly(all, 0), plainly(all, -DAYS)]);
    }),
    { numRuns: 40 },
  );
});

/** What all levels of a row come to, page after page. */
async function behindIn(group: ReportGroup, key: string | null): Promise<readonly unknown[]> {
  const reports = createReports(server.deps);
  const sums: number[] = [];
  for (let after = null as Parameters<typeof reports.tickets>[1]["after"]; ; ) {
    const code = key === "BER1" ? BERLIN.store : key === "HAM1" ? HAMBURG.store : key;
    const page = { key: code, currency: idOf<"Currency">("XXX"), after, limit: 1 };
    const answer = await reports.tickets({ ...QUESTION, group }, page);
    if (!answer.ok) throw new Error(answer.reason);
    for (const { figures } of answer.value.tickets)
      for (const [place, figure] of figures.entries()) sums[place] = (sums[place] ?? 0) + (figure ?? 0);
    after = answer.value.next === null ? null : placeOfText(answer.value.next);
    if (after === null) return COUNTS.map((place) => sums[place] ?? 0);
  }
}

/** Opening, received, sold, otherwise and closing: the figures that add up. */
const COUNTS = [0, 1, 2, 3, 4];

function drilled(figures: readonly (number | null)[]): readonly unknown[] {
  return COUNTS.map((place) => figures[place]);
}

/** The report's figures of some movements, by its words: a period of three days from `first` on. */
function plainly(all: readonly Moved[], first: number): readonly (number | null)[] {
  const levels = [BERLIN, HAMBURG].flatMap(({ store }) =>
    [TEA, CUP].map((variant) => all.filter((one) => one.store === store && one.variant === variant)),
  );
  const sums = { opening: 0, received: 0, sold: 0, otherwise: 0, closing: 0, available: 0, held: 0, dead: 0 };
  for (const level of levels) {
    const pieces = (some: readonly Moved[]) => some.reduce((sum, { quantity }) => sum + quantity, 0);
    const during = level.filter(({ day }) => day >= first && day < first + DAYS);
    const of = (kinds: readonly MovementReason[]) =>
      pieces(during.filter(({ reason }) => kinds.includes(reason)));
    const opening = pieces(level.filter(({ day }) => day < first));
    const [received, sold, otherwise] = [of(REASONS.received), -of(REASONS.sold), of(REASONS.otherwise)];
    const closing = opening + received - sold + otherwise;
    sums.opening += opening;
    sums.received += received;
    sums.sold += sold;
    sums.otherwise += otherwise;
    sums.closing += closing;
    sums.available += Math.max(0, opening + received);
    sums.held += Math.max(0, closing);
    sums.dead += sold > 0 ? 0 : Math.max(0, closing);
  }
  const rate = sums.available === 0 ? null : halfAway((sums.sold * 1_000_000) / sums.available);
  const cover = sums.sold <= 0 ? null : halfAway((sums.held * DAYS * 1_000) / sums.sold);
  const { opening, received, sold, otherwise, closing, dead } = sums;
  return [opening, received, sold, otherwise, closing, rate, cover, dead].map((each) =>
    each === null ? null : each + 0,
  );
}

function halfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}
