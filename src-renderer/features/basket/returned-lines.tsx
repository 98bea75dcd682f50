import { ChevronRight, CornerUpLeft, PackageOpen, RotateCcw, TrendingUp, X } from "lucide-react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { ReturningView } from "#protocol/till/returns.ts";
import { minusText, moneyText, pictureAddress } from "../../app/format.ts";
import { dropReturned, type ReturnedRow, returnedRows, showReturn, useReturn } from "../../app/returning.ts";
import { apart, t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** A return that was begun, while the shelves are in sight: the way back to it. */
export function ReturnBar({ basket: { returning } }: { readonly basket: BasketView }) {
  const shown = useReturn((state) => state.shown);
  if (returning === null || shown) return null;
  const numbers = returning.purchases.map(({ number }) => number).join(", ");
  return (
    <button
      type="button"
      onClick={showReturn}
      className="press flex min-h-12 items-center gap-3 border-line border-b bg-brand-soft px-4 text-start font-semibold hover:underline"
    >
      <RotateCcw aria-hidden size={20} className="shrink-0" />
      <span className="figures min-w-0 flex-1 truncate">
        {numbers === "" ? t("returns.panel.back") : t("returns.panel.backTo", { number: numbers })}
      </span>
      <ChevronRight aria-hidden size={20} className="rtl:-scale-x-100 shrink-0" />
    </button>
  );
}

/** What comes back, below what is sold, and what the kept goods cost more for it. `fixed` while money is given back. */
export function ReturnedLines({
  returning,
  fixed,
}: {
  readonly returning: ReturningView | null;
  readonly fixed: boolean;
}) {
  const rows = returnedRows(returning);
  const repriced = returning?.purchases.flatMap((purchase) => purchase.repriced) ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <li className="flex items-center gap-2 bg-sunken px-4 py-1 font-semibold text-ink-soft text-sm">
        <CornerUpLeft aria-hidden size={16} />
        {t("basket.comesBack")}
      </li>
      {rows.map((row) => (
        <Returned key={row.line} row={row} fixed={fixed} />
      ))}
      {repriced.map(({ name, amount }) => (
        <li key={name} className="flex min-h-12 items-center gap-3 py-2 pe-4 ps-6 text-warn">
          <TrendingUp aria-hidden size={20} className="shrink-0" />
          <span className="line-clamp-2 min-w-0 flex-1 text-sm leading-tight">
            {t("basket.repricedSum")}: {name}
          </span>
          <span className="figures font-bold text-lg">{moneyText(amount)}</span>
        </li>
      ))}
    </>
  );
}

function Returned({ row, fixed }: { readonly row: ReturnedRow; readonly fixed: boolean }) {
  const { name, quantity, refund } = row;
  const label = t("basket.returned", {
    name,
    pieces: tCount("basket.pieces", quantity),
    total: moneyText(refund),
  });
  const look =
    "grid min-h-16 w-full grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-3 py-2 ps-3 text-start";
  return (
    <li key={quantity} className="flash flex items-center">
      {fixed ? (
        <div className={`${look} pe-4`}>
          <Facts row={row} />
        </div>
      ) : (
        <>
          <button type="button" onClick={showReturn} aria-label={label} className={`${look} hover:bg-sunken`}>
            <Facts row={row} />
          </button>
          <Button
            look="quiet"
            className="me-1 shrink-0 px-0!"
            aria-label={t("basket.drop", { name })}
            icon={<X aria-hidden size={20} />}
            onClick={() => void dropReturned(row)}
          />
        </>
      )}
    </li>
  );
}

function Facts({ row }: { readonly row: ReturnedRow }) {
  const options = variantLabel(row.options);
  return (
    <>
      <span className="relative block size-12">
        <span className="grid size-12 place-items-center overflow-hidden rounded-xl bg-sunken">
          {row.image === null ? (
            <PackageOpen aria-hidden size={20} className="text-ink-soft" />
          ) : (
            <img src={pictureAddress(row.image)} alt="" className="size-full object-cover" />
          )}
        </span>
        {row.quantity > 1 ? (
          <span className="figures absolute -top-1 -end-1.5 grid h-6 min-w-6 place-items-center rounded-full bg-ink px-1.5 font-bold text-paper text-sm">
            {row.quantity}
          </span>
        ) : null}
      </span>
      <span className="min-w-0">
        <bdi className="line-clamp-2 font-semibold leading-tight">{row.name}</bdi>
        <span className="line-clamp-2 text-ink-soft text-sm leading-tight">
          {[options, t(`returns.reason.${row.reason}`)]
            .filter((part) => part !== "")
            .map(apart)
            .join(" · ")}
        </span>
      </span>
      <span className="figures font-bold text-lg">{minusText(row.refund)}</span>
    </>
  );
}
