import { afterEach, describe, expect, test } from "vitest";
import { toEscPos } from "./escpos.ts";
import { type FakeMood, FakeNetworkPrinter } from "./fake-network-printer.ts";
import { MAX_QUEUED_RECEIPTS, type ReceiptPrinter } from "./port.ts";
import { openPrinter } from "./printer.ts";
import { PRINTER_CONTRACT, receipt, whenStatus } from "./printer-contract.ts";
import { ringLogo } from "./testing/logo-of.ts";

/** Short enough for a test, long enough for a busy machine. */
const PATIENCE = { connectMs: 2_000, statusMs: 200, printMs: 400 };
const PAUSES = { firstMs: 5, longestMs: 20 };

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

async function connected(): Promise<{ fake: FakeNetworkPrinter; printer: ReceiptPrinter }> {
  const fake = await FakeNetworkPrinter.start();
  const link = { kind: "network", host: "127.0.0.1", port: fake.port } as const;
  const setup = { link, model: null, columns: 42, drawer: "pin2" } as const;
  const printer = openPrinter(setup, { patience: PATIENCE, pauses: PAUSES });
  cleanUp.push(
    () => fake.stop(),
    () => printer.close(),
  );
  return { fake, printer };
}

describe.each<FakeMood>(["refusing", "outOfPaper", "coverOpen", "hangingUp", "hanging"])(
  "a network printer that may be %s",
  (mood) => {
    test.each(PRINTER_CONTRACT)("$promise", async ({ holds }) => {
      const { fake, printer } = await connected();
      await holds({
        printer,
        printed: async (count) => {
          await fake.printed(count);
          return fake.texts;
        },
        breakDown: () => fake.become(mood),
        repair: () => fake.become("ready"),
        opensBroken: mood === "outOfPaper",
      });
    });
  },
);

describe("a network printer", () => {
  test.each([
    { mood: "refusing", trouble: "unreachable" },
    { mood: "outOfPaper", trouble: "outOfPaper" },
    { mood: "coverOpen", trouble: "coverOpen" },
    { mood: "hangingUp", trouble: "connectionLost" },
    { mood: "hanging", trouble: "timeout" },
  ] as const)("that is $mood says so: $trouble", async ({ mood, trouble }) => {
    const { fake, printer } = await connected();
    await fake.become(mood);
    expect(await printer.test(receipt("trial"))).toEqual({ ok: false, reason: trouble });
    expect(printer.status()).toEqual({ queued: 0, state: "failing", trouble });
  });

  test("that is out of paper opens the drawer all the same, and is not taken for one that prints", async () => {
    const { fake, printer } = await connected();
    await fake.become("outOfPaper");
    printer.print(receipt("waits"));
    await whenStatus(printer, ({ state }) => state === "failing");
    expect(await printer.openDrawer()).toEqual({ ok: true, value: null });
    await expect.poll(() => fake.kicks).toBe(1);
    expect(printer.status()).toEqual({ queued: 1, state: "failing", trouble: "outOfPaper" });
    // Taken to another printer: this one is still known to have no paper.
    await printer.takeBack();
    expect(await printer.openDrawer()).toEqual({ ok: true, value: null });
    expect(printer.status()).toEqual({ queued: 0, state: "failing", trouble: "outOfPaper" });
    await fake.become("ready");
    await printer.openDrawer();
    expect(printer.status()).toEqual({ queued: 0, state: "ready", trouble: null });
    await expect.poll(() => fake.kicks).toBe(3);
    expect(fake.receipts).toEqual([]);
  });

  test("prints a logo dot by dot: nothing in it is taken for a request of the till's", async () => {
    const { fake, printer } = await connected();
    const rows = [
      { kind: "image", png: ringLogo(160), label: "Nordlicht" },
      ...receipt("with a logo"),
    ] as const;
    printer.print(rows);
    await fake.printed(1);
    expect(fake.receipts[0]).toEqual(Buffer.from(await toEscPos(rows, { columns: 42 })));
  });

  test("that answers no status requests is trusted", async () => {
    const { fake, printer } = await connected();
    await fake.become("mute");
    printer.print(receipt("trial"));
    await fake.printed(1);
    expect(fake.texts[0]).toContain("trial");
  });

  test("that is off for a day prints the latest receipts on waking, not all", async () => {
    const { fake, printer } = await connected();
    await fake.become("refusing");
    printer.print(receipt("sale 0."));
    await whenStatus(printer, ({ state }) => state === "failing");
    for (let sale = 1; sale < MAX_QUEUED_RECEIPTS + 5; sale += 1) printer.print(receipt(`sale ${sale}.`));
    expect(printer.status().queued).toBe(MAX_QUEUED_RECEIPTS);
    await fake.become("ready");
    await whenStatus(printer, ({ queued }) => queued === 0);
    expect(fake.receipts).toHaveLength(MAX_QUEUED_RECEIPTS);
    expect(fake.texts.at(-1)).toContain("sale 54.");
    expect(fake.texts.some((text) => text.includes("sale 4."))).toBe(false);
  });
});

describe("the drawer at a network printer", () => {
  test("springs open by a pulse of its own, which is no receipt", async () => {
    const { fake, printer } = await connected();
    expect(await printer.openDrawer()).toEqual({ ok: true, value: null });
    printer.print(receipt("first"));
    await fake.printed(1);
    expect([fake.kicks, fake.receipts.length]).toEqual([1, 1]);
  });

  test("stays shut when the printer cannot be reached, and does not spring open later", async () => {
    const { fake, printer } = await connected();
    await fake.become("refusing");
    expect((await printer.openDrawer()).ok).toBe(false);
    await fake.become("ready");
    printer.print(receipt("first"));
    await fake.printed(1);
    expect(fake.kicks).toBe(0);
  });
});
