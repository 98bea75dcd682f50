import type { FastifyInstance } from "fastify";
import type { StoreSettings } from "#domain/store/store.ts";
import { rewrittenLogo } from "#paper/logo.ts";
import type { StoreReceipt } from "#protocol/hq/receipt-design.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { RULE_CALLS } from "./rules-calls.ts";
import { storeCalled } from "./store-called.ts";

/** How a store's receipts look, as HQ decides it (protocol/hq/receipt-design.ts); its tills print it from their next sync on. */
export function registerReceiptDesignRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, RULE_CALLS.receiptDesign, async ({ params: { code } }) =>
    receiptOf(await storage.read((tx) => storeCalled(tx, code))),
  );
  serve(app, deps, RULE_CALLS.putReceiptDesign, ({ params: { code }, body: wished }) => {
    const receipt = wished.logo === null ? wished : { ...wished, logo: soundLogo(wished.logo) };
    return publisher.publish(async (publication) => {
      const changed = { ...(await storeCalled(publication.tx, code)), receipt };
      await publication.putStore(changed);
      return receiptOf(changed);
    });
  });
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
