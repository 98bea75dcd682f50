import { z } from "zod";
import { type AreaCountId, type CountId, type Instant, idOf, type VariantId } from "#domain/ids.ts";
import { MAX_AREA_LINES } from "#domain/stock/count-plan.ts";
import { idSchema, instantSchema } from "#protocol/scalars.ts";
import { areaNameSchema } from "#protocol/sync/stock-facts.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const DRAFT = "count:area";

const draftSchema = z.strictObject({
  id: idSchema<"AreaCount">(),
  count: idSchema<"Count">(),
  area: areaNameSchema,
  replaces: z.array(idSchema<"AreaCount">()),
  /** In the order in which they were counted last. */
  lines: z
    .array(
      z.strictObject({
        variant: idSchema<"Variant">(),
        counted: z.number().int().nonnegative(),
        at: instantSchema,
      }),
    )
    .max(MAX_AREA_LINES),
});

/** The area that is being counted, as it lies on disk. */
export type AreaDraft = z.infer<typeof draftSchema>;

/** A fresh area. */
export function beginDraft(of: {
  readonly id: string;
  readonly count: CountId;
  readonly area: string;
  readonly replaces: readonly AreaCountId[];
}): AreaDraft {
  const { id, count, area, replaces } = of;
  return { id: idOf<"AreaCount">(id), count, area: area.trim(), replaces: [...replaces], lines: [] };
}

/** So many pieces of an article in the area, null: none of it there; the article is now the one counted last. */
export function withCounted(
  draft: AreaDraft,
  {
    variant,
    counted,
    at,
  }: { readonly variant: VariantId; readonly counted: number | null; readonly at: Instant },
): AreaDraft {
  const others = draft.lines.filter((line) => line.variant !== variant);
  return { ...draft, lines: counted === null ? others : [...others, { variant, counted, at }] };
}

/** What was left on disk; null where nothing is open, or what lies there cannot be read. */
export async function readDraft({ drafts }: Pick<ShopPorts, "drafts">): Promise<AreaDraft | null> {
  return draftSchema.safeParse(await drafts.get(DRAFT)).data ?? null;
}

export async function keepDraft(
  { drafts }: Pick<ShopPorts, "drafts">,
  draft: AreaDraft | null,
): Promise<void> {
  if (draft === null) await drafts.remove(DRAFT);
  else await drafts.put(DRAFT, draft);
}
