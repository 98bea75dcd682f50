import type { Page } from "@playwright/test";
import { Cashier } from "./cashier.ts";
import type { Chain, Till } from "./chain.ts";

/** A till that was paired with Berlin's store; `server` is what it takes for the server. */
export async function pairedTill(chain: Chain, server: string = chain.server.address): Promise<Till> {
  const till = await chain.newTill();
  await till.start({ server, code: await chain.server.pairingCode("BER1") });
  return till;
}

/** A paired till on the page, its cashier signed in. */
export async function openRegister(
  chain: Chain,
  page: Page,
): Promise<{ readonly till: Till; readonly cashier: Cashier }> {
  const till = await pairedTill(chain);
  const cashier = new Cashier(page);
  await cashier.open(till.address);
  await cashier.signIn();
  return { till, cashier };
}
