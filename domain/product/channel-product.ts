import type { ChannelId } from "../ids.ts";
import type { CatalogueProduct } from "./catalogue-product.ts";

/** A product as one channel sells it. */
export interface ChannelProduct {
  /** Whether the channel sells it at all. */
  readonly isSold: boolean;
  readonly title: string;
  readonly description: string;
}

/** What a channel says of a product; what it leaves open, or says in blanks alone, is as the product itself has it. */
export function onChannel({ product, details }: CatalogueProduct, channel: ChannelId): ChannelProduct {
  const own = details.channels[channel];
  return {
    isSold: (own?.status ?? product.status) === "active",
    title: said(own?.title) ?? product.title,
    description: said(own?.description) ?? details.description,
  };
}

function said(text: string | null | undefined): string | null {
  return text == null || text.trim() === "" ? null : text;
}
