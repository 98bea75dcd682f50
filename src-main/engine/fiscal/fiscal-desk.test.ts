import { beforeEach, describe, expect, test } from "vitest";
import { FakeFiscalDevice } from "../testing/fake-fiscal-device.ts";
import { euros, MUG, PINS } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { ASK_AGAIN_MS, SIGNING_MS } from "./fiscal-desk.ts";

let till: TillInMemory;
let device: FakeFiscalDevice;
beforeEach(async () => {
  till = await TillInMemory.open();
  device = new FakeFiscalDevice();
  till.openFiscalDevice = () => device;
});

async function sell() {
  await till.verbs.addItem({ variant: MUG, quantity: 2 });
  await till.verbs.takeCash({ tendered: euros(2_000) });
  const answer = await till.verbs.completeSale({ basket: till.basket.id });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.receipt.rows;
}

function lastTicket() {
  return till.journal.facts("ticket.completed").at(-1)!.ticket;
}

async function setUp(): Promise<void> {
  await till.signIn("johanna");
  const answer = await till.verbs.setUpFiscalDevice({ device: { kind: "simulator" }, approval: null });
  expect(answer).toMatchObject({ ok: true, value: { device: { state: "works", counter: 0 } } });
}

describe("where no fiscal device is set up", () => {
  test("tickets say nothing of one, and nobody is asked", async () => {
    await till.signIn();
    await sell();
    expect(lastTicket()).not.toHaveProperty("fiscal");
    expect(await till.verbs.fiscalDevice({})).toEqual({ device: null });
  });

  test("a cashier sets one up only with a manager's PIN", async () => {
    await till.signIn();
    const wish = { device: { kind: "simulator" } } as const;
    expect(await till.verbs.setUpFiscalDevice({ ...wish, approval: null })).toEqual({
      ok: false,
      reason: "approvalNeeded",
    });
    const approval = { manager: "johanna" as never, pin: PINS.johanna };
    expect(await till.verbs.setUpFiscalDevice({ ...wish, approval })).toMatchObject({ ok: true });
    expect(till.journal.entries.at(-1)?.fact).toEqual({
      type: "action.approved",
      permission: "devices.setUp",
      approvedBy: "johanna",
      what: "simulator",
    });
  });
});

describe("where one is set up", () => {
  beforeEach(setUp);

  test("it signs each sale over what was paid at which rate, and the receipt shows the code to check it by", async () => {
    const rows = await sell();
    const processData = "Beleg^17.00_0.00_0.00_0.00_0.00^17.00:Bar";
    expect(lastTicket().fiscal).toMatchObject({ kind: "signed", transaction: 1, counter: 2, processData });
    expect(device.finished).toEqual([processData]);
    expect(rows).toContainEqual(
      expect.objectContaining({
        kind: "qr",
        text: expect.stringContaining(`;Kassenbeleg-V1;${processData};1;2;`),
      }),
    );
  });

  test("it is still there after a restart, until it is taken away", async () => {
    await till.restart();
    await till.signIn("johanna");
    await sell();
    expect(lastTicket().fiscal).toMatchObject({ kind: "signed" });
    await till.verbs.setUpFiscalDevice({ device: null, approval: null });
    await sell();
    expect(lastTicket()).not.toHaveProperty("fiscal");
  });

  test.each(["gone", "full", "certificateExpired"] as const)(
    "one that is %s stops no sale: the ticket and the receipt say so, and the outage is written down once",
    async (why) => {
      device.fails = why;
      const rows = await sell();
      await sell();
      expect(lastTicket().fiscal).toMatchObject({ kind: "failed", why });
      expect(rows).toContainEqual(expect.objectContaining({ text: "TSE AUSGEFALLEN", strong: true }));
      expect(till.journal.facts("fiscal.failed")).toMatchObject([{ why }]);
    },
  );

  test("one that is slow holds a sale up for a moment once, and the next sales not at all", async () => {
    device.never = true;
    const selling = sell();
    await till.timers.until((rests) => rests.includes(SIGNING_MS));
    till.timers.pass(SIGNING_MS);
    await selling;
    expect(lastTicket().fiscal).toMatchObject({ kind: "failed", why: "slow" });
    await sell();
    expect(till.journal.facts("ticket.completed")).toHaveLength(2);
  });

  test("once it works again it signs again, and that is written down too", async () => {
    device.fails = "gone";
    await sell();
    device.fails = null;
    till.clock.pass(ASK_AGAIN_MS);
    await sell();
    expect(lastTicket().fiscal).toMatchObject({ kind: "signed" });
    expect(till.journal.facts("fiscal.restored")).toHaveLength(1);
  });
});
