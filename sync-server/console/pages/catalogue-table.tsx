import { ChevronDown, ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import type { PriceListId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { ProductRow } from "#protocol/hq/console.ts";
import { amountText, numberText } from "../format.ts";
import { t, tCount } from "../translate.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { PriceCell } from "./price-cell.tsx";

type VariantRow = ProductRow["variants"][number];

interface Shown {
  readonly lists: readonly PriceListId[];
  readonly stores: readonly string[];
  /** Words for what was saved. */
  readonly onSaved: (words: string) => void;
}

/** Products; one of several variants opens to show them. */
export function CatalogueTable({ products, ...shown }: Shown & { readonly products: readonly ProductRow[] }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { lists, stores } = shown;

  function toggle(id: string) {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  }

  return (
    <Table
      label={t("nav.catalogue")}
      columns={[
        { title: t("catalogue.product") },
        { title: t("catalogue.sku") },
        ...lists.map((list) => ({ title: t("catalogue.priceOf", { list }), align: "right" as const })),
        ...stores.map((store) => ({ title: t("catalogue.stock", { store }), align: "right" as const })),
      ]}
    >
      {products.map((product) => {
        const [only, second] = product.variants;
        if (only !== undefined && second === undefined)
          return <OneVariant key={product.product} product={product} variant={only} {...shown} />;
        const isOpen = opened.has(product.product);
        return (
          <Fragment key={product.product}>
            <SeveralVariants
              product={product}
              isOpen={isOpen}
              onToggle={() => toggle(product.product)}
              {...shown}
            />
            {isOpen &&
              product.variants.map((variant) => (
                <Row key={variant.variant} className="bg-sunken/50">
                  <Cell isIndented>{variantLabel(variant.options) || variant.sku}</Cell>
                  <VariantCells variant={variant} {...shown} />
                </Row>
              ))}
          </Fragment>
        );
      })}
    </Table>
  );
}

function ProductName({ product, more }: { readonly product: ProductRow; readonly more?: string }) {
  const about = [product.brand, product.category, more].filter((text) => text !== undefined && text !== "");
  return (
    <>
      <span className="block font-medium">{product.title}</span>
      <span className="block text-soft text-sm">{about.join(" · ")}</span>
    </>
  );
}

function OneVariant({
  product,
  variant,
  ...shown
}: Shown & { readonly product: ProductRow; readonly variant: VariantRow }) {
  return (
    <Row>
      <Cell isIndented>
        <ProductName product={product} more={variantLabel(variant.options)} />
      </Cell>
      <VariantCells variant={variant} {...shown} />
    </Row>
  );
}

function SeveralVariants({
  product,
  isOpen,
  onToggle,
  lists,
  stores,
}: Shown & { readonly product: ProductRow; readonly isOpen: boolean; readonly onToggle: () => void }) {
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <Row className="cursor-pointer hover:bg-sunken/60">
      <Cell>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={t("catalogue.show", { title: product.title })}
          onClick={onToggle}
          className="-ml-1 flex w-full items-center gap-2.5 text-left"
        >
          <Chevron aria-hidden size={18} className="shrink-0 text-soft" />
          <span>
            <ProductName product={product} />
          </span>
        </button>
      </Cell>
      <Cell className="whitespace-nowrap text-soft">
        {tCount("common.variants", product.variants.length)}
      </Cell>
      {lists.map((list) => (
        <Cell key={list} align="right" className="whitespace-nowrap text-soft">
          {rangeText(product, list)}
        </Cell>
      ))}
      {stores.map((store) => (
        <Cell key={store} align="right">
          <Pieces count={product.variants.reduce((sum, variant) => sum + onHandIn(variant, store), 0)} />
        </Cell>
      ))}
    </Row>
  );
}

function VariantCells({ variant, lists, stores, onSaved }: Shown & { readonly variant: VariantRow }) {
  const currency = variant.prices[0]?.amount.currency ?? null;
  return (
    <>
      <Cell className="figures whitespace-nowrap">
        {variant.sku}
        <span className="block text-soft text-sm">{variant.gtin}</span>
      </Cell>
      {lists.map((list) => (
        <Cell key={list} align="right" className="whitespace-nowrap">
          <PriceCell
            sku={variant.sku}
            list={list}
            amount={priceOn(variant, list)}
            currency={currency}
            onSaved={onSaved}
          />
        </Cell>
      ))}
      {stores.map((store) => (
        <Cell key={store} align="right">
          <Pieces count={onHandIn(variant, store)} />
        </Cell>
      ))}
    </>
  );
}

function Pieces({ count }: { readonly count: number }) {
  const look = count < 0 ? "font-semibold text-danger" : count === 0 ? "text-soft" : "";
  return <span className={look}>{numberText(count)}</span>;
}

function onHandIn({ stock }: VariantRow, store: string): number {
  return stock.find((level) => level.store === store)?.onHand ?? 0;
}

function priceOn({ prices }: VariantRow, list: PriceListId): Money | null {
  return prices.find((price) => price.list === list)?.amount ?? null;
}

/** The lowest price of a product's variants, "from" it where they differ. */
function rangeText(product: ProductRow, list: PriceListId): string {
  const amounts = product.variants
    .map((variant) => priceOn(variant, list))
    .filter((amount): amount is Money => amount !== null)
    .toSorted((one, other) => one.minor - other.minor);
  const [lowest] = amounts;
  if (lowest === undefined) return t("common.none");
  const price = amountText(lowest);
  return amounts.at(-1)?.minor === lowest.minor ? price : t("catalogue.from", { price });
}
