import { afterEach, beforeEach, expect, test } from "vitest";
import { invitedAnswerSchema, ownSessionsSchema, sessionAnswerSchema } from "#protocol/hq/access.ts";
import { exceptionRowSchema, exceptionsAnswerSchema } from "#protocol/hq/orders.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { hashPassword } from "../access/password-hash.ts";
import { toBase32, totpCode, totpStep } from "../access/totp.ts";
import { type Asked, HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, HAMBURG } from "../testing/shop.ts";
import { consoleHeaders, userRecord } from "../testing/users.ts";

const PASSWORD = "seven mugs of tea";
const HANNA = "hanna@onetill.example";
const HOUR_MS = 3_600_000;

let server: HttpForTests;
beforeEach(async () => {
  server = await HttpForTests.open();
});
afterEach(() => server.close());

const now = () => server.parts.clock.now();

async function addHanna(more: Parameters<typeof userRecord>[2] = {}): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD, (count) => new Uint8Array(count));
  const hanna = userRecord("admin", now(), { email: HANNA, name: "Hanna Vogt", passwordHash, ...more });
  await server.parts.storage.write((tx) => tx.putUser(hanna));
}

function fromPage(path: string, asked: Asked = {}): Promise<Response> {
  return server.ask(path, { ...asked, headers: { ...consoleHeaders(server.address), ...asked.headers } });
}

const signIn = (body: object) => fromPage("/hq/v1/session", { method: "POST", body });

function cookieOf(answer: Response): string {
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

async function signedIn(): Promise<(path: string, asked?: Asked) => Promise<Response>> {
  const cookie = cookieOf(await signIn({ email: HANNA, password: PASSWORD }));
  return (path, asked = {}) => fromPage(path, { ...asked, headers: { cookie, ...asked.headers } });
}

test("whoever signs in gets a cookie that scripts and other sites cannot use, and learns what they may do", async () => {
  await addHanna();
  const answer = await signIn({ email: " Hanna@Onetill.example", password: PASSWORD });
  const { user, rights } = sessionAnswerSchema.parse(await answer.json());
  expect(user).toMatchObject({ name: "Hanna Vogt", role: "admin", stores: null });
  expect(rights).toContain("users.edit");
  const cookie = answer.headers.get("set-cookie") ?? "";
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(part);
  expect(cookie).not.toContain("Secure");
  const secure = await fromPage("/hq/v1/session", {
    method: "POST",
    body: { email: HANNA, password: PASSWORD },
    headers: { "x-forwarded-proto": "https" },
  });
  expect(secure.headers.get("set-cookie")).toContain("; Secure");
});

test("over TLS no neighbour of the server's domain can slip a session under somebody", async () => {
  await addHanna();
  const tls = { "x-forwarded-proto": "https" };
  const credentials = { email: HANNA, password: PASSWORD };
  const answer = await fromPage("/hq/v1/session", { method: "POST", body: credentials, headers: tls });
  const cookie = cookieOf(answer);
  expect(cookie).toMatch(/^__Host-onetill_session=/);
  expect((await fromPage("/hq/v1/session/all", { headers: { cookie, ...tls } })).status).toBe(200);
  const tossed = cookie.replace("__Host-", "");
  expect((await fromPage("/hq/v1/session/all", { headers: { cookie: tossed, ...tls } })).status).toBe(401);
  const both = `onetill_session=${"x".repeat(43)}; ${cookie}`;
  expect((await fromPage("/hq/v1/session/all", { headers: { cookie: both, ...tls } })).status).toBe(200);
});

test("what the database keeps of a session does not open one", async () => {
  await addHanna();
  const cookie = cookieOf(await signIn({ email: HANNA, password: PASSWORD }));
  const user = await server.parts.storage.read((tx) => tx.userByEmail(HANNA));
  const [session] = await server.parts.storage.read((tx) => tx.sessionsOf(user!.id, 10));
  expect(cookie).not.toContain(session!.hash);
  const answer = await fromPage("/hq/v1/session", {
    headers: { cookie: `onetill_session=${session!.hash}` },
  });
  expect(answer.status).toBe(401);
});

test("an unknown address, a wrong password and a dismissed user are answered alike", async () => {
  await addHanna();
  const unknown = await signIn({ email: "nobody@onetill.example", password: PASSWORD });
  const wrong = await signIn({ email: HANNA, password: "nine mugs of tea" });
  await addHanna({ active: false });
  const dismissed = await signIn({ email: HANNA, password: PASSWORD });
  const said = await Promise.all([unknown, wrong, dismissed].map((each) => each.json()));
  expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
  expect([unknown, wrong, dismissed].map(({ status }) => status)).toEqual([401, 401, 401]);
});

test("guessing has to wait longer and longer, also after a restart, and the right password waits with it", async () => {
  await addHanna();
  for (let tries = 0; tries < 6; tries += 1) {
    server.parts.clock.advance(60_000);
    expect((await signIn({ email: HANNA, password: `wrong guess number ${tries}` })).status).toBe(401);
  }
  const refused = await signIn({ email: HANNA, password: PASSWORD });
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("2");
  server.parts.clock.advance(2_000);
  expect((await signIn({ email: HANNA, password: PASSWORD })).status).toBe(200);
  expect((await signIn({ email: HANNA, password: PASSWORD })).status).toBe(200);
});

test("tries at the same time are no way around waiting", async () => {
  await addHanna();
  const guesses = Array.from({ length: 9 }, (_, index) =>
    signIn({ email: HANNA, password: `guess ${index}` }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
});

test("who guesses at many accounts from one address waits as well", async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 32; index += 1)
    statuses.push((await signIn({ email: `user${index}@onetill.example`, password: "a guess" })).status);
  expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(30)).toEqual([429, 429]);
});

