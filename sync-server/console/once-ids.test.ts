import { expect, test } from "vitest";
import { ok, refused } from "#domain/result.ts";
import type { Answer } from "./ask.ts";
import { OnceIds } from "./once-ids.ts";

const LOST = refused({ kind: "unanswered" } as const);

/** What is asked, and under which ids. */
function asking() {
  const ids = new OnceIds();
  const asked: string[] = [];
  const ask = (wish: readonly unknown[], answer: Answer<object>) =>
    ids.ask(wish, async (id) => {
      asked.push(id);
      return answer;
    });
  return { ids, asked, ask };
}

test("the same wish has the same id until it is answered, and another one from then on", async () => {
  const { asked, ask } = asking();
  const file = {};
  await ask([file, "BER1"], LOST);
  await ask([file, "BER1"], refused({ kind: "strange" }));
  await ask([file, "BER1"], ok({}));
  await ask([file, "BER1"], ok({}));
  const [first, ...others] = asked;
  expect(others.slice(0, 2)).toEqual([first, first]);
  expect(others[2]).not.toBe(first);
});

test("another wish has an id of its own, and leaves that of the one before to it", async () => {
  const { asked, ask } = asking();
  await ask([{}, "BER1"], LOST);
  const file = {};
  await ask([file, "BER1"], LOST);
  await ask([file, "HAM1"], ok({}));
  await ask([file, "BER1"], ok({}));
  expect(new Set(asked).size).toBe(3);
  expect(asked[3]).toBe(asked[1]);
});

test("what is written otherwise after no answer came is told once to be in doubt; the same again is not, nor is anything after an answer", async () => {
  const { ids, asked, ask } = asking();
  expect(ids.isInDoubt([-1])).toBe(false);
  await ask([-1], LOST);
  expect(ids.isInDoubt([-1])).toBe(false);
  expect(ids.isInDoubt([-2])).toBe(true);
  expect(ids.isInDoubt([-2])).toBe(false);
  await ask([-2], LOST);
  expect(ids.isInDoubt([-3])).toBe(true);
  await ask([-2], ok({}));
  ids.forget();
  expect(ids.isInDoubt([-3])).toBe(false);
  await ask([-1], ok({}));
  expect(asked[3]).not.toBe(asked[0]);
});

test("a server that failed, or whose database was away, may have done it: the id and the doubt stay; one that refused has not", async () => {
  const { ids, asked, ask } = asking();
  const said = (reason: "internal" | "conflict") =>
    refused({ kind: "refused", reason, message: "Try again in a moment.", detail: null } as const);
  await ask([-5], said("internal"));
  expect(ids.isInDoubt([-6])).toBe(true);
  await ask([-5], said("conflict"));
  expect(asked[1]).toBe(asked[0]);
  expect(ids.isInDoubt([-6])).toBe(false);
  await ask([-5], ok({}));
  expect(asked[2]).not.toBe(asked[0]);
});
