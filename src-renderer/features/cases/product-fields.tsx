import { Check, ReceiptText, Search } from "lucide-react";
import { useEffect, useState } from "react";
import type { CaseProduct } from "#domain/cases/case.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { MAX_SCAN_CHARS } from "#domain/returns/code/limits.ts";
import { dayText } from "../../app/format.ts";
import { client } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { type CaseForm, withPurchase } from "./case-form.ts";
import { articlesLike, findPurchase } from "./find-goods.ts";

export interface FormProps {
  readonly form: CaseForm;
  readonly onForm: (change: (form: CaseForm) => CaseForm) => void;
}

export function productWords({ name, options }: CaseProduct): string {
  const label = variantLabel(options);
  return label === "" ? name : `${name}, ${label}`;
}

/** What it was bought with: found by the number on the receipt or order, which brings its articles and its customer. */
export function PurchaseField({ form, onForm }: FormProps) {
  const [number, setNumber] = useState("");
  const { purchase } = form;
  async function find(): Promise<void> {
    const found = await findPurchase(number);
    if (found !== null) onForm((now) => withPurchase(now, found));
  }
  if (purchase !== null)
    return (
      <div className="flex flex-col gap-2 rounded-2xl bg-brand-soft p-3">
        <p className="figures flex items-center gap-2 font-semibold">
          <ReceiptText aria-hidden size={20} className="shrink-0" />
          {[purchase.purchase.number, dayText(purchase.boughtAt)].map(apart).join(" · ")}
        </p>
        {purchase.products.length < 2 ? null : (
          <>
            <p className="text-sm">{t("cases.purchaseWhich")}</p>
            <Choices products={purchase.products} chosen={form.product} onForm={onForm} />
          </>
        )}
      </div>
    );
  return (
    <div className="flex items-end gap-2">
      <Field
        label={t("cases.purchase")}
        placeholder={t("cases.purchaseHint")}
        className="min-w-0 flex-1 [&>input]:w-full"
        autoComplete="off"
        maxLength={MAX_SCAN_CHARS}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // Enter looks the purchase up; it does not send a half-filled form.
          event.preventDefault();
          void find();
        }}
      />
      <Button size="large" disabled={number.trim() === ""} onClick={() => void find()}>
        {t("cases.purchaseFind")}
      </Button>
    </div>
  );
}

/** The article: scanned, found by its words, or what was typed where the catalogue does not have it. */
export function ProductField({ form, onForm }: FormProps) {
  const [like, setLike] = useState<readonly CaseProduct[]>([]);
  const { productText } = form;
  useEffect(() => {
    let isCurrent = true;
    void articlesLike(client, productText).then((articles) => {
      if (isCurrent) setLike(articles);
    });
    return () => {
      isCurrent = false;
    };
  }, [productText]);
  if (form.product !== null)
    return (
      <div className="flex items-center justify-between gap-2 rounded-2xl bg-brand-soft py-1 pe-1 ps-4">
        <p className="min-w-0">
          <span className="block font-semibold text-ink-soft text-sm">{t("cases.product")}</span>
          <bdi className="line-clamp-2 font-semibold text-lg leading-tight">{productWords(form.product)}</bdi>
        </p>
        <Button look="quiet" onClick={() => onForm((now) => ({ ...now, product: null }))}>
          {t("cases.changeProduct")}
        </Button>
      </div>
    );
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t("cases.product")}
        placeholder={t("cases.productHint")}
        autoComplete="off"
        maxLength={200}
        value={productText}
        onChange={(event) => onForm((now) => ({ ...now, productText: event.target.value }))}
      />
      <Choices products={like} chosen={null} onForm={onForm} />
    </div>
  );
}

function Choices({
  products,
  chosen,
  onForm,
}: {
  readonly products: readonly CaseProduct[];
  readonly chosen: CaseProduct | null;
  readonly onForm: FormProps["onForm"];
}) {
  return (
    <ul className="flex flex-col gap-1 empty:hidden">
      {products.map((product) => (
        <li key={`${product.sku} ${product.name}`}>
          <button
            type="button"
            aria-label={t("cases.choose", { name: productWords(product) })}
            aria-pressed={product === chosen}
            onClick={() => onForm((now) => ({ ...now, product }))}
            className={`press flex min-h-12 w-full items-center gap-2 rounded-xl border bg-surface px-3 text-start ${product === chosen ? "border-brand" : "border-line hover:border-brand"}`}
          >
            {product === chosen ? (
              <Check aria-hidden size={18} className="shrink-0" />
            ) : (
              <Search aria-hidden size={18} className="shrink-0 text-ink-soft" />
            )}
            <bdi className="line-clamp-1 min-w-0 flex-1">{productWords(product)}</bdi>
            <span className="figures shrink-0 text-ink-soft text-sm">{product.sku}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
