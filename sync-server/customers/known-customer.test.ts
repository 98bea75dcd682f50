import { afterEach, beforeEach, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { connectShop, seenOrder, webhook } from "../testing/connectors.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, customer, TEA } from "../testing/shop.ts";

const ANNA: Customer = { ...customer("anna"), name: "Anna Ahrens", email: "anna@example.com" };
const BEN: Customer = { ...customer("ben"), name: "Ben Fuchs", email: "ben@example.com" };

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
  await new OrderBench(server.deps).stock(BERLIN, TEA, 5);
  await server.deps.publisher.publish(async (publication) => {
    await publication.putCustomer(ANNA);
    await publication.putCustomer(BEN);
  });
});
afterEach(() => server.close());

test("an order of a connected shop finds its customer as soon as the shop says enough of them, and then stays theirs", async () => {
  const shop = await connectShop(server.storage);
  const ownerAfter = async (updatedAt: number, who: { readonly email: string | null }) => {
    const request = { customer: { name: "Somebody", phone: null, ...who } };
    const delivery = `d-${updatedAt}`;
    await server.deps.inbox.receive(shop.id, webhook(seenOrder({ updatedAt, request }), shop, { delivery }));
    return (await server.deps.orders.find({ channel: "web", externalId: "1042" }))?.contact.customer;
  };
  expect(await ownerAfter(1, { email: null })).toBeNull();
  expect(await ownerAfter(2, { email: "Anna@example.com" })).toBe(ANNA.id);
  expect(await ownerAfter(3, { email: "ben@example.com" })).toBe(ANNA.id);
  const histories = await server.storage.read((tx) =>
    Promise.all([ANNA, BEN].map(({ id }) => tx.historyOf({ customer: id, channels: [], limit: 9 }))),
  );
  expect(histories.map((history) => history.length)).toEqual([1, 0]);
});
