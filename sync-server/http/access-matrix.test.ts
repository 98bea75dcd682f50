import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keyMay } from "#domain/access/key-scopes.ts";
import { RIGHTS, type Right } from "#domain/access/rights.ts";
import { HQ_ROLES, type HqRole, ROLE_RIGHTS } from "#domain/access/roles.ts";
import { keyScopeSchema } from "#protocol/hq/keys.ts";
import { secretHash } from "../access/sessions.ts";
import { HQ_KEY, HttpForTests } from "../http-for-tests.ts";
import { BERLIN } from "../testing/shop.ts";
import { consoleHeaders } from "../testing/users.ts";
import { HQ_API } from "./hq-api.ts";
import type { HqCall } from "./hq-call.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../docs/access.md"), "utf8");
/** A key of a scope that only this test knows. */
const keyOf = (scope: string) => `${scope}_a-key-that-only-this-test-knows`;

/** Rows of the document's tables, cell by cell. */
const ROWS = DOCUMENT.split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** What the document says of each right and role. */
const SAID = rolesTable();
/** What the document says of each scope of keys. */
const SCOPES = new Map(
  ROWS.flatMap(([who = "", what = ""]) => {
    const scope = /^a key of scope `(\w+)`$/.exec(who)?.[1];
    return scope === undefined ? [] : [[scope, what] as const];
  }),
);

function rolesTable(): ReadonlyMap<string, ReadonlyMap<HqRole, string>> {
  const header = ROWS.find(([first]) => first === "right") ?? [];
  const columns = HQ_ROLES.map((role) => [role, header.indexOf(role)] as const);
  return new Map(
    ROWS.flatMap((row) => {
      const right = /^`(\w+\.\w+)`$/.exec(row[0] ?? "")?.[1];
      return right === undefined
        ? []
        : [[right, new Map(columns.map(([role, column]) => [role, row[column] ?? ""]))] as const];
    }),
  );
}

let server: HttpForTests;
let till: string;
beforeAll(async () => {
  server = await HttpForTests.open();
  till = (await server.pair()).token;
  const at = server.parts.clock.now();
  for (const scope of keyScopeSchema.options.filter((each) => each !== "hq")) {
    const key = { hash: secretHash(keyOf(scope)), scope, name: scope, channels: [], createdAt: at };
    await server.parts.storage.write((tx) => tx.addKey(key));
  }
});
afterAll(() => server.close());

test("the document says of every right what every role has of it, and it is what the program goes by", () => {
  expect([...SAID.keys()]).toEqual([...RIGHTS]);
  for (const right of RIGHTS)
    for (const role of HQ_ROLES) {
      const yes = role === "storeManager" ? "own stores" : "yes";
      const expected = ROLE_RIGHTS[role].includes(right) ? yes : "no";
      expect(SAID.get(right)?.get(role), `${right} of ${role}`).toBe(expected);
    }
});

test("the document says what a key of every scope may do", () => {
  expect([...SCOPES.keys()].sort()).toEqual([...keyScopeSchema.options].sort());
  for (const scope of keyScopeSchema.options)
    for (const right of RIGHTS)
      expect(keyMayBySaid(SCOPES.get(scope), right), `${right} of ${scope}`).toBe(keyMay(scope, right));
});

interface Asking {
  readonly who: string;
  /** The status it must be refused with; null: it must not be refused for who asks. */
  readonly refused: 401 | 403 | null;
  readonly ask: (path: string, asked: { readonly method: string }) => Promise<Response>;
}

