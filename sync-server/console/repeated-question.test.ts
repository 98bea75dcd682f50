import { expect, test } from "vitest";
import { RepeatedQuestion } from "./repeated-question.ts";

/** A server that answers when it is told to. */
function asked() {
  const open: ((answer: string) => void)[] = [];
  const heard: string[] = [];
  const question = new RepeatedQuestion(
    () => new Promise<string>((answer) => open.push(answer)),
    (answer) => heard.push(answer),
  );
  return {
    ...{ question, heard, open },
    answer: async (at: number, words: string) => {
      open[at]?.(words);
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

test("a server that is slower than the clock is heard", async () => {
  const { question, heard, open, answer } = asked();
  void question.now();
  for (let tick = 0; tick < 5; tick += 1) question.passed();
  expect(open).toHaveLength(1);
  await answer(0, "late");
  expect(heard).toEqual(["late"]);
  question.passed();
  expect(open).toHaveLength(2);
});

test("what changes while an answer is awaited is asked once more after it, however often it changed", async () => {
  const { question, heard, open, answer } = asked();
  void question.now();
  for (let change = 0; change < 5; change += 1) question.changed();
  expect(open).toHaveLength(1);
  await answer(0, "before");
  expect(open).toHaveLength(2);
  await answer(1, "after");
  expect(heard).toEqual(["before", "after"]);
  expect(open).toHaveLength(2);
});

test("whoever changed something hears nothing from before", async () => {
  const { question, heard, answer } = asked();
  void question.now();
  void question.now();
  await answer(1, "after");
  await answer(0, "before");
  expect(heard).toEqual(["after"]);
});

test("an answer that comes after the end is not heard", async () => {
  const { question, heard, answer } = asked();
  void question.now();
  question.end();
  await answer(0, "too late");
  expect(heard).toEqual([]);
});

test("nothing is asked any more after the end", async () => {
  const { question, open } = asked();
  question.end();
  void question.now();
  question.changed();
  question.passed();
  expect(open).toHaveLength(0);
});

test("a question that breaks keeps nobody from asking it again", async () => {
  let asked = 0;
  const question = new RepeatedQuestion(
    async () => {
      asked += 1;
      if (asked === 1) throw new Error("broken");
      return "whole";
    },
    () => undefined,
  );
  await expect(question.now()).rejects.toThrow("broken");
  question.passed();
  expect(asked).toBe(2);
});
