import { afterEach, expect, test, vi } from "vitest";
import { Api } from "./api.ts";
import { watchForPeople } from "./attention.ts";

afterEach(() => vi.unstubAllGlobals());

function serverSays(body: unknown, status = 200) {
  const fetching = vi.fn(async (_path: string, _init?: RequestInit) => Response.json(body, { status }));
  vi.stubGlobal("fetch", fetching);
  return fetching;
}

test("an answer as the protocol has it is passed on", async () => {
  // However long ago this file was read.
  watchForPeople(new EventTarget());
  const fetching = serverSays({ tickets: [], total: 0 });
  const answer = await new Api().tickets({ store: "BER1", before: null, limit: 5 });
  expect(answer).toEqual({ ok: true, value: { tickets: [], total: 0 } });
  expect(fetching.mock.calls[0]?.[0]).toBe("/hq/v1/tickets?limit=5&store=BER1");
  expect(fetching.mock.calls[0]?.[1]?.headers).toEqual({ "onetill-console": "1" });
});

test("an answer of another shape never reaches a screen", async () => {
  serverSays({ tickets: "many" });
  expect(await new Api().tickets({ store: null, before: null, limit: 5 })).toEqual({
    ok: false,
    reason: { kind: "strange" },
  });
});

test("a refusal keeps the server's words; a session that has ended is told apart", async () => {
  serverSays({ reason: "notFound", message: "There is no store XX9." }, 404);
  expect(await new Api().pairingCode("XX9")).toEqual({
    ok: false,
    reason: {
      kind: "refused",
      message: "There is no store XX9.",
      reason: "notFound",
      details: [],
      detail: null,
    },
  });
  serverSays({ reason: "unauthorised", message: "no" }, 401);
  expect(await new Api().stores()).toEqual({ ok: false, reason: { kind: "unauthorised" } });
});

test("why somebody cannot sign in is told in a word, too, which is not read out to them", async () => {
  serverSays({ reason: "unauthorised", message: "Type the code.", details: ["codeNeeded"] }, 401);
  expect(await new Api().access.signIn({ email: "a", password: "b", code: "" })).toEqual({
    ok: false,
    reason: {
      kind: "refused",
      message: "Type the code.",
      reason: "unauthorised",
      details: ["codeNeeded"],
      detail: "codeNeeded",
    },
  });
});

test("a server that is away is told as such", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
  expect(await new Api().stores()).toEqual({ ok: false, reason: { kind: "unreachable" } });
});
