import type { FulfilmentId } from "#domain/ids.ts";
import { allThatIsDue } from "#domain/orders/goods.ts";
import type { Parcel, StoreOrder } from "#domain/orders/order.ts";
import { fits } from "#domain/orders/transitions.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import { isToRestock } from "./order-card.ts";
import type { Acted, OrderDesk, OrderRefusal } from "./order-desk.ts";
import type { Slips } from "./slips.ts";

/** As long as the journal takes it. */
const MAX_TRACKING_CHARS = 80;

interface Labelled {
  readonly parcel: Parcel;
  /** Null where no label is to be had: the parcel goes with what was typed. */
  readonly label: readonly ReceiptRow[] | null;
}

/** Orders that leave by parcel, and goods that go back on sale. */
export class Shipping {
  readonly #ports: Pick<ShopPorts, "carrier">;
  readonly #desk: OrderDesk;
  readonly #slips: Slips;
  readonly #turns = new Turns();

  constructor(ports: Pick<ShopPorts, "carrier">, parts: { readonly desk: OrderDesk; readonly slips: Slips }) {
    this.#ports = ports;
    this.#desk = parts.desk;
    this.#slips = parts.slips;
  }

  /** All that is due goes in these parcels. Carriers are asked for labels before the entry is written: it carries their tracking numbers. */
  ship({ fulfilment, parcels }: VerbParsedArgs<"shipOrder">): Promise<Acted> {
    return this.#turns.take(async () => {
      const opened = this.#desk.open("shipped", fulfilment);
      if (!opened.ok) return opened;
      const { duty, order } = opened.value;
      const refusal = shippingRefusal(order);
      if (refusal !== null) return refused(refusal);
      const labelled = await this.#label(order, parcels, duty.settings);
      const sent = labelled.map(({ parcel }) => parcel);
      const shipped = await this.#desk.write(duty, fulfilment, (now) => {
        const refusedNow = shippingRefusal(now);
        if (refusedNow !== null) return refusedNow;
        const lines = allThatIsDue(now.fulfilment);
        return { type: "order.shipped", fulfilment, lines, parcels: sent };
      });
      if (!shipped.ok) return shipped;
      this.#slips.printPackingSlip(order, { lines: allThatIsDue(order.fulfilment), parcels: sent });
      for (const { label } of labelled) if (label !== null) this.#slips.printLabel(label);
      return shipped;
    });
  }

  /** Goods of an order that is off are back on sale. */
  restock({ fulfilment }: { readonly fulfilment: FulfilmentId }): Promise<Acted> {
    return this.#desk.act("restocked", fulfilment, (order) =>
      isToRestock(order) ? { type: "order.restocked", fulfilment } : "notNow",
    );
  }

  async printPickSlip({
    fulfilment,
  }: {
    readonly fulfilment: FulfilmentId;
  }): Promise<Result<Record<string, never>, OrderRefusal>> {
    const opened = this.#desk.open("picked", fulfilment);
    if (!opened.ok) return opened;
    if (!this.#slips.canPrint) return refused("noPrinter");
    this.#slips.printPickSlip(opened.value.order);
    return ok({});
  }

  async #label(
    { number, address }: StoreOrder,
    parcels: readonly Parcel[],
    { code, name, address: lines }: StoreSettings,
  ): Promise<readonly Labelled[]> {
    const { carrier } = this.#ports;
    const labelled: Labelled[] = [];
    for (const [index, parcel] of parcels.entries()) {
      const plain = { parcel, label: null };
      if (carrier === null || address === null) {
        labelled.push(plain);
        continue;
      }
      const answer = await carrier.label({
        order: number,
        parcel: { place: index + 1, of: parcels.length },
        carrier: parcel.carrier,
        tracking: parcel.tracking,
        from: { code, name, lines },
        to: address,
      });
      if (answer.ok) {
        const { tracking, rows } = answer.value;
        labelled.push({
          parcel: { ...parcel, tracking: tracking.slice(0, MAX_TRACKING_CHARS) },
          label: rows,
        });
      } else labelled.push(plain);
    }
    return labelled;
  }
}

function shippingRefusal({ fulfilment }: StoreOrder): OrderRefusal | null {
  if (fulfilment.kind !== "ship") return "notShipping";
  if (fulfilment.state === "cancelled" || fulfilment.state === "declined") return "cancelled";
  if (!fits("shipped", fulfilment.state)) return "notReady";
  return allThatIsDue(fulfilment).length === 0 ? "nothingToHandOver" : null;
}
