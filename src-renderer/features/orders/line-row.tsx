import { PackageOpen } from "lucide-react";
import type { ReactNode } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { OrderLineView } from "#protocol/till/orders.ts";
import { pictureAddress } from "../../app/format.ts";
import { apart, t } from "../../i18n/translate.ts";
import { leftOf } from "./lanes.ts";

/** An article of an order with its picture; what is counted or chosen stands at its end. */
export function LineRow({
  line,
  large,
  look = "border-line bg-surface",
  children,
}: {
  readonly line: OrderLineView;
  /** Where articles are looked for by their picture. */
  readonly large: boolean;
  readonly look?: string;
  readonly children: ReactNode;
}) {
  const box = large ? "size-20 xl:size-24" : "size-16";
  const facts = [variantLabel(line.options), line.sku]
    .filter((part) => part !== "")
    .map(apart)
    .join(" · ");
  return (
    <li className={`flex items-center gap-4 rounded-2xl border p-3 ${look}`}>
      <span className={`grid shrink-0 place-items-center overflow-hidden rounded-xl bg-sunken ${box}`}>
        {line.image === null ? (
          <PackageOpen aria-hidden size={28} className="text-ink-soft" />
        ) : (
          <img src={pictureAddress(line.image)} alt="" className="size-full object-cover" />
        )}
      </span>
      <span className="min-w-0 flex-1">
        <bdi className={`line-clamp-2 font-semibold leading-tight ${large ? "text-xl" : "text-lg"}`}>
          {line.name}
        </bdi>
        <span className="figures mt-0.5 block truncate text-ink-soft">{facts}</span>
        <LineWords line={line} />
      </span>
      {children}
    </li>
  );
}

function LineWords({ line }: { readonly line: OrderLineView }) {
  const words = [
    line.isSubstitute ? t("orders.line.substitute") : "",
    line.missing > 0 ? t("orders.line.missing", { count: line.missing }) : "",
    line.handed > 0 && leftOf(line) > 0 ? t("orders.line.handed", { count: line.handed }) : "",
  ].filter((part) => part !== "");
  if (words.length === 0) return null;
  return (
    <span className="figures block font-semibold text-sm text-warn">{words.map(apart).join(" · ")}</span>
  );
}
