import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { newsOf, type Said } from "../../sync/news.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { PostgresStorage } from "./storage.ts";
import { Voice } from "./told.ts";

const STARTS_WITHIN_MS = 120_000;
/** More than one notification holds. */
const MANY = 400;
const MAX_BYTES = 7_900;

const many = newsOf({
  feeds: Array.from({ length: MANY }, (_, n) => ({
    feed: `store:Straße-${n}-0197c0de-0000-7000-8000-000000000000`,
    collection: "stock" as const,
    head: n + 2,
    since: n + 1,
  })),
  live: ["sales"],
  dismissed: Array.from({ length: MANY }, (_, n) => idOf<"Device">(`dismissed-${n}`)),
  asked: [idOf<"Device">("asked")],
});

/** All of the news that was heard, as one. */
function newsIn(heard: readonly Said[]) {
  const all = heard.flatMap((said) => (said.kind === "news" ? [said.news] : []));
  return newsOf({
    feeds: all.flatMap(({ feeds }) => feeds),
    live: all.flatMap(({ live }) => live),
    dismissed: all.flatMap(({ dismissed }) => dismissed),
    asked: all.flatMap(({ asked }) => asked),
  });
}

const turnsIn = (heard: readonly Said[]) =>
  heard.flatMap((said) => (said.kind === "inTurn" ? [...said.feeds] : []));

describe("what a server tells the others", () => {
  test("goes into as many notifications as it takes, each of which PostgreSQL takes; nothing is told twice", () => {
    const [voice, other] = [new Voice(), new Voice()];
    const written = voice.written(many);
    for (const piece of written) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(MAX_BYTES);
    expect(written.length).toBeLessThan(10);
    const heard = written.flatMap((piece) => other.read(piece));
    expect(newsIn(heard)).toEqual(many);
    expect(turnsIn(heard)).toEqual(many.feeds);
    expect(turnsIn(written.flatMap((piece) => voice.read(piece)))).toEqual(many.feeds);
    expect(voice.written(newsOf({ live: ["sales"] }))).toHaveLength(1);
  });

  test("is too much only where a single item is, and the others are told", () => {
    const asked = [idOf<"Device">("x".repeat(MAX_BYTES)), idOf<"Device">("asked")];
    const heard = new Voice().written(newsOf({ asked })).flatMap((piece) => new Voice().read(piece));
    expect(newsIn(heard)).toEqual(newsOf({ asked: asked.slice(1) }));
    expect(heard).toContainEqual({ kind: "missed" });
  });
});

describe("two servers on one database", () => {
  let postgres: PostgresForTests;
  let url: string;
  beforeAll(async () => {
    postgres = await PostgresForTests.shared();
    url = await postgres.database();
  }, STARTS_WITHIN_MS);
  afterAll(() => postgres.giveBack(url));

  test("hear all that one commit says of many stores, the one that told it only the turn", async () => {
    const open = () => PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS });
    const [one, other] = [await open(), await open()];
    const heard: Record<"one" | "other", Said[]> = { one: [], other: [] };
    one.listen((said) => heard.one.push(said));
    other.listen((said) => heard.other.push(said));
    try {
      await one.write(
        async () => undefined,
        () => many,
      );
      for (const its of [heard.one, heard.other]) await expect.poll(() => turnsIn(its)).toEqual(many.feeds);
      expect(newsIn(heard.one)).toEqual(many);
      expect(newsIn(heard.other)).toEqual(many);
      expect([...heard.one, ...heard.other].some(({ kind }) => kind === "missed")).toBe(false);
    } finally {
      await one.close();
      await other.close();
    }
  });
});
