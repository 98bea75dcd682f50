import type { Instant } from "../ids.ts";
import { type PointsEntry, pointsOnce, toCustomerOf } from "./ledger.ts";
import { expiredId } from "./lots.ts";

const RESTORED = "restored:";

/** Under which it is booked that less of a lot had lapsed; `legit` is what really did. */
export function restoredId(lot: string, legit: number): string {
  return `${RESTORED}${lot}:${legit}`;
}

/** Of which lot an entry under `restoredId` is; null for any other. */
function restoredLot(id: string): string | null {
  return id.startsWith(RESTORED) ? id.slice(RESTORED.length, id.lastIndexOf(":")) : null;
}

/**
 * Lots of which more was booked as lapsed than was left of them: a till that was cut off told later of points that had been used in time. `points` is what the customer
 * gets back, `legit` what really lapsed. Asked at every sale of somebody who has points: the history is put in order once for all their lots.
 */
export function overLapsed(
  told: readonly PointsEntry[],
): readonly { readonly lot: string; readonly points: number; readonly legit: number }[] {
  const entries = pointsOnce(told);
  const lapses = entries.filter(({ kind }) => kind === "expired");
  if (lapses.length === 0) return [];
  const lotOf = new Map(entries.map((entry) => [expiredId(entry.id), entry]));
  const restored = restoredByLot(entries);
  const history = historyOf(entries, lotOf);
  return lapses.flatMap((lapse) => {
    const lot = lotOf.get(lapse.id);
    if (lot === undefined) return [];
    const most = -toCustomerOf(lapse) - (restored.get(lot.id) ?? 0);
    if (most <= 0) return [];
    const legit = leftAt(history, lot, lapse.at);
    return most > legit ? [{ lot: lot.id, points: most - legit, legit }] : [];
  });
}

function restoredByLot(entries: readonly PointsEntry[]): ReadonlyMap<string, number> {
  const restored = new Map<string, number>();
  for (const entry of entries) {
    const lot = restoredLot(entry.id);
    if (lot !== null) restored.set(lot, (restored.get(lot) ?? 0) + toCustomerOf(entry));
  }
  return restored;
}

type Dated = Pick<PointsEntry, "id" | "at">;

interface Moved {
  readonly at: Instant;
  readonly points: number;
}

/** What came to a customer and went, as it is gone through for one moment after the other. */
interface History {
  /** The oldest first; `back` is what was taken back of it. */
  readonly brought: readonly (Dated & Moved & { readonly back: readonly Moved[] })[];
  /** `lapsed`: the lot that lapsed by it; null where none did. */
  readonly taken: readonly (Moved & { readonly lapsed: Dated | null })[];
}

function historyOf(entries: readonly PointsEntry[], lotOf: ReadonlyMap<string, PointsEntry>): History {
  const backOf = new Map<string, Moved[]>();
  const brought: History["brought"][number][] = [];
  const taken: History["taken"][number][] = [];
  for (const entry of entries) {
    const { id, at, kind, purchase } = entry;
    const points = toCustomerOf(entry);
    if (kind === "earned" || kind === "takenBack") {
      const back = backOf.get(purchase ?? "") ?? [];
      if (purchase !== null) backOf.set(purchase, back);
      if (kind === "earned") brought.push({ id, at, points, back });
      else back.push({ at, points: -points });
    } else if (points > 0) brought.push({ id, at, points, back: [] });
    else if (kind !== "expired") taken.push({ at, points: -points, lapsed: null });
    else {
      const lapsed = lotOf.get(id);
      if (lapsed !== undefined) taken.push({ at, points: -points, lapsed });
    }
  }
  return { brought: brought.toSorted((a, b) => (isBefore(a, b) ? -1 : 1)), taken };
}

/** What was left of a lot as it lapsed, by what is known now; lots that are older had lapsed before. */
function leftAt({ brought, taken }: History, lot: Dated, at: Instant): number {
  let open = 0;
  for (const each of taken)
    if (each.at <= at && (each.lapsed === null || isBefore(each.lapsed, lot))) open += each.points;
  for (const each of brought) {
    if (each.at > at) return 0;
    let { points } = each;
    for (const back of each.back) if (back.at <= at) points -= back.points;
    if (each.id === lot.id) return Math.max(0, points - open);
    open = Math.max(0, open - points);
  }
  return 0;
}

function isBefore(one: Dated, other: Dated): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}
