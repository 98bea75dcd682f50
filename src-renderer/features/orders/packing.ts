import type { OrderCard } from "#protocol/till/orders.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { closeOrder, keepCard } from "./orders-store.ts";

export interface ParcelEntry {
  readonly carrier: string;
  readonly tracking: string;
}

/** Carriers that shops hand parcels to; any other is typed. */
export const CARRIERS = ["DHL", "DPD", "GLS", "UPS"] as const;
export const MAX_CARRIER_CHARS = 60;
export const MAX_TRACKING_CHARS = 80;

/** Whether the parcels can go: each has a carrier. A tracking number may be missing. */
export function isPacked(parcels: readonly ParcelEntry[]): boolean {
  return parcels.length > 0 && parcels.every(({ carrier }) => carrier.trim() !== "");
}

/** The parcels after a label was scanned: the first without a tracking number gets it, else the last. */
export function withTracking(parcels: readonly ParcelEntry[], code: string): readonly ParcelEntry[] {
  const free = parcels.findIndex(({ tracking }) => tracking === "");
  const target = free === -1 ? parcels.length - 1 : free;
  return parcels.map((parcel, index) =>
    index === target ? { ...parcel, tracking: code.slice(0, MAX_TRACKING_CHARS) } : parcel,
  );
}

/** The order went to the carrier. */
export function ship(card: OrderCard, parcels: readonly ParcelEntry[]): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("shipOrder", {
      fulfilment: card.id,
      parcels: parcels.map(({ carrier, tracking }) => ({
        carrier: carrier.trim(),
        tracking: tracking.trim(),
      })),
    });
    if (answer?.ok !== true) return;
    keepCard(answer.value);
    playTone("done");
    tell("done", t("orders.pack.done", { number: card.number }));
    closeOrder();
  });
}
