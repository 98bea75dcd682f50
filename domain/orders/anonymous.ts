import type { Fulfilment, Order } from "./order.ts";

/** What stands for somebody who asked to be forgotten. */
const NOBODY = { customer: null, name: "–", email: null, phone: null } as const;

/** An order that is over, without whose it was: goods, money and what was done with them stay, for the books. */
export function anonymousOrder(order: Order): Order {
  const { namesCustomer: _, ...rest } = order;
  return {
    ...rest,
    contact: NOBODY,
    delivery: order.delivery.kind === "ship" ? { kind: "ship", address: null } : order.delivery,
    note: "",
    fulfilments: order.fulfilments.map(withoutSignatures),
    ...(order.changes === undefined
      ? {}
      : { changes: order.changes.map((change) => ({ ...change, reason: "" })) }),
  };
}

/** Whether it was forgotten whose order this is; what the shop still says of them is not to be noted again. */
export function isAnonymous({ contact }: Pick<Order, "contact">): boolean {
  return (
    contact.name === NOBODY.name &&
    contact.customer === null &&
    contact.email === null &&
    contact.phone === null
  );
}

function withoutSignatures(fulfilment: Fulfilment): Fulfilment {
  return {
    ...fulfilment,
    trace: fulfilment.trace.map(({ signature: _, ...trace }) => trace),
  };
}
