import { expect, test } from "vitest";
import { pressedOnce } from "./pressed-once.ts";

function answeredLater() {
  const open: ((answer: string) => void)[] = [];
  const act = () => new Promise<string>((answer) => open.push(answer));
  return { act, open };
}

test("two presses of one act are one, and both hear how it went", async () => {
  const { act, open } = answeredLater();
  const presses = [pressedOnce("move", { cents: 500 }, act), pressedOnce("move", { cents: 500 }, act)];
  expect(open).toHaveLength(1);
  open[0]?.("done");
  expect(await Promise.all(presses)).toEqual(["done", "done"]);
});

test("another act is not held back, and the same one is done again once it is over, also after a failure", async () => {
  const { act, open } = answeredLater();
  void pressedOnce("move", { cents: 500 }, act);
  void pressedOnce("move", { cents: 700 }, act);
  void pressedOnce("close", { cents: 500 }, act);
  expect(open).toHaveLength(3);
  for (const answer of open) answer("done");
  await expect(
    pressedOnce("open", null, () => Promise.reject(new Error("the engine is away"))),
  ).rejects.toThrow("the engine is away");
  const again = pressedOnce("open", null, act);
  open[3]?.("open");
  expect(await again).toBe("open");
});
