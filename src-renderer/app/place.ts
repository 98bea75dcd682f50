import { create } from "zustand";
import { closeOverlay } from "./overlay.ts";

/** The register, where goods are rung up, or the orders, where they are picked and handed out. */
export type Screen = "register" | "orders";

export const usePlace = create<{ readonly screen: Screen }>(() => ({ screen: "register" }));

/** Goes to the other screen. What stands in the basket stays there. */
export function goTo(screen: Screen): void {
  closeOverlay();
  usePlace.setState({ screen });
}
