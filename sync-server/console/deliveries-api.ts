import type { DeliveryId } from "#domain/ids.ts";
import {
  type DeliveryActRequest,
  type DeliveryFilter,
  deliveriesAnswerSchema,
  deliveryRemovedSchema,
  type EditDelivery,
  hqDeliverySchema,
  reservationsAnswerSchema,
  type WantDelivery,
} from "#protocol/hq/deliveries.ts";
import { type Ask, asJson } from "./ask.ts";

/** HQ's calls about goods that move into and between stores, and about what is promised to orders. */
export class DeliveriesApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  list(ask: {
    readonly filter: DeliveryFilter;
    readonly kind: string;
    readonly store: string;
    readonly search: string;
    readonly offset: number;
    readonly limit: number;
  }) {
    return this.#ask("GET", `/hq/v1/deliveries?${queryOf(ask)}`, deliveriesAnswerSchema);
  }

  one(id: DeliveryId) {
    return this.#ask("GET", `/hq/v1/deliveries/${encodeURIComponent(id)}`, hqDeliverySchema);
  }

  want(wanted: WantDelivery) {
    return this.#ask("POST", "/hq/v1/deliveries", hqDeliverySchema, asJson(wanted));
  }

  act(id: DeliveryId, act: DeliveryActRequest) {
    const path = `/hq/v1/deliveries/${encodeURIComponent(id)}/acts`;
    return this.#ask("POST", path, hqDeliverySchema, asJson(act));
  }

  /** A delivery that was not sent yet becomes this; refused where it was changed since `version`. */
  edit(id: DeliveryId, edit: EditDelivery) {
    return this.#ask("PUT", `/hq/v1/deliveries/${encodeURIComponent(id)}`, hqDeliverySchema, asJson(edit));
  }

  remove(id: DeliveryId, version: string) {
    const path = `/hq/v1/deliveries/${encodeURIComponent(id)}?${queryOf({ version })}`;
    return this.#ask("DELETE", path, deliveryRemovedSchema);
  }

  reservations(ask: {
    readonly store: string;
    readonly sku: string;
    readonly offset: number;
    readonly limit: number;
  }) {
    return this.#ask("GET", `/hq/v1/reservations?${queryOf(ask)}`, reservationsAnswerSchema);
  }
}

/** What is empty is not asked for. */
function queryOf(ask: Readonly<Record<string, string | number>>): URLSearchParams {
  const told = Object.entries(ask).filter(([, value]) => value !== "");
  return new URLSearchParams(told.map(([name, value]) => [name, String(value)]));
}
