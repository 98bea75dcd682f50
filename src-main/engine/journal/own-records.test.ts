import { expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { OwnRecords } from "./own-records.ts";

const missing = (firstReceipt: string) => [
  { from: instant(1), until: instant(2), firstReceipt, lastReceipt: firstReceipt },
];

test("what is found again is no news: it keeps when it was found, and nobody is told", () => {
  const clock = new FakeClock();
  const records = new OwnRecords(clock);
  let told = 0;
  records.watch(() => {
    told += 1;
  });
  records.found("incomplete", missing("BER1-03-000004"));
  const first = records.now;
  clock.pass(300_000);
  records.found("incomplete", missing("BER1-03-000004"));
  expect(records.now).toBe(first);
  expect(told).toBe(1);
  records.found("incomplete", missing("BER1-03-000005"));
  expect(records.now?.at).toBe(clock.now());
  expect(told).toBe(2);
});
