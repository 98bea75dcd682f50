import { DatabaseError } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildServer } from "./http/server.ts";
import { createLogger, errorForLog } from "./logging.ts";
import { ServerForTests } from "./server-for-tests.ts";
import { hashSecret } from "./sync/enrol.ts";

const KEY = "hq_a-key-that-only-the-tests-know";
/** Of people, and what opens something. */
const SECRETS = [
  "Anna",
  "Ahrens",
  "anna@example.com",
  "+49 170 1234567",
  "Musterweg",
  "hunter2 tea",
  KEY,
  "abc-very-secret",
];

let parts: ServerForTests;
let lines: string[];
beforeEach(async () => {
  parts = await ServerForTests.open();
  lines = [];
});
afterEach(() => parts.close());

test("requests are logged by the template of their address: no names, addresses or tokens stand in the log, also where something fails", async () => {
  await parts.storage.write((tx) => tx.addHqKey(hashSecret(KEY), parts.clock.now()));
  const logger = createLogger("trace", { write: (line) => void lines.push(line) });
  const app = await buildServer(parts.deps, { logger, consoleRoot: null, demoShop: true });
  const anna = {
    name: "Anna Ahrens",
    email: "anna@example.com",
    phone: "+49 170 1234567",
    address: { lines: ["Musterweg 1"] },
  };
  app.post("/failing", async () => {
    throw new Error(
      `Unexpected token 'A', "Anna Ahre"... of anna@example.com, +49 170 1234567, ${KEY} is not valid`,
    );
  });
  const headers = { authorization: `Bearer ${KEY}`, cookie: "onetill_session=abc-very-secret" };
  const asked = [
    ["GET", "/hq/v1/customers?search=Anna%20Ahrens", undefined],
    ["POST", "/hq/v1/customers", anna],
    ["GET", "/hq/v1/customers/anna@example.com", undefined],
    ["POST", "/hq/v1/session", { email: "anna@example.com", password: "hunter2 tea", code: "" }],
    ["POST", "/sync/v1/enrol", { kind: "pair", code: "Anna", publicKey: "Ahrens", name: "Anna" }],
    ["GET", "/nowhere/Anna/abc-very-secret", undefined],
    ["POST", "/failing", anna],
  ] as const;
  for (const [method, url, body] of asked)
    await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  await app.close();
  const log = lines.join("");
  for (const secret of SECRETS) expect(log).not.toContain(secret);
  const told = lines.map((line): Record<string, unknown> => JSON.parse(line));
  expect(told.filter(({ route }) => route !== undefined).map(({ route }) => route)).toEqual(
    expect.arrayContaining(["/hq/v1/session", "/sync/v1/enrol", "none", "/failing"]),
  );
  expect(told.find(({ msg }) => msg === "a request failed")).toMatchObject({
    url: "/failing",
    err: { type: "Error", stack: expect.arrayContaining([expect.stringContaining("logging.test.ts")]) },
  });
});

test("of a database's error stands what broke, and not what it was about", () => {
  const error = new DatabaseError(
    'duplicate key value violates unique constraint "users_email_key"',
    0,
    "error",
  );
  error.detail = "Key (email)=(anna@example.com) already exists.";
  error.code = "23505";
  error.constraint = "users_email_key";
  const told = errorForLog(new Error("it failed for Anna's mail", { cause: error }));
  expect(JSON.stringify(told)).not.toContain("anna@example.com");
  expect(told).toMatchObject({ cause: { code: "23505", constraint: "users_email_key" } });
});
