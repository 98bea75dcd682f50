import { createHash } from "node:crypto";
import { argon2Verify } from "hash-wasm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { badgeVerifierOf } from "#domain/staff/badge.ts";
import { USUAL_ROLES } from "#domain/staff/role.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import { REPLICA_SCHEMAS } from "#protocol/documents/collections.ts";
import {
  badgeAnswerSchema,
  type ColleagueRow,
  colleagueRowSchema,
  rolesAnswerSchema,
  staffAnswerSchema,
} from "#protocol/hq/staff.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { BERLIN, EUR, HAMBURG } from "../testing/shop.ts";

let http: HttpForTests;

beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const PIN = "402913";
const MIRA = { name: "Mira Albers", role: "cashier", stores: ["BER1"] };
const NO_LIMITS = { discountPpm: null, refund: null, priceOverridePpm: null };
const HELPER = {
  name: "Helper",
  permissions: ["sell", "discount.line"],
  limits: { ...NO_LIMITS, discountPpm: 100_000 },
};

async function add(wanted: Readonly<Record<string, unknown>> = {}): Promise<ColleagueRow> {
  const answer = await http.hq("/hq/v1/staff", { method: "POST", body: { ...MIRA, pin: PIN, ...wanted } });
  expect(answer.status).toBe(201);
  return colleagueRowSchema.parse(await answer.json());
}

async function act(path: string, method = "POST", body?: unknown) {
  return http.hq(`/hq/v1/staff/${path}`, { method, ...(body === undefined ? {} : { body }) });
}

/** What the tills of a store are told of its colleagues; null for whoever they are to forget. */
async function onTills(store = BERLIN): Promise<ReadonlyMap<string, StaffMember | null>> {
  const ask = { feed: `store:${store.store}`, collection: "staff", after: 0, limit: 99 } as const;
  const rows = await http.parts.storage.read((tx) => tx.feedRows(ask));
  return new Map(
    rows.map(({ id, data }) => [id, data === null ? null : REPLICA_SCHEMAS.staff.parse(JSON.parse(data))]),
  );
}

async function whyNot(answer: Response): Promise<{ readonly status: number; readonly why: unknown }> {
  const { details } = errorBodySchema.parse(await answer.json());
  return { status: answer.status, why: details?.[0] };
}

test("a colleague is on the tills of the stores where they work, and can be found there by their PIN's verifier alone", async () => {
  const mira = await add();
  expect(mira).toMatchObject({ ...MIRA, roleName: "Cashier", active: true, hasBadge: false });
  const member = (await onTills()).get(mira.id);
  expect(await argon2Verify({ password: PIN, hash: member?.pin.phc ?? "" })).toBe(true);
  expect((await onTills(HAMBURG)).size).toBe(0);
  expect(JSON.stringify(await http.parts.storage.read((tx) => tx.colleague(mira.id)))).not.toContain(PIN);
});

test("whoever works in all stores does so in each, and whoever leaves a store is taken off its tills", async () => {
  const mira = await add({ stores: null });
  expect((await onTills(HAMBURG)).get(mira.id)?.name).toBe(MIRA.name);
  const moved = await act(mira.id, "PUT", { ...MIRA, name: "Mira Berg", stores: ["HAM1"] });
  expect(await moved.json()).toMatchObject({ name: "Mira Berg", stores: ["HAM1"] });
  expect((await onTills()).get(mira.id)).toBe(null);
  expect((await onTills(HAMBURG)).get(mira.id)?.name).toBe("Mira Berg");
});

test("a dismissed colleague is inactive at once on every till, and may be taken back with the PIN of before but no badge", async () => {
  const mira = await add({ stores: null });
  await act(`${mira.id}/badge`);
  expect((await onTills()).get(mira.id)?.badge).toBeDefined();
  const till = await http.pair();
  const stream = await http.listen(till.token);
  const wake = stream.nextWake();
  expect(await (await act(`${mira.id}/dismiss`)).json()).toMatchObject({ active: false, hasBadge: false });
  expect(await wake).toContain("staff");
  for (const store of [BERLIN, HAMBURG]) {
    const member = (await onTills(store)).get(mira.id);
    expect(member).toMatchObject({ active: false });
    expect(member?.badge).toBeUndefined();
  }
  expect(await whyNot(await act(`${mira.id}/badge`))).toEqual({ status: 409, why: "dismissed" });
  expect(await (await act(`${mira.id}/take-back`)).json()).toMatchObject({ active: true, hasBadge: false });
  expect((await onTills()).get(mira.id)?.active).toBe(true);
});

test("a new PIN takes the place of the one before; easy ones and those that are none are refused", async () => {
  const mira = await add();
  for (const [pin, why] of [
    ["123456", "easyToGuess"],
    ["111111", "easyToGuess"],
    ["4029", "notSixDigits"],
  ] as const) {
    expect(await whyNot(await act(`${mira.id}/pin`, "PUT", { pin }))).toEqual({ status: 400, why });
    const added = await http.hq("/hq/v1/staff", { method: "POST", body: { ...MIRA, pin } });
    expect(await whyNot(added)).toEqual({ status: 400, why });
  }
  expect((await act(`${mira.id}/pin`, "PUT", { pin: "739105" })).status).toBe(200);
  const phc = (await onTills()).get(mira.id)?.pin.phc ?? "";
  expect(await argon2Verify({ password: "739105", hash: phc })).toBe(true);
  expect(await argon2Verify({ password: PIN, hash: phc })).toBe(false);
});