test.each<readonly [string, readonly string[], number]>([
  [
    "a proxy that is known tells from where people come, and who guesses there keeps nobody else out",
    ["127.0.0.1"],
    401,
  ],
  ["whoever says from where they come, and is no known proxy, is not believed", [], 429],
])("%s", async (_, proxies, status) => {
  const known = await HttpForTests.open({ proxies });
  try {
    const at = known.parts.clock.now();
    await known.parts.storage.write((tx) =>
      tx.putSignInTries(`address:${proxies.length > 0 ? "203.0.113.9" : "127.0.0.1"}`, {
        failures: 40,
        lastAt: at,
      }),
    );
    const asked = (from: string) =>
      known.ask("/hq/v1/session", {
        method: "POST",
        body: { email: HANNA, password: PASSWORD },
        headers: { ...consoleHeaders(known.address), "x-forwarded-for": from },
      });
    expect((await asked("198.51.100.4")).status).toBe(status);
    expect((await asked("203.0.113.9")).status).toBe(429);
  } finally {
    await known.close();
  }
});

test("with an app set up, the password alone opens nothing, and a code opens once", async () => {
  const secret = toBase32(new Uint8Array(20).fill(7));
  await addHanna({ totp: { secret, lastStep: 0, recovery: [] } });
  const needed = errorBodySchema.parse(await (await signIn({ email: HANNA, password: PASSWORD })).json());
  expect(needed.details).toEqual(["codeNeeded"]);
  const code = totpCode(secret, totpStep(now()));
  const wrong = code === "000000" ? "000001" : "000000";
  expect((await signIn({ email: HANNA, password: PASSWORD, code: wrong })).status).toBe(401);
  expect((await signIn({ email: HANNA, password: PASSWORD, code })).status).toBe(200);
  expect((await signIn({ email: HANNA, password: PASSWORD, code })).status).toBe(401);
});

