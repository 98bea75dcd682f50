import type { Instant } from "#domain/ids.ts";
import type { Drivers } from "./drivers.ts";
import type { Connector, Http, ShopApi, Told } from "./port.ts";
import { wordsOf } from "./read-message.ts";

/** A connector's API; null where its platform has no driver here. */
export type ShopApis = (connector: Connector) => ShopApi | null;

/** APIs by connector, each made once for what HQ has decided of it: what a platform granted for a while (a token) is asked for once and not with every call. */
export function createShopApis({
  drivers,
  http,
  now,
}: {
  readonly drivers: Drivers;
  readonly http: Http;
  readonly now: () => Instant;
}): ShopApis {
  const made = new Map<string, { readonly of: string; readonly api: ShopApi }>();
  return (connector) => {
    const of = JSON.stringify(connector);
    const known = made.get(connector.id);
    if (known?.of === of) return known.api;
    const api = drivers[connector.platform]?.api({ connector, http, now }) ?? null;
    if (api !== null) made.set(connector.id, { of, api });
    return api;
  };
}

/** Asks an API; a driver that stumbles over an answer has not told the shop: it is tried again. */
export async function askedSafely(ask: () => Promise<Told>): Promise<Told> {
  try {
    return await ask();
  } catch (error) {
    const failure = `The shop's answer was not as expected: ${wordsOf(error)}`;
    return { kind: "later", failure, afterMs: null };
  }
}