/** Everybody who can ask, each with a session of their own, so that what one call ends the next does not miss. */
async function everybody(call: HqCall): Promise<readonly Asking[]> {
  const headers = consoleHeaders(server.address);
  const by =
    (token: string | null): Asking["ask"] =>
    (path, { method }) =>
      server.ask(path, { method, token, headers });
  const people = HQ_ROLES.map(async (role): Promise<Asking> => {
    const ask = await server.as(role, role === "storeManager" ? [BERLIN.store] : null);
    return { who: role, refused: mayBySaid(role, call) ? null : 403, ask };
  });
  const keys = [...SCOPES].map(
    ([scope, what]): Asking => ({
      who: `a key of scope ${scope}`,
      refused: mayKeyBySaid(what, call) ? null : 403,
      ask: by(scope === "hq" ? HQ_KEY : keyOf(scope)),
    }),
  );
  const unknown = isOpen(call) ? null : 401;
  return [
    ...(await Promise.all(people)),
    ...keys,
    { who: "a till", refused: unknown, ask: by(till) },
    { who: "nobody", refused: unknown, ask: by(null) },
  ];
}

/** Whether the document lets a key with these words have a right: all, none, or those that it names. */
function keyMayBySaid(what: string | undefined, right: Right): boolean {
  return what === "everything" || what?.includes(`\`${right}\``) === true;
}

/** A key that opens nothing of HQ is not even asked which call it is. */
function mayKeyBySaid(what: string, call: HqCall): boolean {
  if (isOpen(call) || what === "everything") return true;
  return what !== "nothing" && (call.right === null || keyMayBySaid(what, call.right));
}

function isOpen(call: HqCall): boolean {
  return call.open === true;
}

/** Whether the document lets somebody of a role ask this; a store manager works for some stores only. */
function mayBySaid(role: HqRole, call: HqCall): boolean {
  if (isOpen(call) || (call.right === null && call.reach !== "allStores")) return true;
  const said = call.right === null ? "own stores" : SAID.get(call.right)?.get(role);
  if (said === "own stores") return call.reach !== "allStores";
  return said === "yes";
}

/** The address with something in each of its places: a store of theirs, else what is not there. */
function addressOf(call: HqCall): string {
  return call.path.replaceAll(/:(\w+)/g, (_whole, name: string) =>
    name === "code" ? BERLIN.code : "not-there",
  );
}

const NOTHING_HERE = "There is nothing at this address.";

test.each(Object.entries(HQ_API))(
  "%s is answered to those whom the document lets, and to nobody else",
  async (_name, call) => {
    const everyone = await everybody(call);
    expect(everyone).toHaveLength(HQ_ROLES.length + keyScopeSchema.options.length + 2);
    for (const { who, refused, ask } of everyone) {
      const answer = await ask(addressOf(call), { method: call.method });
      const said = answer.headers.get("content-type")?.includes("json") === true ? await answer.text() : "";
      const words = `${call.method} ${call.path} as ${who}: ${answer.status} ${said}`;
      expect(said, words).not.toContain(NOTHING_HERE);
      if (refused === null) expect([401, 403], words).not.toContain(answer.status);
      else expect(answer.status, words).toBe(refused);
    }
  },
);

/** What is asked with a body and changes nothing all the same. */
const ASKED_WITH_A_BODY = ["labels", "simulateBasket"];

test("whoever only looks changes nothing but their own way of signing in", () => {
  const changes = Object.entries(HQ_API).filter(
    ([, call]) => call.method !== "GET" && mayBySaid("auditor", call),
  );
  const others = changes.filter(([, { path }]) => !/^\/hq\/v1\/(session|account|links)(\/|$)/.test(path));
  expect(others.map(([name]) => name)).toEqual(ASKED_WITH_A_BODY);
  expect(others.map(([, { trail }]) => trail)).toEqual(others.map(() => "none"));
  for (const [name, { method, trail }] of Object.entries(HQ_API))
    if (method === "GET") expect(trail, `${name} looks`).toBe("none");
});

test("among all calls there is one that each role may ask, and each but an admin one that it may not", () => {
  const calls = Object.values(HQ_API);
  for (const role of HQ_ROLES) {
    expect(
      calls.some((call) => call.right !== null && mayBySaid(role, call)),
      role,
    ).toBe(true);
    expect(
      calls.some((call) => !mayBySaid(role, call)),
      role,
    ).toBe(role !== "admin");
  }
  expect(new Set(calls.map(({ method, path }) => `${method} ${path}`)).size).toBe(calls.length);
});
