import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { HttpForTests } from "../http-for-tests.ts";
import { RETAIL } from "../testing/shop.ts";

let http: HttpForTests;
beforeAll(async () => {
  http = await HttpForTests.open();
});
afterAll(() => http.close());

const ask = (method: string, path: string, body?: unknown) => http.hq(path, { method, body });
const trail = () => http.parts.storage.read((tx) => tx.trail({ before: null, limit: 100 }));
const made = z.object({ id: z.string() });

describe("the audit log", () => {
  test("never has what opens something: PINs, badges, credentials, secrets, codes", async () => {
    const colleague = { name: "Mira", role: "cashier", stores: ["BER1"] };
    const added = await ask("POST", "/hq/v1/staff", { ...colleague, pin: "482915" });
    const { id } = made.parse(await added.json());
    await ask("PUT", `/hq/v1/staff/${id}/pin`, { pin: "739164" });
    const badge = z
      .object({ code: z.string() })
      .parse(await (await ask("POST", `/hq/v1/staff/${id}/badge`)).json());
    const connector = {
      platform: "shopify",
      channel: "web",
      apiUrl: "https://fenwick.example",
      credentials: { accessToken: "shpat_very-secret" },
      webhookSecret: "signed-with-this-secret",
    };
    expect((await ask("POST", "/hq/v1/connectors", connector)).status).toBe(201);
    const webhook = await ask("POST", "/hq/v1/webhooks", { url: "https://erp.example/in" });
    const { secret } = z.object({ secret: z.string() }).parse(await webhook.json());
    const key = z
      .object({ key: z.string() })
      .parse(await (await ask("POST", "/hq/v1/keys", { scope: "shop", name: "Shop" })).json());
    await ask("POST", "/hq/v1/coupons/revoke", { code: "WELCOME-7Q4K-22" });
    const kept = JSON.stringify(await trail());
    const secrets = [
      "482915",
      "739164",
      badge.code,
      "shpat_very-secret",
      "signed-with-this-secret",
      secret,
      key.key,
    ];
    for (const each of [...secrets, "7Q4K", "argon2id"]) expect(kept).not.toContain(each);
    expect(kept).toContain("https://fenwick.example");
  });

  test("never has what is said of a customer, who may be erased", async () => {
    const changes = { name: "Anna Ahrens", email: "anna@example.com" };
    const answer = await ask("POST", "/hq/v1/customers", { changes });
    const { customer } = z.object({ customer: made }).parse(await answer.json());
    await ask("PUT", `/hq/v1/customers/${customer.id}`, { changes: { phone: "+49 30 1234567" } });
    await ask("POST", `/hq/v1/customers/${customer.id}/erase`, { name: "Anna Ahrens" });
    const kept = (await trail()).filter(({ subject }) => subject.kind === "customer");
    expect(kept.map(({ call, subject, outcome }) => [call, subject.id, outcome])).toEqual([
      ["POST /hq/v1/customers/:id/erase", customer.id, "done"],
      ["PUT /hq/v1/customers/:id", customer.id, "done"],
      ["POST /hq/v1/customers", customer.id, "done"],
    ]);
    for (const each of ["Anna", "anna@", "1234567"]) expect(JSON.stringify(kept)).not.toContain(each);
  });

  test("has a store's rules before and after, as they are kept", async () => {
    const policy = { acceptWithinMs: 45 * 60_000 };
    const { stores } = z
      .object({ stores: z.array(z.looseObject({ code: z.string(), policy: z.looseObject({}) })) })
      .parse(await (await http.hq("/hq/v1/policies")).json());
    const now = stores.find(({ code }) => code === "BER1")?.policy;
    await ask("PUT", "/hq/v1/stores/ber1/orders", { ...now, ...policy });
    const [newest] = await trail();
    expect(newest).toMatchObject({
      subject: { kind: "store", id: "BER1" },
      before: null,
      after: { ...now, ...policy },
      outcome: "done",
    });
  });

  test("has nothing of a dry run", async () => {
    const before = (await trail()).length;
    const bulk = {
      dryRun: true,
      from: RETAIL,
      change: { kind: "percent", ppm: -100_000 },
      rounding: { kind: "none" },
    };
    expect((await ask("POST", "/hq/v1/prices/bulk", bulk)).status).toBe(200);
    expect(await trail()).toHaveLength(before);
  });
});
