import { afterEach, expect, it } from "vitest";
import { JOHANNA, MIRA, PINS } from "../testing/fake-shop.ts";
import { signedIn } from "../testing/signed-in.ts";
import { askApproved, useApproval } from "./approve.tsx";
import { client, useNotice, useTill } from "./till.ts";

afterEach(() => useApproval.getState().asking?.giveUp());

const WHAT = { what: "Open the drawer without a sale." };
const openDrawer = () => askApproved("openDrawer", { reason: "Change money" }, WHAT);
const johanna = (pin: string) => ({ manager: JOHANNA.id, pin });
const PIN = PINS[JOHANNA.id] ?? "";

function asking() {
  const now = useApproval.getState().asking;
  if (now === null) throw new Error("nobody is asked for a PIN");
  return now;
}

async function tillWithPrinter() {
  const till = await signedIn();
  till.showPrinter({ state: "ready" });
  return till;
}

it("what a cashier may not do waits for a manager's PIN and happens then, by the cashier and with the manager's word", async () => {
  const till = await tillWithPrinter();
  const answer = openDrawer();
  await expect.poll(() => useApproval.getState().asking?.what).toBe(WHAT.what);
  expect(till.shift.acts).toEqual([]);
  await asking().allow(johanna(PIN));
  expect(await answer).toEqual({ ok: true, value: {} });
  expect(useApproval.getState().asking).toBeNull();
  expect(till.shift.acts).toEqual([{ verb: "openDrawer", approvedBy: JOHANNA.id }]);
  expect(useTill.getState().session).toMatchObject({ staff: { id: MIRA.id } });
});

it("a wrong PIN is said on the sheet, which stays; so is the word of somebody who may not either", async () => {
  await tillWithPrinter();
  const answer = openDrawer();
  await expect.poll(() => useApproval.getState().asking).not.toBeNull();
  await asking().allow(johanna("000000"));
  expect(asking().problem).toBe("That PIN is not right.");
  await asking().allow({ manager: MIRA.id, pin: PINS[MIRA.id] ?? "" });
  expect(asking().problem).toBe("This colleague may not allow it either.");
  await asking().allow(johanna(PIN));
  expect(await answer).toMatchObject({ ok: true });
});

it("whoever gives up asking has done nothing, and a second act takes the place of the first", async () => {
  const till = await tillWithPrinter();
  const first = openDrawer();
  await expect.poll(() => useApproval.getState().asking).not.toBeNull();
  const second = askApproved("xReport", {}, { what: "Read how the day stands." });
  await expect.poll(() => useApproval.getState().asking?.what).toBe("Read how the day stands.");
  expect(await first).toBeNull();
  asking().giveUp();
  expect(await second).toBeNull();
  expect(till.shift.acts).toEqual([]);
});

it("a manager is not asked for another PIN, and what goes wrong for another reason is said as ever", async () => {
  const till = await signedIn();
  await client.call("signIn", { staff: JOHANNA.id, pin: PIN });
  expect(await openDrawer()).toEqual({ ok: false, reason: "noPrinter" });
  expect(useApproval.getState().asking).toBeNull();
  expect(useNotice.getState().notice?.text).toBe("No printer is set up. Choose one in Settings.");
  expect(till.shift.acts).toEqual([{ verb: "openDrawer", approvedBy: null }]);
});
