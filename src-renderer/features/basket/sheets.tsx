import type { BasketView } from "#protocol/till/basket.ts";
import { useBasketSheets } from "./basket-sheets.ts";
import { DiscountSheet } from "./discount-sheet.tsx";
import { LineSheet } from "./line-sheet.tsx";
import { ParkSheet, RecallSheet } from "./park-sheets.tsx";

/** The sheet that lies over the basket now, if any. */
export function BasketSheets({ basket }: { readonly basket: BasketView | null }) {
  const { open } = useBasketSheets();
  const line = "line" in open ? basket?.lines.find((each) => each.id === open.line) : undefined;
  switch (open.kind) {
    case "none":
      return null;
    case "line":
      return line === undefined ? null : <LineSheet line={line} />;
    case "lineDiscount":
      return line === undefined ? null : (
        <DiscountSheet line={line} current={line.discount} currency={line.total.currency} />
      );
    case "basketDiscount":
      return basket === null || basket.lines.length === 0 ? null : (
        <DiscountSheet line={null} current={basket.discount} currency={basket.due.currency} />
      );
    case "park":
      return basket === null || basket.lines.length === 0 ? null : <ParkSheet />;
    case "recall":
      return <RecallSheet />;
  }
}
