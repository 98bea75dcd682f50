import { expect, test } from "vitest";
import { Selling } from "./selling.ts";

test("is over once nothing is under way any more, however it ended", async () => {
  const selling = new Selling();
  let isOver = false;
  await selling.over();
  const ends: (() => void)[] = [];
  const sale = () => new Promise<void>((end) => ends.push(end));
  const taken = selling.during(sale);
  const refused = selling.during(() => sale().then(() => Promise.reject(new Error("refused"))));
  const over = selling.over().then(() => {
    isOver = true;
  });
  ends[0]?.();
  await taken;
  expect(isOver).toBe(false);
  ends[1]?.();
  await expect(refused).rejects.toThrow("refused");
  await over;
  await selling.over();
});
