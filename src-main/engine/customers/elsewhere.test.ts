import { beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { MUG, SETTINGS } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Anna Weiß",
  email: "anna@example.com",
  phone: null,
  cardNumber: "FH40000137",
};
const HERE: Customer = { ...ANNA, id: idOf<"Customer">("here"), name: "Annika Weiß", cardNumber: null };

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("settings", { ...SETTINGS, customers: { scope: "own", region: null } });
  till.replica.put("customers", HERE);
  till.server.customers.push(ANNA, HERE);
  await till.signIn();
});

const find = (text: string, elsewhere: boolean) => till.verbs.searchCustomers({ text, limit: 20, elsewhere });
const names = async (text: string, elsewhere = true) =>
  (await find(text, elsewhere)).customers.map(({ name }) => name);

describe("a till that does not hold everybody", () => {
  test("shows at once whom it holds and says that there may be more, then whom the server knows besides", async () => {
    expect(await find("weiss", false)).toMatchObject({ customers: [HERE], moreAtServer: true });
    expect(await names("weiss")).toEqual(["Annika Weiß", "Anna Weiß"]);
  });

  test("attaches, shows and edits whom the server found, and their card puts them onto the basket", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(await till.verbs.scan({ code: "FH40000137", quantity: 1 })).toMatchObject({
      ok: true,
      value: { customer: ANNA, basket: { customer: { id: ANNA.id, name: "Anna Weiß" } } },
    });
    await till.verbs.editCustomer({ customer: ANNA.id, changes: { name: "Anna Fuchs" }, consents: [] });
    expect(till.basket.customer?.name).toBe("Anna Fuchs");
    till.journal.apply(till.journal.entries.length);
    await names("fuchs");
    expect(till.basket.customer?.name).toBe("Anna Fuchs");
  });

  test("keeps whom it registered itself after the server has heard of them, though the feed never brings them", async () => {
    const made = await till.verbs.registerCustomer({ changes: { name: "Öznur Kılıç" }, consents: [] });
    if (!made.ok) throw new Error(made.reason);
    await till.verbs.setCustomer({ customer: made.value.id });
    till.journal.apply(till.journal.entries.length);
    await names("nobody");
    expect(till.basket.customer?.name).toBe("Öznur Kılıç");
    till.replica.remove("customers", made.value.id);
    expect(await till.verbs.customer({ customer: made.value.id })).toMatchObject({ ok: false });
  });

  test("knows after a restart again whose basket is in front", async () => {
    await find("weiss", true);
    await till.verbs.setCustomer({ customer: ANNA.id });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.restart();
    await till.signIn();
    await names("weiss");
    expect(till.basket.customer?.name).toBe("Anna Weiß");
  });

  test("goes on with what it has where nobody answers", async () => {
    till.server.unreachable = true;
    expect(await names("weiss")).toEqual(["Annika Weiß"]);
    expect(await till.verbs.scan({ code: "FH40000137", quantity: 1 })).toEqual({
      ok: false,
      reason: "noSuchItem",
    });
    till.server.goOffline();
    expect(await find("weiss", false)).not.toHaveProperty("moreAtServer");
  });

  test("does not keep anybody waiting for a server that hangs", async () => {
    till.server.hangs = true;
    const waiting = names("weiss");
    await till.timers.until((rests) => rests.includes(3_000));
    till.timers.hurry(3_000);
    expect(await waiting).toEqual(["Annika Weiß"]);
  });

  test("that holds everybody asks nobody", async () => {
    till.replica.put("settings", SETTINGS);
    expect(await find("weiss", true)).toEqual({ customers: [HERE], hasMore: false });
  });
});
