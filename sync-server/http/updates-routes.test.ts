import { afterEach, beforeEach, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { NOTHING_STAGED } from "#domain/updates/rings.ts";
import { devicesAnswerSchema } from "#protocol/hq/console.ts";
import { updatesAnswerSchema } from "#protocol/hq/updates.ts";
import { PROGRAM_HEADER } from "#protocol/version.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const SOON = { version: "0.4.0", notBefore: instant(1_800_000_000_000) };
const NOTHING = NOTHING_STAGED.plans;
const putRings = (plans: object) => http.hq("/hq/v1/updates/rings", { method: "PUT", body: plans });
const putRing = (code: string, ring: string) =>
  http.hq(`/hq/v1/stores/${code}/update-ring`, { method: "PUT", body: { ring } });
const shown = async () => updatesAnswerSchema.parse(await (await http.hq("/hq/v1/updates")).json());
const settingsOf = async (token: string) =>
  (await http.ask("/sync/v1/replica/settings?limit=10", { token })).text();

test("a version goes to the stores of its ring, and to the others when theirs has its turn", async () => {
  const berlin = await http.pair("BER1");
  const hamburg = await http.pair("HAM1");
  expect((await putRing("ber1", "pilot")).status).toBe(200);
  const answer = updatesAnswerSchema.parse(await (await putRings({ ...NOTHING, pilot: SOON })).json());
  expect(answer.stores.map(({ code, ring, wanted }) => [code, ring, wanted?.version])).toEqual([
    ["BER1", "pilot", "0.4.0"],
    ["HAM1", "all", undefined],
  ]);
  expect(await settingsOf(berlin.token)).toContain(`"update":${JSON.stringify(SOON)}`);
  expect(await settingsOf(hamburg.token)).not.toContain('"update"');
  await putRings({ pilot: SOON, early: SOON, all: SOON });
  expect(await settingsOf(hamburg.token)).toContain('"version":"0.4.0"');
  await putRings(NOTHING);
  expect(await settingsOf(berlin.token)).not.toContain('"update"');
});

test("a store that moves to another ring follows that one, and other changes of its settings leave it there", async () => {
  const { token } = await http.pair("HAM1");
  await putRings({ ...NOTHING, pilot: SOON });
  await putRing("HAM1", "pilot");
  await http.hq("/hq/v1/scale-codes", { method: "PUT", body: { codes: [] } });
  expect(await settingsOf(token)).toContain('"version":"0.4.0"');
  await putRing("HAM1", "early");
  expect(await settingsOf(token)).not.toContain('"update"');
});

test("HQ sees which version each till said it runs", async () => {
  const { token } = await http.pair("BER1");
  await http.ask("/sync/v1/replica/settings?limit=1", { token, headers: { [PROGRAM_HEADER]: "0.3.0" } });
  await http.ask("/sync/v1/replica/settings?limit=1", { token });
  await http.ask("/sync/v1/replica/settings?limit=1", { token, headers: { [PROGRAM_HEADER]: "<script>" } });
  const { devices } = devicesAnswerSchema.parse(await (await http.hq("/hq/v1/devices")).json());
  expect(devices.map(({ version }) => version)).toEqual(["0.3.0"]);
  expect((await shown()).stores[0]?.tills).toMatchObject([{ register: 1, version: "0.3.0" }]);
});

test("what is no version, no ring, no store or out of order is refused and changes nothing", async () => {
  for (const plans of [
    { ...NOTHING, pilot: { ...SOON, version: "../../etc" } },
    { ...NOTHING, pilot: { ...SOON, version: "latest" } },
    { pilot: SOON },
    { ...NOTHING, all: SOON },
    { pilot: SOON, early: { ...SOON, notBefore: SOON.notBefore - 1 }, all: null },
  ])
    expect(await refusalOf(await putRings(plans))).toMatchObject({ status: 400 });
  expect(await refusalOf(await putRing("BER1", "beta"))).toMatchObject({ status: 400 });
  expect(await refusalOf(await putRing("XXX1", "pilot"))).toMatchObject({ status: 404 });
  expect((await http.ask("/hq/v1/updates")).status).toBe(401);
  expect((await shown()).plans).toEqual(NOTHING);
});
