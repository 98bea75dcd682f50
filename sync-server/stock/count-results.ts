import type { CountId, VariantId } from "#domain/ids.ts";
import { countedArticles, type ToldArea } from "#domain/stock/count-result.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";
import type { CountRecord, CountResult } from "./port.ts";

/** Works out anew what these articles of a count come to, from all areas that stand; what was booked of them is in the books that they are held against. */
export async function refreshResults(
  tx: WriteTransaction,
  count: CountRecord,
  variants: readonly VariantId[],
): Promise<void> {
  const found = new Map(
    countedArticles(await toldAreas(tx, count.id, variants)).map((article) => [article.variant, article]),
  );
  for (const variant of variants) {
    const article = found.get(variant);
    if (article === undefined) {
      const before = await tx.countResult({ count: count.id, variant });
      if (before !== null && before.booked === null) await tx.dropCountResult({ count: count.id, variant });
      continue;
    }
    const { counted, firstAt, lastAt } = article;
    const shelf = { store: count.store, variant };
    await tx.putCountResult({
      ...shelf,
      count: count.id,
      counted,
      firstAt,
      lastAt,
      expected: await expectedOf(tx, { ...shelf, count: count.id, lastAt }),
      between: firstAt === lastAt ? 0 : await tx.movedBetween({ ...shelf, after: firstAt, upTo: lastAt }),
      booked: null,
      again: false,
    });
  }
}

/** What the books said when the shelf was counted last, and what the same count mended of it since. */
export async function expectedOf(
  tx: ReadTransaction,
  { lastAt, ...of }: Pick<CountResult, "store" | "variant" | "count" | "lastAt">,
): Promise<number> {
  const { store, variant } = of;
  const then = await tx.movementSum({ store, variant, until: lastAt });
  return then + (await tx.correctionsAfter({ ...of, after: lastAt }));
}

async function toldAreas(
  tx: WriteTransaction,
  count: CountId,
  variants: readonly VariantId[],
): Promise<readonly ToldArea[]> {
  const lines = await tx.countLines({ count, variants });
  const areas = await tx.countAreas(count);
  return areas.map((area) => ({ ...area, lines: lines.filter((line) => line.area === area.id) }));
}