test("a second step is set up with a code, and its recovery codes open once each", async () => {
  await addHanna();
  const ask = await signedIn();
  const { secret } = (await (await ask("/hq/v1/account/totp")).json()) as { secret: string };
  const code = totpCode(secret, totpStep(now()));
  const wrong = await ask("/hq/v1/account/totp", {
    method: "PUT",
    body: { password: "not my password", secret, code },
  });
  expect(wrong.status).toBe(409);
  const done = await ask("/hq/v1/account/totp", {
    method: "PUT",
    body: { password: PASSWORD, secret, code },
  });
  const { recoveryCodes } = (await done.json()) as { recoveryCodes: string[] };
  expect(recoveryCodes).toHaveLength(10);
  const kept = JSON.stringify(await server.parts.storage.read((tx) => tx.userByEmail(HANNA)));
  expect(kept).not.toContain(recoveryCodes[0]);
  const recover = () => signIn({ email: HANNA, password: PASSWORD, code: recoveryCodes[0] });
  expect((await recover()).status).toBe(200);
  expect((await recover()).status).toBe(401);
  const trail = await server.parts.storage.read((tx) => tx.trail({ before: null, limit: 50 }));
  expect(JSON.stringify(trail)).not.toContain(secret);
  expect(JSON.stringify(trail)).not.toContain(PASSWORD);
});

test("a session ends when nothing was done for 12 hours, and after 30 days whatever is done", async () => {
  await addHanna();
  const ask = await signedIn();
  const asked = async () => (await ask("/hq/v1/session")).status;
  for (let hours = 0; hours < 30 * 24; hours += 11) {
    expect(await asked()).toBe(200);
    server.parts.clock.advance(11 * HOUR_MS);
  }
  expect(await asked()).toBe(401);
  const again = await signedIn();
  server.parts.clock.advance(12 * HOUR_MS);
  expect((await again("/hq/v1/session")).status).toBe(401);
});

test("what a page asks by itself, with nobody at it, does not keep a session open", async () => {
  await addHanna();
  const [watched, alone] = [await signedIn(), await signedIn()];
  const unattended: readonly Readonly<Record<string, string>>[] = [
    { "onetill-unattended": "1" },
    { "sec-fetch-dest": "image" },
  ];
  for (let hours = 0; hours < 12; hours += 1) {
    expect((await watched("/hq/v1/session")).status).toBe(200);
    for (const headers of unattended)
      expect((await alone("/hq/v1/session", { headers })).status, `after ${hours} hours`).toBe(200);
    server.parts.clock.advance(HOUR_MS);
  }
  expect((await alone("/hq/v1/session")).status).toBe(401);
  expect((await watched("/hq/v1/session", { headers: unattended[0]! })).status).toBe(200);
});

test("what comes from another site's page changes nothing, though the browser sends the cookie", async () => {
  await addHanna();
  const ask = await signedIn();
  const attempts: Readonly<Record<string, string>>[] = [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "onetill-console": "" },
    { origin: "null" },
  ];
  for (const headers of attempts) {
    const answer = await ask("/hq/v1/keys", { method: "POST", body: { scope: "hq", name: "Evil" }, headers });
    expect(await refusalOf(answer), JSON.stringify(headers)).toEqual({ status: 403, reason: "forbidden" });
  }
  const bare = await server.ask("/hq/v1/session", {
    method: "POST",
    body: { email: HANNA, password: PASSWORD },
  });
  expect(bare.status).toBe(403);
  expect((await ask("/hq/v1/keys", { method: "POST", body: { scope: "hq", name: "Own" } })).status).toBe(201);
});

test("signing out ends the session at the server, and one's other sessions can be seen and ended", async () => {
  await addHanna();
  const [office, home] = [await signedIn(), await signedIn()];
  const { sessions } = ownSessionsSchema.parse(await (await office("/hq/v1/session/all")).json());
  expect(sessions.map(({ isThis }) => isThis).sort()).toEqual([false, true]);
  const other = sessions.find(({ isThis }) => !isThis);
  expect((await office(`/hq/v1/session/all/${other!.id}`, { method: "DELETE" })).status).toBe(200);
  expect((await home("/hq/v1/session")).status).toBe(401);
  const left = await office("/hq/v1/session", { method: "DELETE" });
  expect(left.headers.get("set-cookie")).toContain("Max-Age=0");
  expect((await office("/hq/v1/session")).status).toBe(401);
});

