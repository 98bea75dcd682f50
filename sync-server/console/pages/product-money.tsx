import { useCallback } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import { amountText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { addressOf } from "../use-route.ts";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 10_000;
const SEARCHED = 50;
const SHOWN = 50;

/** What a product costs on each list now and what there is of it in each store, with the ways to where both are changed. */
export function PricesAndStock({ id, handle }: { readonly id: string; readonly handle: string }) {
  const api = useApi();
  const { data, problem } = usePolled(
    useCallback(() => api.products({ search: handle, offset: 0, limit: SEARCHED }), [api, handle]),
    REFRESH_MS,
  );
  const row = data?.products.find((each) => each.product === id);
  const variants = row?.variants ?? [];
  return (
    <Panel title={t("product.pricesAndStock")}>
      <ProblemNote problem={problem} />
      <ul className="divide-y divide-line">
        {variants.slice(0, SHOWN).map(({ variant, sku, options, prices, stock }) => (
          <li key={variant} className="px-5 py-3 text-sm">
            <p className="font-medium">{variantLabel(options) || sku}</p>
            <p className="figures">
              {prices.length === 0
                ? t("product.noPrices")
                : prices.map(({ list, amount }) => `${list} ${amountText(amount)}`).join(" · ")}
            </p>
            <p className="figures text-soft">
              {stock
                .map(({ store, onHand }) => `${store} ${t("product.onHand", { count: numberText(onHand) })}`)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-x-6 gap-y-2 border-line border-t px-5 py-3">
        <a
          className="inline-flex min-h-10 items-center font-semibold text-brand"
          href={addressOf("prices", { search: handle })}
        >
          {t("product.toPrices")}
        </a>
        <a
          className="inline-flex min-h-10 items-center font-semibold text-brand"
          href={addressOf("catalogue", { search: handle })}
        >
          {t("product.toStock")}
        </a>
      </p>
    </Panel>
  );
}
