import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerForTests } from "../server-for-tests.ts";
import { Refusal } from "./errors.ts";
import { WrongGuesses } from "./wrong-guesses.ts";

let server: ServerForTests;
let guesses: WrongGuesses;
beforeEach(async () => {
  server = await ServerForTests.open();
  guesses = new WrongGuesses({ storage: server.storage, now: server.clock.now });
});
afterEach(() => server.close());

const PER_MINUTE = 5;

test("of many wrong guesses at once no more are asked than of those one after another", async () => {
  let asked = 0;
  const wrong = (who: string) =>
    guesses.counted({ who, perMinute: PER_MINUTE }, async () => {
      asked += 1;
      throw new Refusal("codeUnknown", "This code is not known.");
    });
  const ends = await Promise.allSettled(Array.from({ length: 20 }, () => wrong("one")));
  expect(asked).toBe(PER_MINUTE);
  const reasons = ends.map((end) => (end.status === "rejected" ? end.reason.body.reason : null));
  expect(reasons.filter((reason) => reason === "tooManyRequests")).toHaveLength(20 - PER_MINUTE);
  await expect(wrong("another")).rejects.toThrow("not known");
  server.clock.advance(60_000);
  await expect(wrong("one")).rejects.toThrow("not known");
});

test("a guess waits for nobody else's, and after one that failed the next is asked", async () => {
  let answer: (text: string) => void = () => undefined;
  const asked = new Promise<string>((done) => {
    answer = done;
  });
  const slow = guesses.counted({ who: "one", perMinute: PER_MINUTE }, () => asked);
  expect(await guesses.counted({ who: "another", perMinute: PER_MINUTE }, async () => "right")).toBe("right");
  answer("late");
  expect(await slow).toBe("late");
  const broken = guesses.counted({ who: "one", perMinute: PER_MINUTE }, async () => {
    throw new Error("broken");
  });
  const next = guesses.counted({ who: "one", perMinute: PER_MINUTE }, async () => "right");
  await expect(broken).rejects.toThrow("broken");
  expect(await next).toBe("right");
});
