import { expect, test } from "vitest";
import { sendingBy } from "./sending.ts";

test("whoever stops while what is on its way fails hears nothing of it: whoever had it delivered does", async () => {
  let fail: (error: Error) => void = () => undefined;
  const sending = sendingBy(
    () =>
      new Promise((_, failed) => {
        fail = failed;
      }),
  );
  const delivered = sending.deliver();
  const stopped = sending.stop();
  fail(new Error("the database is away"));
  await expect(delivered).rejects.toThrow("the database is away");
  await stopped;
});

test("what is at work is waited for by whoever delivers and by whoever stops, goes on no further, and nothing begins anew", async () => {
  let begun = 0;
  let goOn: () => void = () => undefined;
  const went: boolean[] = [];
  const sending = sendingBy(async (goesOn) => {
    begun += 1;
    await new Promise<void>((next) => {
      goOn = next;
    });
    went.push(goesOn());
  });
  const delivered = [sending.deliver(), sending.deliver()];
  const stopped = sending.stop().then(() => went.length);
  goOn();
  expect(await stopped).toBe(1);
  await Promise.all(delivered);
  await sending.deliver();
  expect([begun, went]).toEqual([1, [false]]);
});
