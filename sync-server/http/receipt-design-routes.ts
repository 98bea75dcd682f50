import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { StoreSettings } from "#domain/store/store.ts";
import { rewrittenLogo } from "#paper/logo.ts";
import { receiptDesignRequestSchema, type StoreReceipt } from "#protocol/hq/receipt-design.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const PATH = "/hq/v1/stores/:code/receipt";
const storeParams = z.object({ code: z.string().max(8) });

/** How a store's receipts look, as HQ decides it (protocol/hq/receipt-design.ts); its tills print it from their next sync on. */
export function registerReceiptDesignRoutes(
  app: FastifyInstance,
  { storage, publisher }: Pick<ServerDeps, "storage" | "publisher">,
): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get(PATH, async (request) => {
      const { code } = validated(storeParams, request.params);
      return receiptOf(known(code, await storage.read((tx) => tx.storeByCode(code.toUpperCase()))));
    });
    hq.put(PATH, async (request) => {
      const { code } = validated(storeParams, request.params);
      const wished = validated(receiptDesignRequestSchema, request.body);
      const receipt = wished.logo === null ? wished : { ...wished, logo: soundLogo(wished.logo) };
      return publisher.publish(async (publication) => {
        const store = known(code, await publication.tx.storeByCode(code.toUpperCase()));
        const changed = { ...store, receipt };
        await publication.putStore(changed);
        return receiptOf(changed);
      });
    });
  });
}

function known(code: string, store: StoreSettings | null): StoreSettings {
  if (store === null) throw new Refusal("notFound", `There is no store ${code}.`);
  return store;
}

/** A till leaves out a logo that it cannot read; here somebody can still send another. */
function soundLogo(logo: string): string {
  const rewritten = rewrittenLogo(logo);
  if (!rewritten.ok) throw new Refusal("badRequest", rewritten.reason);
  return rewritten.value;
}

function receiptOf(store: StoreSettings): StoreReceipt {
  const { code, name, locale, retailer, address, vatId, currency, timeZone } = store;
  return {
    code,
    name,
    locale,
    retailer,
    address: [...address],
    vatId,
    currency,
    timeZone,
    design: store.receipt ?? null,
    withoutDesign: { header: [...store.receiptHeader], footer: [...store.receiptFooter] },
  };
}
