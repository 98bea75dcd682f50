import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { instant } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { createDeps } from "./http/deps.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { TraceCollector } from "./testing/collector.ts";
import { BERLIN, customer, price, product, TEA } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";
import { consoleHeaders } from "./testing/users.ts";

/** What nobody may read in a log, by what it is. */
const PASSWORD = "nine mugs of green tea";
const WRONG_PASSWORD = "eight mugs of black tea";
const MAIL_PASSWORD = "mail-pass-6f1b";
const SHOP_TOKEN = "shpat_log-me-not";
const WEBHOOK_SECRET = "signed-with-a-log-me-not";
const PIN = "482915";
const TYPED_TOKEN = "typed-into-the-address-by-mistake-01";
const BUYER = {
  name: "Annegret Sonderbar",
  email: "annegret.sonderbar@example.com",
  phone: "+49 30 7654321",
};

const folder = mkdtempSync(join(tmpdir(), "onetill-logs-"));
const said: string[] = [];
let child: ChildProcess;
let collector: TraceCollector;
let address = "";

beforeAll(async () => {
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  const deps = createDeps({ storage, now: () => instant(Date.now()), newId: randomUUID });
  await deps.publisher.publish(async (publication) => {
    await publication.putStore(BERLIN);
    await publication.putProduct(product(TEA));
    await publication.putPrice(price(TEA));
    await publication.putCustomer({ ...customer("anna"), ...BUYER });
  });
  await deps.pdfs.close();
  await storage.close();
  collector = await TraceCollector.open();
  const args = ["--data", folder, "--port", "0", "--traces", collector.url];
  child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ONETILL_LOG: "trace",
      ONETILL_SMTP_URL: `smtp://shop:${MAIL_PASSWORD}@127.0.0.1:1`,
      ONETILL_MAIL_FROM: "shop@example.com",
    },
  });
  address = await new Promise((found, fail) => {
    const take = (text: string) => {
      said.push(text);
      const listening = /listening on (http:\S+)/.exec(said.join(""))?.[1];
      if (listening !== undefined && said.join("").includes("#setUp=")) found(listening);
    };
    child.stdout?.setEncoding("utf8").on("data", take);
    child.stderr?.setEncoding("utf8").on("data", take);
    child.once("close", () => fail(new Error(said.join(""))));
  });
});
afterAll(() => {
  child.kill("SIGKILL");
  void collector.close();
  rmSync(folder, { recursive: true, force: true });
});

