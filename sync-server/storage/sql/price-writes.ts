import type { ChannelId, Instant, PriceListId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { PriceRules } from "#domain/pricing/contradictions.ts";
import type { PriceWrite } from "#domain/pricing/price-history.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { PriceKey, PriceWrites } from "../../prices/port.ts";
import { SqlCreditWrites } from "./credit-writes.ts";

/** As far as the lowest price looks back. */
const MONTH_MS = 30 * 86_400_000;

/** The acts on price lists and what is on them. */
export class SqlPriceWrites extends SqlCreditWrites implements PriceWrites {
  async putPriceList({ id, name, currency }: PriceList): Promise<void> {
    await this.database.run(
      "INSERT INTO price_lists (id, name, currency) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency",
      id,
      name,
      currency,
    );
  }

  async putChannelLists(channel: ChannelId, lists: readonly PriceListId[] | null): Promise<void> {
    if (lists === null) await this.database.run("DELETE FROM channel_price_lists WHERE channel = ?", channel);
    else
      await this.database.run(
        "INSERT INTO channel_price_lists (channel, lists) VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET lists = excluded.lists",
        channel,
        JSON.stringify(lists),
      );
  }

  async putPriceRules(rules: PriceRules): Promise<void> {
    await this.putRetailers("prices", rules);
  }

  async putCost({
    variant,
    cost,
  }: {
    readonly variant: VariantId;
    readonly cost: Money | null;
  }): Promise<void> {
    await this.database.run(
      "INSERT INTO retailer (name, value) VALUES ('costs', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(retailer.value AS BIGINT) + 1 AS TEXT)",
    );
    if (cost === null) {
      await this.database.run("DELETE FROM costs WHERE variant = ?", variant);
      return;
    }
    await this.database.run(
      "INSERT INTO costs (variant, minor, currency) VALUES (?, ?, ?) ON CONFLICT (variant) DO UPDATE SET minor = excluded.minor, currency = excluded.currency",
      variant,
      cost.minor,
      cost.currency,
    );
  }

  async removePrice({ list, variant, validFrom }: PriceKey): Promise<void> {
    await this.database.run(
      "DELETE FROM prices WHERE variant = ? AND list = ? AND valid_from = ?",
      variant,
      list,
      validFrom ?? 0,
    );
  }

  async purgePriceLog(before: Instant): Promise<void> {
    await this.database.run(
      `DELETE FROM price_log AS old WHERE old.at < ?1
        AND (
          old.price IS NULL OR CAST(old.price ->> 'validTo' AS BIGINT) <= ?1
          OR EXISTS (SELECT 1 FROM price_log AS newer WHERE newer.variant = old.variant AND newer.list = old.list
            AND newer.valid_from IS NOT DISTINCT FROM old.valid_from AND newer.cursor > old.cursor AND newer.at < ?1)
        )
        AND NOT EXISTS (SELECT 1 FROM price_log AS reduced WHERE reduced.variant = old.variant AND reduced.list = old.list
          AND reduced.at < ?2 AND CAST(reduced.price ->> '$.compareAt.minor' AS BIGINT) > CAST(reduced.price ->> '$.amount.minor' AS BIGINT)
          AND (reduced.price ->> 'validTo' IS NULL OR CAST(reduced.price ->> 'validTo' AS BIGINT) > ?2)
          AND NOT EXISTS (SELECT 1 FROM price_log AS newer WHERE newer.variant = reduced.variant AND newer.list = reduced.list
            AND newer.valid_from IS NOT DISTINCT FROM reduced.valid_from AND newer.cursor > reduced.cursor AND newer.at < ?2))`,
      before,
      before + MONTH_MS,
    );
  }

  async logPrice(
    { list, variant, validFrom }: PriceKey,
    { at, price }: Pick<PriceWrite, "at" | "price">,
  ): Promise<void> {
    await this.database.run(
      "INSERT INTO price_log (variant, list, at, valid_from, price) VALUES (?, ?, ?, ?, ?)",
      variant,
      list,
      at,
      validFrom,
      price === null ? null : JSON.stringify(price),
    );
  }
}
