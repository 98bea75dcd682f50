import type { ServerLine } from "../ports.ts";
import type { ServerClient } from "./server-client.ts";
import type { Sync } from "./sync.ts";

/** The server for whoever has to ask it something at once. `client` answers null while the till is not paired. */
export function createServerLine({
  client,
  sync,
}: {
  readonly client: () => ServerClient | null;
  readonly sync: Pick<Sync, "online" | "clockOffsetMs" | "watch">;
}): ServerLine {
  const connected = (): ServerClient => {
    const now = client();
    if (now === null) throw new Error("this till is not paired");
    return now;
  };
  return {
    online: () => sync.online,
    clockOffsetMs: () => sync.clockOffsetMs,
    watch: (onChange) => sync.watch(onChange),
    lease: async (request) => connected().lease(request),
    balance: async (code) => connected().balance(code),
    points: async (customer) => connected().points(customer),
    availability: async (skus) => connected().availability(skus),
    openBasket: async (code) => connected().openBasket(code),
    customerHistory: async (customer) => connected().customerHistory(customer),
    findCustomers: async (ask) => connected().findCustomers(ask),
    customer: async (id) => connected().customer(id),
    shareBasket: async (lines) => connected().shareBasket(lines),
    purchases: async (ask) => connected().purchases(ask),
    mailReceipt: async (mail) => connected().mailReceipt(mail),
    findCases: async (ask) => connected().findCases(ask),
    casePurchase: async (number) => connected().casePurchase(number),
  };
}