type Headers = Readonly<Record<string, string>>;
async function ask(path: string, body: unknown, headers: Headers, method = "POST"): Promise<Response> {
  return fetch(`${address}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}
const oneOf = async <K extends string>(answer: Response, name: K): Promise<string> =>
  z.looseObject({ [name]: z.string() }).parse(await answer.json())[name] as string;

test("a server that says as much as it can says no secret and nobody's name, in its log and in its traces: not of people, tills, keys, shops, webhooks, mail", async () => {
  const secrets: Record<string, string> = {
    PASSWORD,
    WRONG_PASSWORD,
    MAIL_PASSWORD,
    SHOP_TOKEN,
    WEBHOOK_SECRET,
    PIN,
    TYPED_TOKEN,
    ...BUYER,
  };
  // The link of a server without users is printed on purpose, for whoever started it; what comes after it is not.
  const token = /#setUp=(\S+)/.exec(said.join(""))?.[1];
  const page = consoleHeaders(address);
  const admin = { email: "hanna@onetill.example", name: "Hanna Vogt" };
  const joined = await ask(
    "/hq/v1/links/accept",
    { kind: "setUp", token, password: PASSWORD, ...admin },
    page,
  );
  expect(joined.status).toBe(200);
  await ask("/hq/v1/session", { email: admin.email, password: WRONG_PASSWORD }, page);
  const signedIn = await ask("/hq/v1/session", { email: admin.email, password: PASSWORD }, page);
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  secrets.session = cookie.slice(cookie.indexOf("=") + 1);
  const hanna = { ...page, cookie };
  secrets.totp = await oneOf(await ask("/hq/v1/account/totp", undefined, hanna, "GET"), "secret");

  secrets.hqKey = readFileSync(join(folder, "hq.key"), "utf8").trim();
  const hq = { authorization: `Bearer ${secrets.hqKey}` };
  secrets.key = await oneOf(await ask("/hq/v1/keys", { scope: "shop", name: "Shop" }, hq), "key");
  const hook = { url: "http://127.0.0.1:1/in" };
  secrets.webhook = await oneOf(await ask("/hq/v1/webhooks", hook, hq), "secret");
  const colleague = { name: BUYER.name, role: "cashier", stores: ["BER1"], pin: PIN };
  expect((await ask("/hq/v1/staff", colleague, hq)).status).toBeLessThan(300);

  const shop = {
    platform: "shopify",
    channel: "web",
    apiUrl: "https://127.0.0.1:1",
    credentials: { accessToken: SHOP_TOKEN },
    webhookSecret: WEBHOOK_SECRET,
  };
  const connector = await oneOf(await ask("/hq/v1/connectors", shop, hq), "id");
  const message = JSON.stringify({ customer: BUYER, note: "not an order" });
  const signature = createHmac("sha256", WEBHOOK_SECRET).update(message).digest("base64");
  for (const sent of [signature, "forged"])
    await ask(`/connectors/v1/${connector}/webhook`, message, {
      "x-shopify-topic": "orders/create",
      "x-shopify-hmac-sha256": sent,
    });

  const made = await ask("/hq/v1/pairing-codes", { store: "BER1" }, hq);
  const { code } = pairAnswerSchema.parse(await made.json());
  secrets.pairingCode = code;
  const till = new TestTill({ store: BERLIN.store });
  const enrol = { kind: "pair", code, publicKey: till.publicKey, name: "Till" };
  const enrolled = enrolAnswerSchema.parse(await (await ask("/sync/v1/enrol", enrol, {})).json());
  await ask("/sync/v1/enrol", enrol, {});
  till.device = enrolled.device;
  secrets.tillToken = enrolled.token ?? "";
  const asTill = { authorization: `Bearer ${secrets.tillToken}` };
  const entries = [till.begin(), till.sell([{ variant: TEA, quantity: 1 }])];
  expect((await ask("/sync/v1/journal", { entries }, asTill)).status).toBe(200);
  const [, sale] = entries;
  const mail = {
    id: "mail-1",
    ticket: sale?.fact.type === "ticket.completed" ? sale.fact.ticket.id : "",
    document: { kind: "receipt" },
    email: BUYER.email,
    language: null,
    copy: false,
  };
  expect((await ask("/sync/v1/receipt-mails", mail, asTill)).status).toBe(200);

  await ask(
    `/hq/v1/stores?token=${TYPED_TOKEN}`,
    undefined,
    { authorization: `Bearer ${TYPED_TOKEN}` },
    "GET",
  );
  await ask(`/${TYPED_TOKEN}`, `{"password":"${PASSWORD}"`, hq);
  await ask("/sync/v1/journal", `{"entries":"${TYPED_TOKEN}`, asTill);

  // The mail goes out with the next turn of its chore, and fails: nobody listens there.
  await expect
    .poll(async () => (await ask("/hq/v1/mails", undefined, hq, "GET")).text())
    .toMatch(/"lastFailure":"[^"]/);
  expect(await (await ask("/hq/v1/mails", undefined, hq, "GET")).text()).not.toContain(MAIL_PASSWORD);
  child.kill("SIGTERM");
  await new Promise((ended) => child.once("close", ended));
  const log = said.join("");
  expect(log).toContain("listening on");
  const traces = collector.said.join("");
  for (const timed of ["journal.ingest", "webhook.receive", "webhook.send", "mail.send"])
    expect(traces).toContain(timed);
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(3);
    expect(log, what).not.toContain(secret);
    expect(traces, what).not.toContain(secret);
  }
});
