import { create } from "zustand";
import type { LineId } from "#domain/ids.ts";

type Open =
  | { readonly kind: "none" }
  | { readonly kind: "line"; readonly line: LineId }
  | { readonly kind: "lineDiscount"; readonly line: LineId }
  | { readonly kind: "basketDiscount" }
  | { readonly kind: "park" }
  | { readonly kind: "recall" };

interface BasketSheets {
  readonly open: Open;
  readonly openLine: (line: LineId) => void;
  readonly openLineDiscount: (line: LineId) => void;
  readonly openBasketDiscount: () => void;
  readonly openPark: () => void;
  readonly openRecall: () => void;
  readonly close: () => void;
}

/** Which sheet lies over the basket: one at a time. */
export const useBasketSheets = create<BasketSheets>((set) => ({
  open: { kind: "none" },
  openLine: (line) => set({ open: { kind: "line", line } }),
  openLineDiscount: (line) => set({ open: { kind: "lineDiscount", line } }),
  openBasketDiscount: () => set({ open: { kind: "basketDiscount" } }),
  openPark: () => set({ open: { kind: "park" } }),
  openRecall: () => set({ open: { kind: "recall" } }),
  close: () => set({ open: { kind: "none" } }),
}));
