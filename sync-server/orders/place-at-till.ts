import type { JournalEntry } from "#domain/journal/entry.ts";
import type { TillOrder } from "#domain/orders/facts.ts";
import { placeOrder } from "#domain/orders/place.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { withKnownCustomer } from "../customers/known-customer.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { placeAndRoute } from "./place-and-route.ts";
import { wantedAtTill } from "./placing.ts";

/** Books an order that a colleague placed and the customer paid: it is there whatever is odd about it. */
export async function placeAtTill(
  publication: Publication,
  {
    order,
    ticket,
    device,
    entry,
    newId,
  }: {
    readonly order: TillOrder;
    readonly ticket: Ticket;
    readonly device: DeviceRecord;
    readonly entry: JournalEntry;
    readonly newId: () => string;
  },
): Promise<void> {
  const { tx, at } = publication;
  const known = { channel: TILL_CHANNEL, externalId: order.id };
  if ((await tx.order(order.id)) !== null || (await tx.orderByExternalId(known)) !== null) return;
  const atTill = wantedAtTill({ order, ticket, store: device.store, staff: entry.staff });
  const wanted = { ...atTill, contact: await withKnownCustomer(tx, atTill.contact) };
  const placed = placeOrder({ wanted, id: order.id, at });
  const isOurs = wanted.delivery.kind === "ship" || (await tx.store(wanted.delivery.store)) !== null;
  if (placed.ok && isOurs) {
    await placeAndRoute(publication, { ...placed.value, pickup: null, newId });
    return;
  }
  await raiseException(publication, {
    id: `paidAmountDiffers:${order.id}`,
    kind: "paidAmountDiffers",
    store: device.store,
    subject: null,
    detail: {
      number: ticket.number,
      register: String(device.register),
      reason: placed.ok ? "noSuchStore" : placed.reason,
    },
  });
}