test("a user who is dismissed or works for less is so at the next question", async () => {
  await addHanna();
  const hanna = await signedIn();
  const mira = await server.as("merchandiser");
  expect((await mira("/hq/v1/exceptions")).status).toBe(403);
  const change = (role: string, stores: readonly string[] | null) =>
    hanna("/hq/v1/users/user-merchandiser", { method: "PUT", body: { name: "Mira", role, stores } });
  expect((await change("support", null)).status).toBe(200);
  expect((await mira("/hq/v1/exceptions")).status).toBe(200);
  expect((await change("storeManager", ["BER1"])).status).toBe(200);
  expect((await mira("/hq/v1/exceptions")).status).toBe(200);
  expect((await mira("/hq/v1/keys")).status).toBe(403);
  expect((await hanna("/hq/v1/users/user-merchandiser/dismiss", { method: "POST" })).status).toBe(200);
  expect((await mira("/hq/v1/exceptions")).status).toBe(401);
});

test("the link of a new server makes one admin and opens nothing afterwards", async () => {
  const link = await server.parts.deps.access.links.makeSetUp();
  const accept = (password: string) =>
    fromPage("/hq/v1/links/accept", {
      method: "POST",
      body: { kind: "setUp", token: link!.token, password, email: HANNA, name: "Hanna Vogt" },
    });
  expect(errorBodySchema.parse(await (await accept("short")).json()).details).toEqual(["tooShort"]);
  expect(errorBodySchema.parse(await (await accept("hanna@onetill.example")).json()).details).toEqual([
    "personal",
  ]);
  expect((await accept(PASSWORD)).status).toBe(200);
  expect((await accept(PASSWORD)).status).toBe(404);
  expect((await signIn({ email: HANNA, password: PASSWORD })).status).toBe(200);
  expect(await server.parts.deps.access.links.makeSetUp()).toBeNull();
});

test("at each start of a server without users the link before opens nothing any more", async () => {
  const { links } = server.parts.deps.access;
  const [first, second] = [await links.makeSetUp(), await links.makeSetUp()];
  expect(await links.look("setUp", first!.token)).toBeNull();
  expect(await links.look("setUp", second!.token)).toEqual({ user: null });
});

test("an invitation is accepted once within 72 hours; a reset replaces the password and ends sessions", async () => {
  await addHanna();
  const hanna = await signedIn();
  const wish = { email: "mira@onetill.example", name: "Mira Albers", role: "storeManager", stores: ["BER1"] };
  const made = await hanna("/hq/v1/users", { method: "POST", body: wish });
  const { user, link } = invitedAnswerSchema.parse(await made.json());
  expect(user).toMatchObject({ joined: false, stores: ["BER1"] });
  const again = await hanna("/hq/v1/users", { method: "POST", body: wish });
  expect(await refusalOf(again)).toEqual({ status: 409, reason: "conflict" });
  const [kind, token] = /#(\w+)=(.+)$/.exec(link!)!.slice(1) as [string, string];
  const look = () => fromPage("/hq/v1/links/look", { method: "POST", body: { kind, token } });
  expect(await (await look()).json()).toEqual({ user: { email: wish.email, name: wish.name } });
  const accept = (body: object) => fromPage("/hq/v1/links/accept", { method: "POST", body });
  expect((await accept({ kind, token, password: "tea in the morning" })).status).toBe(200);
  expect((await look()).status).toBe(404);

  const mira = cookieOf(await signIn({ email: wish.email, password: "tea in the morning" }));
  const reset = await hanna(`/hq/v1/users/${user.id}/link`, { method: "POST" });
  const resetToken = invitedAnswerSchema.parse(await reset.json()).link!.split("#reset=")[1];
  const accepted = await accept({ kind: "reset", token: resetToken, password: "coffee in the evening" });
  expect(accepted.status).toBe(200);
  expect((await fromPage("/hq/v1/session", { headers: { cookie: mira } })).status).toBe(401);
  expect((await signIn({ email: wish.email, password: "tea in the morning" })).status).toBe(401);
  expect((await signIn({ email: wish.email, password: "coffee in the evening" })).status).toBe(200);
  const late = await hanna(`/hq/v1/users/${user.id}/link`, { method: "POST" });
  const lateToken = invitedAnswerSchema.parse(await late.json()).link!.split("#reset=")[1];
  server.parts.clock.advance(24 * HOUR_MS);
  expect((await accept({ kind: "reset", token: lateToken, password: "too late for any tea" })).status).toBe(
    404,
  );
});

