import { idOf, instant } from "#domain/ids.ts";
import { adjustAtHq } from "../../sync-server/stock/adjust.ts";
import { cents, priceOf, putArticle, RETAIL, STORES, VARIANTS } from "../retailer.ts";
import type { Act } from "./day.ts";

/** What HQ decides meanwhile. */
export const HQ: readonly Act[] = [
  {
    name: "price",
    weight: 3,
    async run(day) {
      const variant = day.random.pick(VARIANTS);
      const amount = cents(priceOf(variant) + day.random.between({ from: -50, to: 50 }));
      await day.atServer(({ publisher }) =>
        publisher.publish((publication) =>
          publication.putPrice({
            list: RETAIL,
            variant,
            amount,
            compareAt: null,
            validFrom: null,
            validTo: null,
          }),
        ),
      );
      return `${variant} costs ${amount.minor}`;
    },
  },
  {
    name: "product",
    weight: 2,
    async run(day) {
      const variant = day.random.pick(VARIANTS);
      const title = `A ${variant} (${day.nextNumber()})`;
      await day.atServer(({ publisher }) =>
        publisher.publish((publication) => putArticle(publication, variant, title)),
      );
      return title;
    },
  },
  {
    name: "delivery",
    weight: 4,
    async run(day) {
      const variant = day.random.pick(VARIANTS);
      const { store } = day.random.pick(STORES);
      const quantity = day.random.between({ from: 1, to: 15 });
      const act = idOf<"Adjustment">(`hq-${day.nextNumber()}`);
      await day.atServer(({ publisher }) =>
        publisher.publish(async (publication) => {
          await adjustAtHq(publication, { store, variant, act, quantity, why: "found", note: "", by: "HQ" });
        }),
      );
      return `${quantity} ${variant} for ${store}`;
    },
  },
  {
    name: "promotion",
    weight: 1,
    async run(day) {
      const variants = day.random.some(VARIANTS, 2);
      const id = idOf<"Promotion">(`promotion-${day.random.between({ from: 1, to: 3 })}`);
      await day.atServer(({ publisher }) =>
        publisher.publish((publication) =>
          publication.putPromotion({
            id,
            name: `3 for 2 (${day.nextNumber()})`,
            validFrom: instant(0),
            validUntil: null,
            priority: 1,
            rule: { kind: "piecesFor", goods: { kind: "variants", variants }, size: 3, pays: 2 },
          }),
        ),
      );
      return `3 for 2 of ${variants.join(" and ")}`;
    },
  },
];
