import { type Instant, instant, type PriceListId, type Sku } from "#domain/ids.ts";
import { PICKUP_CODE_ALPHABET } from "#domain/orders/pickup-code.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { BASKET_QR_PREFIX } from "#domain/scan/tell-apart.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { SHARED_BASKET_TTL_MS, type ShareBasketAnswer, type SharedBasket } from "#protocol/shop/basket.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { articleOf } from "./article.ts";

/** Of 25 letters each: a guesser has a billion codes to try for each basket there is. */
const CODE_CHARS = 8;

export interface Baskets {
  /** Keeps the basket under a new code. `link` makes the address where it is finished online; null where there is no shop. */
  share(basket: {
    readonly lines: readonly { readonly sku: Sku; readonly quantity: number }[];
    readonly note: string;
    readonly from: SharedBasket["from"];
    readonly link: ((code: string) => string) | null;
  }): Promise<ShareBasketAnswer>;
  /** The basket of a code, however it was typed, with the names and prices of now; those of `store` where it is given, else of the first store. */
  open(ask: {
    readonly code: string;
    readonly store: StoreSettings | null;
  }): Promise<Result<SharedBasket, "codeUnknown" | "codeExpired">>;
}

/** `pick(n)` answers a whole number below n that nobody can foresee. */
export function createBaskets({
  storage,
  now,
  pick,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly pick: (below: number) => number;
}): Baskets {
  return {
    async share({ lines, note, from, link }) {
      const code = Array.from({ length: CODE_CHARS }, () =>
        PICKUP_CODE_ALPHABET.charAt(pick(PICKUP_CODE_ALPHABET.length)),
      ).join("");
      const expiresAt = instant(now() + SHARED_BASKET_TTL_MS);
      await storage.write((tx) => tx.putSharedBasket({ code, from, lines, note, expiresAt }));
      return {
        code,
        qr: `${BASKET_QR_PREFIX}${code}`,
        link: link === null ? null : link(code),
        expiresAt,
      };
    },

    open: ({ code, store }) =>
      storage.read(async (tx): Promise<Result<SharedBasket, "codeUnknown" | "codeExpired">> => {
        const kept = await tx.sharedBasket(normalised(code));
        if (kept === null) return refused("codeUnknown");
        if (kept.expiresAt <= now()) return refused("codeExpired");
        const lists = (store ?? (await tx.stores())[0])?.priceLists ?? [];
        const lines: SharedBasket["lines"] = [];
        for (const line of kept.lines) lines.push(await shown(tx, { line, lists, at: now() }));
        return ok({ code: kept.code, from: kept.from, lines, expiresAt: kept.expiresAt });
      }),
  };
}

function normalised(code: string): string {
  const bare = code.toUpperCase().replaceAll(/[\s-]/g, "");
  return bare.startsWith(BASKET_QR_PREFIX) ? bare.slice(BASKET_QR_PREFIX.length) : bare;
}

async function shown(
  tx: ReadTransaction,
  {
    line: { sku, quantity },
    lists,
    at,
  }: {
    readonly line: { readonly sku: Sku; readonly quantity: number };
    readonly lists: readonly PriceListId[];
    readonly at: Instant;
  },
): Promise<SharedBasket["lines"][number]> {
  const article = await articleOf(tx, { sku, lists, at });
  return {
    sku,
    variant: article?.variant ?? null,
    name: article?.name ?? sku,
    quantity,
    price: article?.price ?? null,
  };
}
