import { beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { MUG } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Anna Weiß",
  email: "anna@example.com",
  phone: "+49 30 23125 001",
  cardNumber: "FH40000137",
};

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("customers", ANNA);
  await till.signIn();
});

const NEW = { name: "Öznur Kılıç", email: " oznur@example.com ", phone: "0170 1234567" };

async function register(changes: Parameters<typeof till.verbs.registerCustomer>[0]["changes"] = NEW) {
  const answer = await till.verbs.registerCustomer({ changes, consents: [] });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

const names = async (text: string) =>
  (await till.verbs.searchCustomers({ text, limit: 20, elsewhere: false })).customers.map(({ name }) => name);
const keysKept = async () => (await till.drafts.list("customerKey:")).length;

describe("a customer who is registered at the till", () => {
  test("is found, shown and put onto the basket at once, without a connection and after a restart", async () => {
    till.server.goOffline();
    const { id } = await register();
    expect(await names("kilic")).toEqual(["Öznur Kılıç"]);
    await till.verbs.setCustomer({ customer: id });
    await till.restart();
    await till.signIn();
    expect(await names("oznur@example.com")).toEqual(["Öznur Kılıç"]);
    const shown = await till.verbs.customer({ customer: id });
    expect(shown).toMatchObject({ ok: true, value: { customer: { email: "oznur@example.com" } } });
    await till.verbs.setCustomer({ customer: id });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.customer).toEqual({ id, name: "Öznur Kılıç" });
  });

  test("stands in the journal under an id and nothing that anybody can read", async () => {
    await register();
    const written = JSON.stringify(till.journal.entries);
    expect(till.journal.facts("customer.registered")).toHaveLength(1);
    for (const secret of ["Öznur", "oznur", "0170"]) expect(written).not.toContain(secret);
    const entry = till.journal.entries.at(-1);
    const kept = (await till.drafts.list("customerKey:")) as { id: string; value: { key: string } }[];
    expect(kept.map(({ id }) => id)).toEqual([`customerKey:${entry?.id}`]);
    for (const { value } of kept) expect(written).not.toContain(value.key);
  });

  test("is as HQ has them once the replica has what was said, and the key of it goes with the next start", async () => {
    const { id } = await register();
    till.replica.put("customers", { ...ANNA, id, name: "Öznur Kılıç-Weber" });
    till.journal.apply(till.journal.entries.length);
    expect(await names("kilic")).toEqual(["Öznur Kılıç-Weber"]);
    await till.restart();
    expect(await keysKept()).toBe(0);
    await till.signIn();
    expect(await names("weber")).toEqual(["Öznur Kılıç-Weber"]);
  });

  test("is nobody where the disk took the key and not the entry; the key is cleared away with the next start", async () => {
    till.journal.fail(new Error("the disk is full"));
    expect(await till.verbs.registerCustomer({ changes: NEW, consents: [] })).toEqual({
      ok: false,
      reason: "storage",
    });
    expect(await keysKept()).toBe(1);
    till.journal.fail(null);
    await till.restart();
    expect(await keysKept()).toBe(0);
    await till.signIn();
    expect(await names("kilic")).toEqual([]);
  });

  test.each([
    [{ name: " " }, "nameMissing"],
    [{ email: "a@b.de" }, "nameMissing"],
    [{ name: "A", email: "a@b" }, "emailNotValid"],
    [{ name: "A", phone: "12" }, "phoneNotValid"],
    [{ name: "A", phone: "call me at 0170 1234567" }, "phoneNotValid"],
    [{ name: "A", cardNumber: "otc:fh4000 0137" }, "cardOfAnother"],
    [{ name: "A", company: { name: "Acme", address: [], vatId: "" } }, "companyIncomplete"],
    [{ name: "A", company: { name: "Acme", address: ["Weg 1"], vatId: "123" } }, "vatIdNotValid"],
  ] as const)("%j is refused in words: %s", async (changes, reason) => {
    const typed =
      "company" in changes
        ? { ...changes, company: { ...changes.company, address: [...changes.company.address] } }
        : changes;
    expect(await till.verbs.registerCustomer({ changes: typed, consents: [] })).toEqual({
      ok: false,
      reason,
    });
    expect(till.journal.facts("customer.registered")).toEqual([]);
  });

  test("has their consents with where and when, each as it was said and no other", async () => {
    const answer = await till.verbs.registerCustomer({
      changes: NEW,
      consents: [{ purpose: "email", given: true }],
    });
    expect(answer).toMatchObject({
      ok: true,
      value: { consents: [{ purpose: "email", given: true, source: "till BER1-03", at: till.clock.now() }] },
    });
  });

  test("is noted by whoever is signed in", async () => {
    await till.verbs.signOut({});
    const refusal = { ok: false, reason: "notSignedIn" };
    expect(await till.verbs.registerCustomer({ changes: NEW, consents: [] })).toEqual(refusal);
    expect(await till.verbs.editCustomer({ customer: ANNA.id, changes: NEW, consents: [] })).toEqual(refusal);
  });
});

