import { Pencil } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { PriceListId, Sku } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import { type ProductRow, productsAnswerSchema, setPriceAnswerSchema } from "#protocol/hq/console.ts";
import { moneyText } from "../app/format.ts";
import { HqRefusal, hq } from "../app/hq.ts";
import { useHq } from "../app/use-hq.ts";
import { WORDS } from "../i18n/words.ts";
import { Button, Card, Cell, Empty, Table } from "../ui/parts.tsx";

const PAGE = 25;

/** What the chain sells; a changed price is on every till within seconds. */
export function CatalogueArea() {
  const [search, setSearch] = useState("");
  const [limit, setLimit] = useState(PAGE);
  const { data, again } = useHq(
    productsAnswerSchema,
    `/hq/v1/products?limit=${Math.min(limit, 200)}&search=${encodeURIComponent(search)}`,
  );
  return (
    <Card
      title={WORDS.catalogue.title}
      aside={
        data === null ? null : (
          <span className="figures text-ink-soft">{WORDS.catalogue.found(data.total)}</span>
        )
      }
    >
      <div className="border-line border-b p-4">
        <input
          type="search"
          aria-label={WORDS.catalogue.search}
          placeholder={WORDS.catalogue.search}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setLimit(PAGE);
          }}
          className="min-h-11 w-full rounded-lg border border-line bg-paper px-4"
        />
      </div>
      {data?.products.length === 0 ? <Empty>{WORDS.catalogue.none}</Empty> : null}
      <Table
        heads={[
          { label: WORDS.catalogue.product },
          { label: WORDS.catalogue.sku },
          { label: WORDS.catalogue.stock },
          { label: WORDS.catalogue.price, right: true },
        ]}
      >
        {data?.products.flatMap((product) =>
          product.variants.map((variant, index) => (
            <VariantRow
              key={variant.variant}
              product={product}
              variant={variant}
              first={index === 0}
              onChanged={again}
            />
          )),
        )}
      </Table>
      {data !== null && data.total > limit && limit < 200 ? (
        <p className="border-line border-t p-4 text-center">
          <Button onClick={() => setLimit(limit + PAGE)}>{WORDS.catalogue.more}</Button>
        </p>
      ) : null}
    </Card>
  );
}

type Variant = ProductRow["variants"][number];

function VariantRow({
  product,
  variant,
  first,
  onChanged,
}: {
  readonly product: ProductRow;
  readonly variant: Variant;
  readonly first: boolean;
  readonly onChanged: () => void;
}) {
  return (
    <tr>
      <Cell>
        {first ? <span className="block font-semibold">{product.title}</span> : null}
        <span className="text-ink-soft text-sm">
          {variant.options.filter((option) => option !== "Default Title").join(" / ") || product.category}
        </span>
      </Cell>
      <Cell>
        <span className="figures">{variant.sku}</span>
        <span className="figures block text-ink-soft text-sm">{variant.gtin}</span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-x-4">
          {variant.stock.map(({ store, onHand }) => (
            <span key={store} className={`figures ${onHand < 0 ? "font-semibold text-danger" : ""}`}>
              <span className="text-ink-soft text-sm">{store}</span> {onHand}
            </span>
          ))}
        </span>
      </Cell>
      <Cell right>
        {variant.prices.length === 0 ? <span className="text-danger">{WORDS.catalogue.noPrice}</span> : null}
        {variant.prices.map(({ list, amount }) => (
          <PriceEdit key={list} sku={variant.sku} list={list} amount={amount} onChanged={onChanged} />
        ))}
      </Cell>
    </tr>
  );
}

function PriceEdit({
  sku,
  list,
  amount,
  onChanged,
}: {
  readonly sku: Sku;
  readonly list: PriceListId;
  readonly amount: Money;
  readonly onChanged: () => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const price = parseAmount({ text: (typed ?? "").replace(",", "."), currency: amount.currency });
    if (!price.ok) return setProblem(WORDS.catalogue.badPrice);
    try {
      await hq(setPriceAnswerSchema, "/hq/v1/prices", {
        method: "PUT",
        json: { sku, list, amount: price.value },
      });
      setTyped(null);
      setProblem(null);
      onChanged();
    } catch (error) {
      setProblem(error instanceof HqRefusal ? error.message : WORDS.failed);
    }
  }
  if (typed === null) {
    return (
      <span className="flex items-center justify-end gap-2">
        <span className="text-ink-soft text-sm">{list}</span>
        <span className="font-bold">{moneyText(amount)}</span>
        <button
          type="button"
          aria-label={WORDS.catalogue.edit(sku)}
          onClick={() => setTyped(decimalText(amount))}
          className="grid size-9 place-items-center rounded-lg hover:bg-sunken"
        >
          <Pencil aria-hidden size={16} />
        </button>
      </span>
    );
  }
  return (
    <form onSubmit={save} className="flex flex-wrap items-center justify-end gap-2">
      <input
        aria-label={WORDS.catalogue.edit(sku)}
        inputMode="decimal"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="figures min-h-10 w-28 rounded-lg border border-line bg-paper px-3 text-right"
      />
      <Button type="submit" look="primary">
        {WORDS.catalogue.save}
      </Button>
      <Button onClick={() => setTyped(null)}>{WORDS.catalogue.cancel}</Button>
      {problem === null ? null : (
        <span role="alert" className="w-full font-semibold text-danger">
          {problem}
        </span>
      )}
    </form>
  );
}