test("whoever changes their password themselves has no use for a link to choose another: it opens nothing any more", async () => {
  await addHanna();
  const hanna = await signedIn();
  const made = await hanna("/hq/v1/users/user-admin/link", { method: "POST" });
  const token = invitedAnswerSchema.parse(await made.json()).link!.split("#reset=")[1];
  const next = "coffee in the evening";
  const changed = await hanna("/hq/v1/account/password", {
    method: "PUT",
    body: { password: PASSWORD, next },
  });
  expect(changed.status).toBe(200);
  const body = { kind: "reset", token, password: "whoever found the link" };
  expect((await fromPage("/hq/v1/links/accept", { method: "POST", body })).status).toBe(404);
  expect((await signIn({ email: HANNA, password: next })).status).toBe(200);
});

test("the last admin can be neither dismissed nor made anything else", async () => {
  await addHanna();
  const hanna = await signedIn();
  const path = "/hq/v1/users/user-admin";
  expect((await hanna(`${path}/dismiss`, { method: "POST" })).status).toBe(409);
  const demoted = { name: "Hanna", role: "auditor", stores: null };
  expect((await hanna(path, { method: "PUT", body: demoted })).status).toBe(409);
  expect((await hanna("/hq/v1/session")).status).toBe(200);
});

test("a manager of Berlin sees nothing of Hamburg, and the name under what they do is theirs", async () => {
  const mira = await server.as("storeManager", [BERLIN.store]);
  const raised = { kind: "cashVariance", raisedAt: now(), subject: null, detail: {}, closing: null } as const;
  await server.parts.storage.write(async (tx) => {
    await tx.raiseException({ ...raised, id: "berlin", store: BERLIN.store });
    await tx.raiseException({ ...raised, id: "hamburg", store: HAMBURG.store });
  });
  const { exceptions } = exceptionsAnswerSchema.parse(await (await mira("/hq/v1/exceptions")).json());
  expect(exceptions.map(({ id }) => id)).toEqual(["berlin"]);
  const resolve = (id: string) =>
    mira(`/hq/v1/exceptions/${id}/resolve`, {
      method: "POST",
      body: { resolution: "accept", by: "Somebody else" },
    });
  expect((await resolve("hamburg")).status).toBe(404);
  expect(exceptionRowSchema.parse(await (await resolve("berlin")).json()).closing).toMatchObject({
    by: "Mx storeManager",
  });
  const unsigned = { method: "POST", body: { resolution: "accept" } };
  expect((await server.hq("/hq/v1/exceptions/hamburg/resolve", unsigned)).status).toBe(400);
});

test("signing in, and trying to, is in the audit log", async () => {
  await addHanna();
  await signIn({ email: HANNA, password: "a wrong password" });
  await signIn({ email: "my secret password", password: "oops" });
  await signIn({ email: HANNA, password: PASSWORD });
  const trail = await server.parts.storage.read((tx) => tx.trail({ before: null, limit: 10 }));
  expect(trail.map(({ by, outcome }) => [by.name, outcome])).toEqual([
    ["Hanna Vogt", "done"],
    ["", "refused"],
    ["Hanna Vogt", "refused"],
  ]);
  expect(JSON.stringify(trail)).not.toContain("my secret password");
});

test("a key has no session to end", async () => {
  const answer = await server.hq("/hq/v1/session", { method: "DELETE" });
  expect(await refusalOf(answer)).toEqual({ status: 409, reason: "conflict" });
  const who = sessionAnswerSchema.parse(await (await server.hq("/hq/v1/session")).json());
  expect(who).toMatchObject({ user: null, endsAt: null });
});
