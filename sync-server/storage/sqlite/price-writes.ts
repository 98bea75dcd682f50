import type { ChannelId, PriceListId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { PriceRules } from "#domain/pricing/contradictions.ts";
import type { PriceWrite } from "#domain/pricing/price-history.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { PriceKey, PriceWrites } from "../../prices/port.ts";
import { SqliteCreditWrites } from "./credit-writes.ts";

/** The acts on price lists and what is on them. */
export class SqlitePriceWrites extends SqliteCreditWrites implements PriceWrites {
  async putPriceList({ id, name, currency }: PriceList): Promise<void> {
    this.database.run(
      "INSERT INTO price_lists (id, name, currency) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency",
      id,
      name,
      currency,
    );
  }

  async putChannelLists(channel: ChannelId, lists: readonly PriceListId[] | null): Promise<void> {
    if (lists === null) this.database.run("DELETE FROM channel_price_lists WHERE channel = ?", channel);
    else
      this.database.run(
        "INSERT INTO channel_price_lists (channel, lists) VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET lists = excluded.lists",
        channel,
        JSON.stringify(lists),
      );
  }

  async putPriceRules(rules: PriceRules): Promise<void> {
    this.database.run(
      "INSERT INTO retailer (name, value) VALUES ('prices', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      JSON.stringify(rules),
    );
  }

  async putCost({
    variant,
    cost,
  }: {
    readonly variant: VariantId;
    readonly cost: Money | null;
  }): Promise<void> {
    this.database.run(
      "INSERT INTO retailer (name, value) VALUES ('costs', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
    );
    if (cost === null) {
      this.database.run("DELETE FROM costs WHERE variant = ?", variant);
      return;
    }
    this.database.run(
      "INSERT INTO costs (variant, minor, currency) VALUES (?, ?, ?) ON CONFLICT (variant) DO UPDATE SET minor = excluded.minor, currency = excluded.currency",
      variant,
      cost.minor,
      cost.currency,
    );
  }

  async removePrice({ list, variant, validFrom }: PriceKey): Promise<void> {
    this.database.run(
      "DELETE FROM prices WHERE variant = ? AND list = ? AND valid_from = ?",
      variant,
      list,
      validFrom ?? 0,
    );
  }

  async logPrice(
    { list, variant, validFrom }: PriceKey,
    { at, price }: Pick<PriceWrite, "at" | "price">,
  ): Promise<void> {
    this.database.run(
      "INSERT INTO price_log (variant, list, at, valid_from, price) VALUES (?, ?, ?, ?, ?)",
      variant,
      list,
      at,
      validFrom,
      price === null ? null : JSON.stringify(price),
    );
  }
}