test("a badge's code is told once and kept as a digest; it can be revoked", async () => {
  const mira = await add();
  const { code, colleague } = badgeAnswerSchema.parse(await (await act(`${mira.id}/badge`)).json());
  expect(colleague.hasBadge).toBe(true);
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  expect((await onTills()).get(mira.id)?.badge).toEqual(badgeVerifierOf(code, sha256));
  expect(JSON.stringify(await http.parts.storage.read((tx) => tx.colleague(mira.id)))).not.toContain(code);
  expect(await (await act(`${mira.id}/badge`, "DELETE")).json()).toMatchObject({ hasBadge: false });
  expect((await onTills()).get(mira.id)?.badge).toBeUndefined();
});

test("colleagues are listed by name, by store and by whether they still work here", async () => {
  const mira = await add();
  await add({ name: "Alina", stores: ["HAM1"] });
  await add({ name: "Zora", stores: null });
  await act(`${mira.id}/dismiss`);
  const names = async (query = "") => {
    const { staff } = staffAnswerSchema.parse(await (await http.hq(`/hq/v1/staff${query}`)).json());
    return staff.map(({ name }) => name);
  };
  expect(await names()).toEqual(["Alina", "Mira Albers", "Zora"]);
  expect(await names("?store=BER1&active=true")).toEqual(["Zora"]);
  expect(await names("?search=alb")).toEqual(["Mira Albers"]);
});

test("a colleague needs a role and stores that there are", async () => {
  const asked = async (wanted: Readonly<Record<string, unknown>>) =>
    whyNot(await http.hq("/hq/v1/staff", { method: "POST", body: { ...MIRA, pin: PIN, ...wanted } }));
  expect(await asked({ role: "boss" })).toEqual({ status: 404, why: "unknownRole" });
  expect((await asked({ stores: ["XXX9"] })).status).toBe(404);
  expect(await asked({ stores: [] })).toEqual({ status: 400, why: "noStore" });
  expect(await whyNot(await act("nobody/dismiss"))).toEqual({ status: 404, why: "unknownColleague" });
});

test("roles are the retailer's: every store's tills follow one that HQ makes, changes or takes away", async () => {
  const made = await http.hq("/hq/v1/roles", { method: "POST", body: HELPER });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { readonly id: string };
  const rolesOfStores = async () =>
    (await http.parts.storage.read((tx) => tx.stores())).map(({ roles }) => roles);
  const roles = [...USUAL_ROLES, { id, ...HELPER }];
  expect(await rolesOfStores()).toEqual([roles, roles]);
  await add({ role: id });
  const listed = rolesAnswerSchema.parse(await (await http.hq("/hq/v1/roles")).json());
  expect(listed.roles.map(({ role, used }) => [role.id, used])).toEqual([
    ["cashier", 0],
    ["manager", 0],
    [id, 1],
  ]);
  expect(listed.currency).toBe(EUR);
  const deleted = () => http.hq(`/hq/v1/roles/${id}`, { method: "DELETE" });
  expect(await whyNot(await deleted())).toEqual({ status: 409, why: "inUse" });
  const changed = await http.hq(`/hq/v1/roles/${id}`, { method: "PUT", body: { ...HELPER, name: "Aide" } });
  expect(await changed.json()).toMatchObject({ id, name: "Aide" });
  const { staff } = staffAnswerSchema.parse(await (await http.hq("/hq/v1/staff")).json());
  await act(staff[0]?.id ?? "", "PUT", MIRA);
  expect((await deleted()).status).toBe(200);
  expect(await rolesOfStores()).toEqual([[...USUAL_ROLES], [...USUAL_ROLES]]);
});

test("two roles are not called the same, and the last one whose PIN counts stays", async () => {
  const put = (path: string, method: string, body: unknown) =>
    http.hq(`/hq/v1/roles${path}`, { method, body });
  expect(await whyNot(await put("", "POST", { ...HELPER, name: "manager" }))).toEqual({
    status: 409,
    why: "nameTaken",
  });
  const powerless = { ...HELPER, name: "Manager" };
  expect(await whyNot(await put("/manager", "PUT", powerless))).toEqual({
    status: 409,
    why: "nobodyApproves",
  });
  const swiss = { ...NO_LIMITS, refund: { minor: 1, currency: "CHF" } };
  expect(await whyNot(await put("", "POST", { ...HELPER, limits: swiss }))).toMatchObject({
    why: "otherCurrency",
  });
  expect(await whyNot(await put("/nobody", "PUT", HELPER))).toEqual({ status: 404, why: "unknownRole" });
  expect((await put("", "POST", { ...HELPER, permissions: ["rule.the.world"] })).status).toBe(400);
});

test("a role goes to a store that is opened later, and whoever works in all stores does so there", async () => {
  await http.hq("/hq/v1/roles", { method: "POST", body: HELPER });
  const zora = await add({ name: "Zora", stores: null });
  const { roles: _, ...fresh } = { ...HAMBURG, store: "store-kiel" as typeof HAMBURG.store, code: "KIE1" };
  await http.parts.deps.publisher.publish((publication) => publication.putStore(fresh));
  const kiel = await http.parts.storage.read((tx) => tx.storeByCode("KIE1"));
  expect(kiel?.roles?.at(-1)?.name).toBe("Helper");
  expect((await onTills(fresh)).get(zora.id)?.name).toBe("Zora");
});

test("nobody without HQ's key reads or changes who works here", async () => {
  const till = await http.pair();
  for (const path of ["staff", "roles", "approvals?from=2027-01-01&until=2027-01-02"])
    expect((await http.ask(`/hq/v1/${path}`, { token: till.token })).status, path).toBe(401);
});
