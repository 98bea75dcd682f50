import { idOf, type Sku } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { contentIn, MEASURES, PIECES } from "#domain/product/content.ts";
import type { Content, ProductLink } from "#domain/product/product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { KnownExtras, ProductExtrasRequest } from "#protocol/hq/prices.ts";
import { amountOrNone } from "./typed.ts";

/** How a product is sold, as it is typed beside one of its articles. */
export interface ExtrasDraft {
  readonly soldBy: "piece" | "weight" | "openPrice";
  readonly taxClass: string;
  /** SKUs with commas between them. */
  readonly links: Readonly<Record<ProductLink["kind"], string>>;
  readonly content: string;
  readonly cost: string;
}

const TYPED_MEASURES = new Map([...MEASURES, ["piece", PIECES], ["pieces", PIECES]]);

export function extrasDraftOf({ soldBy, taxClass, links, variants }: KnownExtras, sku: Sku): ExtrasDraft {
  const own = variants.find((each) => each.sku === sku);
  const skus = (kind: ProductLink["kind"]) =>
    links
      .filter((link) => link.kind === kind)
      .map((link) => link.sku)
      .join(", ");
  return {
    soldBy: soldBy ?? "piece",
    taxClass,
    links: { deposit: skus("deposit"), levy: skus("levy"), bag: skus("bag") },
    content: own?.content == null ? "" : `${own.content.quantity} ${own.content.unit}`,
    cost: own?.cost == null ? "" : decimalText(own.cost),
  };
}

/** What is asked of HQ; what was not changed is left out, so that a colleague's change of it stays. */
export function extrasRequestOf(
  draft: ExtrasDraft,
  { before, known, sku }: { readonly before: ExtrasDraft; readonly known: KnownExtras; readonly sku: Sku },
): Result<ProductExtrasRequest, "wrongContent" | "wrongCost"> {
  const content = contentTyped(draft.content);
  if (content === "wrong") return refused("wrongContent");
  const cost = amountOrNone(draft.cost, known.currency);
  if (cost === "wrong") return refused("wrongCost");
  const isLinkedAlike = LINK_KINDS.every((kind) => draft.links[kind] === before.links[kind]);
  return ok({
    ...(draft.soldBy === before.soldBy ? {} : { soldBy: draft.soldBy === "piece" ? null : draft.soldBy }),
    ...(draft.taxClass === before.taxClass ? {} : { taxClass: idOf<"TaxClass">(draft.taxClass) }),
    ...(isLinkedAlike ? {} : { links: LINK_KINDS.flatMap((kind) => linksTyped(draft.links[kind], kind)) }),
    variants: [
      {
        sku,
        ...(draft.content === before.content ? {} : { content }),
        ...(draft.cost === before.cost ? {} : { cost }),
      },
    ],
  });
}

export const LINK_KINDS: readonly ProductLink["kind"][] = ["deposit", "levy", "bag"];

function linksTyped(text: string, kind: ProductLink["kind"]) {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => ({ sku: idOf<"Sku">(each), kind }));
}

/** "0.75 l" is 750 ml. Only what is whole in the smaller unit can be said. Nothing typed: null. */
export function contentTyped(text: string): Content | null | "wrong" {
  if (text.trim() === "") return null;
  const [, size = "", word = ""] = /^([\d.,]+)\s*([a-z]+)$/.exec(text.trim().toLowerCase()) ?? [];
  const measure = TYPED_MEASURES.get(word);
  return (measure === undefined ? null : contentIn(measure, size)) ?? "wrong";
}
