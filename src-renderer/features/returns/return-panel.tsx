import { ReceiptText, ShoppingBasket, TriangleAlert, X } from "lucide-react";
import type { BasketView } from "#protocol/till/basket.ts";
import type { ObstacleView, ReturningView } from "#protocol/till/returns.ts";
import { openOverlay } from "../../app/overlay.ts";
import {
  comesBack,
  leaveReturn,
  openObstacles,
  type ReturnedRow,
  returnedRows,
} from "../../app/returning.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { beginFinding } from "./find-store.ts";
import { GoodsChoice } from "./goods-choice.tsx";
import { putInFront, rowKey, useGoods } from "./goods-store.ts";
import { LineRow, refundText } from "./line-row.tsx";
import { obstacleWords, wayWords } from "./obstacle-words.ts";
import { PurchaseSection } from "./purchase-section.tsx";
import { stepUnreceipted, stopReturn } from "./return-acts.ts";

/** What comes back, beside the basket: the purchases to choose from, what is said of the goods, and what stands in the way. */
export function ReturnPanel({
  basket,
  returning,
}: {
  readonly basket: BasketView;
  readonly returning: ReturningView;
}) {
  const obstacles = openObstacles(basket);
  return (
    <section
      aria-label={t("returns.panel.title")}
      className="grid min-h-0 min-w-0 grid-rows-[auto_minmax(0,1fr)_auto]"
    >
      <Head />
      <div className="thin-scroll flex min-h-0 flex-col gap-4 overflow-y-auto px-3 pb-3 xl:px-4">
        {returning.purchases.map((purchase) => (
          <PurchaseSection key={purchase.ref.id} purchase={purchase} obstacles={obstacles} />
        ))}
        <Unreceipted returning={returning} obstacles={obstacles} />
        {comesBack(basket) ? null : <p className="text-ink-soft">{t("returns.panel.nothing")}</p>}
      </div>
      <div className="flex flex-col">
        <Obstacles obstacles={obstacles} />
        <GoodsChoice returning={returning} />
      </div>
    </section>
  );
}

function Head() {
  return (
    <header className="flex items-center gap-2 px-3 py-2 xl:px-4 xl:py-3">
      <h2 className="min-w-0 flex-1 truncate font-bold text-lg">{t("returns.panel.title")}</h2>
      <Button
        icon={<ReceiptText aria-hidden size={20} />}
        onClick={() => {
          beginFinding("with");
          openOverlay({ kind: "findReturn" });
        }}
      >
        {t("returns.panel.another")}
      </Button>
      <Button look="primary" icon={<ShoppingBasket aria-hidden size={20} />} onClick={leaveReturn}>
        {t("returns.panel.shelves")}
      </Button>
      <Button
        look="quiet"
        aria-label={t("returns.panel.stop")}
        icon={<X aria-hidden size={22} />}
        onClick={() => void stopReturn()}
      />
    </header>
  );
}

/** Goods without a receipt, below the purchases. */
function Unreceipted({
  returning,
  obstacles,
}: {
  readonly returning: ReturningView;
  readonly obstacles: readonly ObstacleView[];
}) {
  const rows = returnedRows(returning).filter(({ of }) => of === null);
  if (rows.length === 0) return null;
  return (
    <section aria-label={t("returns.panel.unreceipted")} className="flex flex-col gap-2">
      <h3 className="font-bold">{t("returns.panel.unreceipted")}</h3>
      <ul className="flex flex-col gap-1.5">
        {rows.map((row) => (
          <UnreceiptedLine key={row.line} row={row} obstacles={obstacles} />
        ))}
      </ul>
    </section>
  );
}

function UnreceiptedLine({
  row,
  obstacles,
}: {
  readonly row: ReturnedRow;
  readonly obstacles: readonly ObstacleView[];
}) {
  const key = rowKey(row);
  const isInFront = useGoods((state) => state.inFront === key);
  return (
    <LineRow
      line={{
        ...row,
        facts: [t(`returns.reason.${row.reason}`), t(`returns.condition.${row.condition}`)]
          .map(apart)
          .join(" · "),
        pieces: row.quantity,
        refund: refundText(row.refund),
        obstacles: obstacles.filter(({ line }) => line === row.line),
      }}
      isInFront={isInFront}
      mayMore
      onTake={() => void stepUnreceipted(row.line, 1)}
      onPutInFront={() => putInFront(key)}
      onLess={() => void stepUnreceipted(row.line, -1)}
    />
  );
}

/** What stands in the way of all of it, in words, with the way to what gets past it. */
function Obstacles({ obstacles }: { readonly obstacles: readonly ObstacleView[] }) {
  const [first] = [...obstacles.filter(({ line }) => line === null), ...obstacles];
  if (first === undefined) return null;
  // Of a line its own row says why.
  const words = first.line === null ? obstacleWords(first) : wayWords(first);
  return (
    <div role="status" className="flex items-center gap-3 bg-warn-soft py-1.5 pe-2 ps-4 text-warn">
      <TriangleAlert aria-hidden className="shrink-0" />
      <p className="line-clamp-2 min-w-0 flex-1 font-semibold leading-tight">
        {words}
        {obstacles.length > 1 ? (
          <span className="font-normal">
            {" "}
            ({t("returns.obstacles.strip", { count: obstacles.length - 1 })})
          </span>
        ) : null}
      </p>
      <Button onClick={() => openOverlay({ kind: "returnObstacles" })}>{t("returns.obstacles.see")}</Button>
    </div>
  );
}
