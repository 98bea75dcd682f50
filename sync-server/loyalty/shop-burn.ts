import type { ChannelId } from "#domain/ids.ts";

/** An order as its shop names it: it need not be placed yet. */
export interface ShopOrderName {
  readonly channel: ChannelId;
  readonly order: string;
}

// What shops name themselves may have a colon in it: no name is to be read as another's, nor to begin as it does.

/** Under which the points are booked that pay a shop's order. */
export function burnedId({ channel, order }: ShopOrderName): string {
  return `burned:shop:${encodeURIComponent(channel)}:${order}`;
}

/** Under which points are booked that a shop gives back; `reference` is its own name for the giving back. */
export function givenBackId({ channel, order }: ShopOrderName, reference: string): string {
  return `givenBack:shop:${encodeURIComponent(channel)}:${encodeURIComponent(order)}:${reference}`;
}
