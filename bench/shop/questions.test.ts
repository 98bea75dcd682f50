import { describe, expect, test } from "vitest";
import { typosBetween } from "../../src-main/engine/catalog/word-match.ts";
import { articleAt } from "./article.ts";
import { QUESTION_KINDS, questionsAbout } from "./questions.ts";

const SKUS = 500;
const questions = questionsAbout({ skus: SKUS, count: 400 });
const articles = Array.from({ length: SKUS }, (_, number) => articleAt(number));
const titles = articles.map(({ product }) => product.title);
const words = new Set(titles.flatMap((title) => title.split(" ")));

function textsOf(kind: (typeof QUESTION_KINDS)[number]): string[] {
  return questions.filter((question) => question.kind === kind).map(({ text }) => text);
}

describe("questions to the search", () => {
  test("are the same each time, and of each kind as often", () => {
    expect(questionsAbout({ skus: SKUS, count: 400 })).toEqual(questions);
    for (const kind of QUESTION_KINDS) expect(textsOf(kind)).toHaveLength(80);
  });

  test("words are whole words of titles, prefixes their beginnings, codes are codes", () => {
    for (const text of textsOf("word")) expect(words).toContain(text);
    for (const text of textsOf("prefix")) expect([...words].some((word) => word.startsWith(text))).toBe(true);
    for (const text of textsOf("twoWords")) expect(titles.some((title) => title.includes(text))).toBe(true);
    const codes = new Set(articles.flatMap(({ gtin, sku }) => [gtin, sku]));
    for (const text of textsOf("code")) expect(codes).toContain(text);
  });

  test("typing errors are one letter away from a word, or none where the swapped letters are the same", () => {
    for (const text of textsOf("typo")) {
      const errors = Math.min(...[...words].map((word) => typosBetween({ a: text, b: word, limit: 2 })));
      expect(errors, text).toBeLessThanOrEqual(1);
    }
  });
});
