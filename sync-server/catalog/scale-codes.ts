import type { ScaleCode } from "#domain/product/scale-label.ts";
import type { Storage } from "../storage/port.ts";
import type { Publisher } from "../sync/publisher.ts";

/** How the retailer's scales print labels, by the word of its first store: all stores have the same. */
export async function scaleCodesOf(storage: Storage): Promise<readonly ScaleCode[]> {
  const [store] = await storage.read((tx) => tx.stores());
  return store?.scaleCodes ?? [];
}

/** The tills of every store read labels so from now on. */
export function putScaleCodes(publisher: Publisher, codes: readonly ScaleCode[]): Promise<void> {
  return publisher.publish(async (publication) => {
    for (const store of await publication.tx.stores())
      await publication.putStore({ ...store, scaleCodes: codes });
  });
}
