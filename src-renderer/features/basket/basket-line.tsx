import { CornerDownRight, LockKeyhole, PackageOpen, Tag, UserRound } from "lucide-react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { BasketLineView, BasketView } from "#protocol/till/basket.ts";
import { minusText, moneyText, pictureAddress } from "../../app/format.ts";
import { openOverlay } from "../../app/overlay.ts";
import { isChangeable } from "../../app/register.ts";
import { apart, t, tCount } from "../../i18n/translate.ts";
import { lineReductions } from "./discount-words.ts";
import { useSeller } from "./line-extras.tsx";
import { LineReduction, lineWords } from "./line-price.tsx";

const ROW =
  "grid min-h-16 w-full grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-3 py-2 pe-4 ps-3 text-start";

/** What is charged with the line above it stands a little in from it, and lower. */
const LINKED_ROW =
  "grid min-h-12 w-full grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-3 py-1 pe-4 ps-10 text-start";

/** One line: pressing it opens what can be done with it. `fixed` while money is taken. */
export function BasketLineRow({
  line,
  basket,
  fixed,
}: {
  readonly line: BasketLineView;
  readonly basket: BasketView;
  readonly fixed: boolean;
}) {
  const label = t("basket.line", {
    name: line.name,
    pieces: tCount("basket.pieces", line.quantity),
    total: moneyText(line.total),
  });
  return (
    <li key={line.quantity} className="flash">
      {fixed || !isChangeable(line) ? (
        <div className={line.linked === undefined ? ROW : LINKED_ROW}>
          <Facts line={line} basket={basket} />
        </div>
      ) : (
        <button
          type="button"
          onClick={() => openOverlay({ kind: "line", line: line.id })}
          aria-label={label}
          className={`${ROW} hover:bg-sunken`}
        >
          <Facts line={line} basket={basket} />
        </button>
      )}
    </li>
  );
}

function Facts({ line, basket }: { readonly line: BasketLineView; readonly basket: BasketView }) {
  const options = variantLabel(line.options);
  const seller = useSeller(line);
  return (
    <>
      <span className={`relative block ${line.linked === undefined ? "size-12" : "size-8"}`}>
        <span className="grid size-full place-items-center overflow-hidden rounded-xl bg-sunken">
          {line.linked !== undefined ? (
            <CornerDownRight aria-hidden size={16} className="rtl:-scale-x-100 text-ink-soft" />
          ) : line.image === null ? (
            <PackageOpen aria-hidden size={20} className="text-ink-soft" />
          ) : (
            <img src={pictureAddress(line.image)} alt="" className="size-full object-cover" />
          )}
        </span>
        {line.quantity > 1 && line.linked === undefined ? (
          <span className="figures absolute -top-1 -end-1.5 grid h-6 min-w-6 place-items-center rounded-full bg-brand px-1.5 font-bold text-on-brand text-sm">
            {line.quantity}
          </span>
        ) : null}
      </span>
      <span className="min-w-0">
        <bdi
          className={`line-clamp-2 leading-tight ${line.linked === undefined ? "font-semibold" : "text-sm"}`}
        >
          {line.name}
        </bdi>
        <span className="figures block truncate text-ink-soft text-sm">
          {[options, ...lineWords(line)]
            .filter((part) => part !== "")
            .map(apart)
            .join(" · ")}
        </span>
        <LineReduction line={line} />
        {seller === null ? null : (
          <span className="flex items-center gap-1 text-ink-soft text-sm">
            <UserRound aria-hidden size={14} className="shrink-0" />
            {t("seller.is", { name: seller })}
          </span>
        )}
        {line.isOrdered ? (
          <span className="flex items-center gap-1 text-ink-soft text-sm">
            <LockKeyhole aria-hidden size={14} className="shrink-0" />
            {t("basket.ordered")}
          </span>
        ) : null}
        {lineReductions(line, basket).map(({ name, amount }) => (
          <span key={name} className="figures flex items-center gap-1 font-semibold text-good text-sm">
            <Tag aria-hidden size={14} className="shrink-0" />
            <span className="line-clamp-2 leading-tight">
              {minusText(amount)} <bdi>{name}</bdi>
            </span>
          </span>
        ))}
      </span>
      <span className={`figures font-bold ${line.linked === undefined ? "text-lg" : ""}`}>
        {moneyText(line.total)}
      </span>
    </>
  );
}
