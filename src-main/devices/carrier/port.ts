import type { PostalAddress } from "#domain/orders/order.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { Result } from "#domain/result.ts";

/** One parcel of an order, ready to go. */
export interface Shipment {
  /** What people call the order. */
  readonly order: string;
  /** The parcel's place among the order's parcels, from 1, and how many there are. */
  readonly parcel: { readonly place: number; readonly of: number };
  /** Who carries it, as the colleague chose. */
  readonly carrier: string;
  /** As typed or scanned; empty where the carrier is to give one. */
  readonly tracking: string;
  readonly from: { readonly code: string; readonly name: string; readonly lines: readonly string[] };
  readonly to: PostalAddress;
}

export interface CarrierLabel {
  readonly tracking: string;
  /** The label as the receipt printer prints it. */
  readonly rows: readonly ReceiptRow[];
}

/** Takes parcels on: gives each its tracking number and a label. A carrier that cannot be reached never keeps a parcel in the store. */
export interface Carrier {
  label(shipment: Shipment): Promise<Result<CarrierLabel, "unreachable" | "notTaken">>;
}
