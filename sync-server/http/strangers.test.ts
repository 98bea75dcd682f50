import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { BERLIN } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { STRANGERS_BYTES } from "./strangers.ts";

const TOKEN = "a-token-that-no-till-ever-had";
const LONG = `content-length: ${STRANGERS_BYTES + 1}`;
const UNSAID = "transfer-encoding: chunked";

let http: HttpForTests;
beforeAll(async () => {
  http = await HttpForTests.open();
});
afterAll(() => http.close());

/** The status that is answered to a head whose body does not come. */
async function answered(path: string, headers: readonly string[]): Promise<string> {
  const line = connect(Number(new URL(http.address).port), "127.0.0.1");
  line.on("error", () => undefined);
  const type = "content-type: application/json";
  line.write(`POST ${path} HTTP/1.1\r\n${["host: here", type, ...headers].join("\r\n")}\r\n\r\n`);
  const [said] = await once(line, "data");
  line.destroy();
  return /^HTTP\/1\.1 (\d+)/.exec(String(said))?.[1] ?? "";
}

test.each([
  ["a journal of nobody", "/sync/v1/journal", [LONG], "401"],
  ["a journal by a token that is none", "/sync/v1/journal", [`authorization: Bearer ${TOKEN}`, LONG], "401"],
  ["a journal that does not say how long it is", "/sync/v1/journal", [UNSAID], "401"],
  ["a pairing", "/sync/v1/enrol", [LONG], "413"],
  ["how a till is", "/sync/v1/health", [`authorization: Bearer ${TOKEN}`, LONG], "401"],
  ["a message of no connected shop", "/connectors/v1/con-none/webhook", [LONG], "404"],
  ["a sign-in", "/hq/v1/session", [LONG, "onetill-console: 1", "sec-fetch-site: same-origin"], "413"],
])(
  "%s is answered before more of it is read than of anybody: many of them would be the server's memory",
  async (_what, path, headers, status) => {
    expect(await answered(path, headers)).toBe(status);
  },
);

test("a till that is known, or was, sends as much as it has", async () => {
  const { token, till } = await http.pair();
  const send = () =>
    http.ask("/sync/v1/journal", {
      method: "POST",
      token,
      body: `{"entries":[]}${" ".repeat(STRANGERS_BYTES)}`,
    });
  expect((await send()).status).toBe(400);
  const made = await http.hq(`/hq/v1/tills/${till.device}/take-over`, { method: "POST" });
  const { code } = pairAnswerSchema.parse(await made.json());
  const { publicKey } = new TestTill({ store: BERLIN.store });
  const body = { kind: "takeOver", code, publicKey, name: "Another machine" };
  expect((await http.ask("/sync/v1/enrol", { method: "POST", body })).status).toBe(200);
  expect((await send()).status).toBe(400);
});
