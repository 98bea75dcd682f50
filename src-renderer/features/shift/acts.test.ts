import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useApproval } from "../../app/approve.tsx";
import { useOverlay } from "../../app/overlay.ts";
import { exactCash, ring } from "../../app/register.ts";
import { client, useNotice, useTill } from "../../app/till.ts";
import { euros, item, JOHANNA, PINS } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import {
  beginClose,
  closeDay,
  closeShift,
  countAgain,
  countShift,
  moveCash,
  openShift,
  openZReport,
  outcomeWords,
  useClosing,
} from "./acts.ts";

let till: FakeTill;
beforeEach(async () => {
  till = await signedIn();
  till.shift.decide({ requireShift: true, variance: euros(200), float: euros(15_000) });
  await expect.poll(() => useTill.getState().shift?.required).toBe(true);
});
afterEach(() => useApproval.getState().asking?.giveUp());

const total = (minor: number) => ({ pieces: [{ face: 1, pieces: minor }], total: euros(minor) });
const said = () => useNotice.getState().notice?.text;
const page = () => {
  const { overlay } = useOverlay.getState();
  return overlay.kind === "cash" ? overlay.page : null;
};

async function opened() {
  expect(await openShift(total(15_000))).toBe(true);
  await expect.poll(() => useTill.getState().shift?.mine).not.toBeNull();
  const mine = useTill.getState().shift?.mine;
  if (mine == null) throw new Error("no shift is open");
  return mine;
}

async function sellMug(): Promise<void> {
  await ring(item("MUG"));
  await expect.poll(() => shownBasket().lines.length).toBe(1);
  await exactCash();
}

async function allow(): Promise<void> {
  await expect.poll(() => useApproval.getState().asking).not.toBeNull();
  await useApproval.getState().asking?.allow({ manager: JOHANNA.id, pin: PINS[JOHANNA.id] ?? "" });
}

describe("a day at the till", () => {
  it("money goes into the drawer once, however often it is pressed before the engine has answered", async () => {
    await opened();
    const change = { amount: euros(2_000), reason: "Change" };
    const presses = Promise.all([moveCash("in", change), moveCash("in", change), moveCash("in", change)]);
    await allow();
    expect(await presses).toEqual([true, true, true]);
    // Asked once, and once more with the manager's word.
    expect(till.calls.filter((verb) => verb === "moveCash")).toHaveLength(2);
  });

  it("goes from the float over sales and a cash-out to a count that adds up and the Z report", async () => {
    const mine = await opened();
    expect(said()).toBe("The shift is open, with €150.00 in the drawer.");
    await sellMug();
    const taken = moveCash("out", { amount: euros(500), reason: "Postage" });
    await allow();
    expect(await taken).toBe(true);
    beginClose(mine);
    expect(page()).toEqual({ at: "close", shift: mine.shift });
    await countShift(mine, total(15_000 + 1_290 - 500));
    expect(useClosing.getState().closing?.counted).toMatchObject({ variance: euros(0), needs: "nothing" });
    await closeShift({ kept: euros(15_000), reason: null });
    expect(page()).toEqual({ at: "closed", kept: euros(15_000), banked: euros(790) });
    await closeDay();
    const shown = page();
    expect(shown).toMatchObject({ at: "report", shown: { report: { kind: "z", number: 1 } } });
    await openZReport(1);
    expect(page()).toEqual(shown);
  });

  it("says nothing of what should be there before the count is written down", async () => {
    await opened();
    expect(useTill.getState().shift?.mine?.expected).toBeNull();
    expect(useClosing.getState().closing).toBeNull();
  });

  it("a drawer that is off by more than the store lets pass is closed with a reason and a manager's PIN", async () => {
    const mine = await opened();
    beginClose(mine);
    await countShift(mine, total(14_000));
    expect(useClosing.getState().closing?.counted).toMatchObject({
      variance: euros(-1_000),
      needs: "approval",
    });
    await closeShift({ kept: euros(0), reason: null });
    expect(said()).toBe("Say why it does not add up.");
    const closing = closeShift({ kept: euros(0), reason: "Not known" });
    await allow();
    await closing;
    expect(till.shift.acts.at(-1)).toEqual({ verb: "closeShift", approvedBy: JOHANNA.id });
    expect(page()).toMatchObject({ at: "closed", banked: euros(14_000) });
  });

  it("may be counted again; whoever begins anew sees nothing of the count before", async () => {
    const mine = await opened();
    beginClose(mine);
    await countShift(mine, total(14_000));
    countAgain();
    expect(useClosing.getState().closing).toBeNull();
    await countShift(mine, total(15_000));
    beginClose(mine);
    expect(useClosing.getState().closing).toBeNull();
  });

  it("no more is taken out than lies in the drawer, and the day is not closed over an open drawer", async () => {
    await opened();
    expect(await moveCash("pickup", { amount: euros(15_001), reason: "To the safe" })).toBe(false);
    expect(said()).toBe("There is not that much cash in the drawer.");
    await closeDay();
    expect(said()).toBe("A drawer is still open. Count and close it first.");
  });

  it("each has a drawer of their own where the store says so, and a colleague's is closed for them", async () => {
    till.shift.decide({ drawer: "own" });
    const mine = await opened();
    await client.call("signIn", { staff: JOHANNA.id, pin: PINS[JOHANNA.id] ?? "" });
    await expect.poll(() => useTill.getState().shift?.mine).toBeNull();
    expect(useTill.getState().shift?.open).toMatchObject([{ owner: { name: "Mira Albers" } }]);
    beginClose(mine);
    await countShift(mine, total(15_000));
    await closeShift({ kept: euros(15_000), reason: null });
    await expect.poll(() => useTill.getState().shift?.open).toEqual([]);
  });
});

it("how a drawer came out is said in words", () => {
  expect([0, 150, -310].map((minor) => outcomeWords(euros(minor)))).toEqual([
    "It adds up.",
    "€1.50 too much.",
    "€3.10 missing.",
  ]);
});
