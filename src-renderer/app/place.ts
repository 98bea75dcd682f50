import { create } from "zustand";
import { closeOverlay } from "./overlay.ts";

/** The register, where goods are rung up, the orders, where they are picked and handed out, or the cases, where what went wrong is put right. */
export type Screen = "register" | "orders" | "cases";

export const usePlace = create<{ readonly screen: Screen }>(() => ({ screen: "register" }));

/** Goes to the other screen. What stands in the basket stays there. */
export function goTo(screen: Screen): void {
  closeOverlay();
  usePlace.setState({ screen });
}
