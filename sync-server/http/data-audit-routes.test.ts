import { afterEach, beforeEach, expect, test } from "vitest";
import { auditRowsAnswerSchema, dataAuditAnswerSchema } from "#protocol/hq/data-audit.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { product, TEA } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.deps.publisher.publish((publication) =>
    publication.putProduct(product(TEA, { title: "=1+1, tea" })),
  );
});
afterEach(() => http.close());

const PATH = "/hq/v1/data-audit";
const checks = async (answer: Response) => dataAuditAnswerSchema.parse(await answer.json()).checks;
const give = (check: string, body: unknown) => http.hq(`${PATH}/${check}/owner`, { method: "PUT", body });

test("HQ reads the checks, what one finds and a file of it in which no text is a formula", async () => {
  const all = await checks(await http.hq(PATH));
  expect(all.find(({ check }) => check === "noPicture")).toMatchObject({ count: 1, since: "2027-01-15" });
  const found = auditRowsAnswerSchema.parse(await (await http.hq(`${PATH}/noPicture?limit=1`)).json());
  expect(found.rows).toMatchObject([{ label: "=1+1, tea", fix: { page: "product" } }]);
  const file = await http.hq(`${PATH}/noGtin/file`);
  expect(file.headers.get("content-disposition")).toContain("data-audit-noGtin.csv");
  expect(await file.text()).toContain(`"'=1+1, tea",,,store,1`);
});

test("what was set right is gone once HQ has it checked again, which the audit log keeps", async () => {
  expect((await checks(await http.hq(PATH))).find(({ check }) => check === "noPicture")?.count).toBe(1);
  await http.parts.deps.publisher.publish((publication) =>
    publication.putProduct(product(TEA, { status: "draft" })),
  );
  const again = await checks(await http.hq(`${PATH}/check`, { method: "POST" }));
  expect(again.find(({ check }) => check === "noPicture")?.count).toBe(0);
  const trail = await http.parts.storage.read((tx) => tx.trail({ before: null, limit: 1 }));
  expect(trail).toMatchObject([{ call: "POST /hq/v1/data-audit/check", outcome: "done" }]);
});

test("whoever asks takes a check on, or says who does and until when; the audit log has both", async () => {
  const owner = async (answer: Response) =>
    (await checks(answer)).find(({ check }) => check === "noPicture")?.owner ?? null;
  await http.hq(PATH);
  expect(await owner(await give("noPicture", { owner: "me" }))).toMatchObject({
    name: "HQ",
    due: "2027-04-15",
  });
  const wish = {
    owner: { id: "u-1", name: "Ada" },
    due: "2027-02-01",
    note: "The photographer comes in January",
  };
  expect(await owner(await give("noPicture", wish))).toMatchObject({
    id: "u-1",
    name: "Ada",
    due: "2027-02-01",
    isOverdue: false,
    note: wish.note,
  });
  const [newest] = await http.parts.storage.read((tx) => tx.trail({ before: null, limit: 1 }));
  expect(newest).toMatchObject({
    subject: { kind: "dataAudit", id: "noPicture" },
    before: [{ owner: { due: "2027-04-15" } }],
    after: [{ owner: { name: "Ada" } }],
  });
  expect(await owner(await give("noPicture", { owner: null }))).toBeNull();
});

test.each([
  ["a day that is over", "noPicture", { owner: "me", due: "2027-01-14" }, 400],
  ["a day that is years away", "noPicture", { owner: "me", due: "2030-01-14" }, 400],
  ["one store of what is of none", "noPicture", { owner: "me", store: "BER1" }, 400],
  ["a store that there is none of", "approvals", { owner: "me", store: "XXX1" }, 404],
  ["a check that there is none of", "weather", { owner: "me" }, 400],
])("nobody takes a check on with %s", async (_, check, body, status) => {
  expect(await refusalOf(await give(check, body))).toMatchObject({ status });
});
