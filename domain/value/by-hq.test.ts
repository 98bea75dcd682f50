import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { movableByHq } from "./by-hq.ts";

const eur = (minor: number) => money(minor, idOf<"Currency">("EUR"));

test("HQ takes off what is left, and puts back what was taken off or ran out and did not come back yet", () => {
  const moves = [
    { kind: "sold", amount: eur(5_000) },
    { kind: "voided", amount: eur(-3_000) },
    { kind: "restored", amount: eur(1_000) },
    { kind: "expired", amount: eur(-500) },
    { kind: "paidOut", amount: eur(-400) },
    { kind: "voided", amount: money(-700, idOf<"Currency">("CHF")) },
  ] as const;
  expect(movableByHq("void", { balance: eur(2_100), moves })).toEqual(eur(2_100));
  expect(movableByHq("payOut", { balance: eur(2_100), moves })).toEqual(eur(2_100));
  expect(movableByHq("restore", { balance: eur(2_100), moves })).toEqual(eur(2_500));
  const all = [...moves, { kind: "restored", amount: eur(2_500) } as const];
  expect(movableByHq("restore", { balance: eur(0), moves: all })).toEqual(eur(0));
});
