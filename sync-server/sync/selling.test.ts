import { expect, test } from "vitest";
import { Selling } from "./selling.ts";

/** A sale that is under way until it is told to end. */
function saleOf(selling: Selling) {
  let end: (error?: Error) => void = () => undefined;
  const taken = selling.during(
    () =>
      new Promise<void>((done, failed) => {
        end = (error) => (error === undefined ? done() : failed(error));
      }),
  );
  return { taken, end: (error?: Error) => end(error) };
}

test("is over once nothing is under way any more, however it ended", async () => {
  const selling = new Selling();
  let over = 0;
  const isOver = () => {
    over += 1;
  };
  selling.whenOver(isOver);
  expect(over).toBe(1);
  const [one, two] = [saleOf(selling), saleOf(selling)];
  selling.whenOver(isOver);
  one.end();
  await one.taken;
  expect(over).toBe(1);
  two.end(new Error("refused"));
  await expect(two.taken).rejects.toThrow("refused");
  expect(over).toBe(2);
  const third = saleOf(selling);
  third.end();
  await third.taken;
  expect(over).toBe(2);
});

test("whoever has waited long enough is forgotten, while sales never pause", async () => {
  const selling = new Selling();
  const sale = saleOf(selling);
  let over = 0;
  const isOver = () => {
    over += 1;
  };
  for (let round = 0; round < 1_000; round += 1) selling.whenOver(isOver)();
  const forget = selling.whenOver(isOver);
  selling.whenOver(isOver);
  expect(selling.waiting).toBe(2);
  forget();
  sale.end();
  await sale.taken;
  expect(over).toBe(1);
  expect(selling.waiting).toBe(0);
});
