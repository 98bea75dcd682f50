import type { PostalAddress } from "#domain/orders/order.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok } from "#domain/result.ts";
import type { Carrier, Shipment } from "./port.ts";

/** What a Code 128 barcode on the label may hold. */
const NOT_IN_A_TRACKING_NUMBER = /[^A-Z0-9-]+/g;
const MAX_TRACKING_CHARS = 40;

/**
 * The carrier that every store has: a label from the store's own data, by whoever drives the parcel there. Where no tracking number was typed
 * it makes one of store, order and parcel, so that the parcel can be asked after in the store; asked again it makes the same.
 */
export function createStoreLabels(): Carrier {
  return {
    async label(shipment) {
      const tracking = shipment.tracking === "" ? ownTracking(shipment) : shipment.tracking;
      return ok({ tracking, rows: labelRows(shipment, tracking) });
    },
  };
}

function ownTracking({ from, order, parcel }: Shipment): string {
  const plain = order.toUpperCase().replaceAll(NOT_IN_A_TRACKING_NUMBER, "-");
  const end = `-${parcel.place}`;
  return `${from.code}-${plain}`.slice(0, MAX_TRACKING_CHARS - end.length) + end;
}

function labelRows({ carrier, from, to, order, parcel }: Shipment, tracking: string): readonly ReceiptRow[] {
  return [
    { kind: "big", left: carrier, right: `${parcel.place}/${parcel.of}` },
    ...[from.name, ...from.lines].map((text) => row(text, false)),
    { kind: "rule" },
    ...addressed(to).map((text) => row(text, true)),
    { kind: "rule" },
    row(order, false),
    { kind: "barcode", text: tracking },
  ];
}

function addressed({ name, lines, postcode, city, country }: PostalAddress): readonly string[] {
  return [name, ...lines, `${postcode} ${city}`.trim(), country];
}

function row(left: string, strong: boolean): ReceiptRow {
  return { kind: "pair", left, right: "", strong };
}