describe("an edit at the till", () => {
  const edit = (changes: Parameters<typeof till.verbs.editCustomer>[0]["changes"]) =>
    till.verbs.editCustomer({ customer: ANNA.id, changes, consents: [] });

  test("shows by field over what HQ says, also where HQ changes another field meanwhile", async () => {
    await edit({ phone: "+49 170 7654321" });
    till.replica.put("customers", { ...ANNA, name: "Anna Fuchs", phone: "+49 30 1" });
    const shown = await till.verbs.customer({ customer: ANNA.id });
    expect(shown).toMatchObject({
      ok: true,
      value: { customer: { name: "Anna Fuchs", phone: "+49 170 7654321", email: ANNA.email } },
    });
    expect(await names("0170 7654321")).toEqual(["Anna Fuchs"]);
  });

  test("of a name finds them by the new one and no longer by the old", async () => {
    await edit({ name: "Annika Brandt" });
    expect(await names("brandt")).toEqual(["Annika Brandt"]);
    expect(await names("weiss")).toEqual([]);
  });

  test("takes away what was left empty", async () => {
    await edit({ email: "", notes: "calls in the evening" });
    const shown = await till.verbs.customer({ customer: ANNA.id });
    expect(shown).toMatchObject({
      ok: true,
      value: { customer: { email: null, notes: "calls in the evening" } },
    });
  });

  test("that changes nothing writes nothing", async () => {
    expect(await edit({})).toEqual({ ok: true, value: ANNA });
    expect(till.journal.facts("customer.edited")).toEqual([]);
  });

  test("of somebody who is erased meanwhile makes nobody", async () => {
    await edit({ name: "Annika Brandt" });
    till.replica.remove("customers", ANNA.id);
    expect(await names("annika")).toEqual([]);
    expect(await edit({ name: "Anna" })).toEqual({ ok: false, reason: "noSuchCustomer" });
  });
});

describe("two profiles that are found to be one person", () => {
  const BERTA: Customer = { ...ANNA, id: idOf<"Customer">("berta"), name: "A. Weiß", cardNumber: null };
  beforeEach(() => till.replica.put("customers", BERTA));

  test("are one wherever the till meets the former one: on the basket, in the history and by its edits", async () => {
    await till.verbs.setCustomer({ customer: BERTA.id });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: till.basket.dueInCash });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    await till.verbs.editCustomer({ customer: BERTA.id, changes: { notes: "likes blue" }, consents: [] });
    await till.verbs.setCustomer({ customer: BERTA.id });
    till.replica.put("customers", { ...ANNA, formerIds: [BERTA.id] });
    till.replica.remove("customers", BERTA.id);
    expect(await names("weiss")).toEqual(["Anna Weiß"]);
    expect(till.basket.customer?.name).toBe("Anna Weiß");
    const shown = await till.verbs.customer({ customer: BERTA.id });
    expect(shown).toMatchObject({
      ok: true,
      value: {
        customer: { id: ANNA.id, notes: "likes blue" },
        history: { entries: [{ number: sold.ok ? sold.value.receipt.number : "" }] },
      },
    });
  });

  test("are two again when HQ takes it back", async () => {
    till.replica.put("customers", { ...ANNA, formerIds: [BERTA.id] });
    till.replica.remove("customers", BERTA.id);
    till.replica.put("customers", ANNA, BERTA);
    expect((await names("weiss")).toSorted()).toEqual(["A. Weiß", "Anna Weiß"]);
    const shown = await till.verbs.customer({ customer: BERTA.id });
    expect(shown).toMatchObject({ ok: true, value: { customer: BERTA } });
  });
});
