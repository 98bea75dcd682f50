import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { PrinterLink } from "#protocol/till/devices.ts";
import { type DeviceMood, FakeDevicePrinter } from "./fake-device-printer.ts";
import { FakeQueue, type QueueMood } from "./fake-queue.ts";
import type { PrinterSetup, ReceiptPrinter } from "./port.ts";
import { openPrinter } from "./printer.ts";
import { PRINTER_CONTRACT, receipt, whenStatus } from "./printer-contract.ts";
import { settingLine } from "./serial-link.ts";
import { ringLogo } from "./testing/logo-of.ts";

/** Short enough for a test, long enough for a busy machine that starts programs. */
const PATIENCE = { connectMs: 5_000, statusMs: 400, printMs: 2_000 };
const PAUSES = { firstMs: 5, longestMs: 20 };
const QUEUE = "Receipts";

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

function opened(
  link: PrinterLink,
  more: Partial<PrinterSetup> = {},
  printMs = PATIENCE.printMs,
): ReceiptPrinter {
  const setup = { link, model: null, columns: 42, drawer: "pin2", ...more } as const;
  const printer = openPrinter(setup, { patience: { ...PATIENCE, printMs }, pauses: PAUSES });
  cleanUp.push(() => printer.close());
  return printer;
}

async function device(): Promise<FakeDevicePrinter> {
  const fake = await FakeDevicePrinter.start();
  cleanUp.push(() => fake.stop());
  return fake;
}

const PORTS = [
  {
    port: "a port of the system's driver",
    linkTo: (path: string): PrinterLink => ({ kind: "device", path }),
  },
  {
    port: "a serial port",
    linkTo: (path: string): PrinterLink => ({ kind: "serial", path, baud: 19_200, handshake: "hardware" }),
  },
] as const;

describe.each(PORTS)("a printer on $port", ({ linkTo }) => {
  describe.each<DeviceMood>(["unplugged", "outOfPaper", "coverOpen"])("that may be %s", (mood) => {
    test.each(PRINTER_CONTRACT)("$promise", async ({ holds }) => {
      const fake = await device();
      await holds({
        printer: opened(linkTo(fake.path)),
        printed: async (count) => {
          await fake.printed(count);
          return fake.texts;
        },
        breakDown: () => fake.become(mood),
        repair: () => fake.become("ready"),
        opensBroken: mood === "outOfPaper",
      });
    });
  });

  test.each([
    { mood: "unplugged", trouble: "unreachable" },
    { mood: "outOfPaper", trouble: "outOfPaper" },
    { mood: "coverOpen", trouble: "coverOpen" },
  ] as const)("that is $mood says so: $trouble", async ({ mood, trouble }) => {
    const fake = await device();
    const printer = opened(linkTo(fake.path));
    await fake.become(mood);
    expect(await printer.test(receipt("trial"))).toEqual({ ok: false, reason: trouble });
  });

  test("that answers no status requests is trusted", async () => {
    const fake = await device();
    await fake.become("mute");
    opened(linkTo(fake.path)).print(receipt("trial"));
    await fake.printed(1);
    expect(fake.texts[0]).toContain("trial");
  });

  test("that stops taking what is sent is given up after a while, and holds up nothing else", async () => {
    const fake = await device();
    const printer = opened(linkTo(fake.path), {}, 200);
    await fake.become("hanging");
    const long = Array.from(
      { length: 40 },
      () => ({ kind: "image", png: ringLogo(400), label: "" }) as const,
    );
    expect(await printer.test(long)).toEqual({ ok: false, reason: "timeout" });
    expect(printer.status()).toMatchObject({ state: "failing", trouble: "timeout" });
  });
});

test("a port that the till may not use says so", async () => {
  // Nobody may write there, not even who may do everything else.
  const printer = opened({ kind: "device", path: "/proc/sys/kernel/osrelease" });
  const tested = await printer.test(receipt("trial"));
  expect(tested).toEqual({ ok: false, reason: "notAllowed" });
});

test("nothing is written into a file that is no port, whatever was typed in set-up", async () => {
  const folder = await mkdtemp(join(tmpdir(), "onetill-file-"));
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "journal.sqlite");
  await writeFile(path, "somebody's data");
  const printer = opened({ kind: "device", path });
  expect(await printer.test(receipt("trial"))).toEqual({ ok: false, reason: "notAllowed" });
  expect(await readFile(path, "utf8")).toBe("somebody's data");
});

test.each([
  { handshake: "hardware", linux: "crtscts -ixon", windows: "XON=off OCTS=on RTS=hs" },
  { handshake: "software", linux: "-crtscts ixon", windows: "XON=on OCTS=off RTS=on" },
  { handshake: "none", linux: "-crtscts -ixon", windows: "XON=off OCTS=off RTS=on" },
] as const)("a line is set to speed and handshake by the system's own program: $handshake", (each) => {
  const line = { kind: "serial", path: "COM3", baud: 38_400, handshake: each.handshake } as const;
  const linux = settingLine({ ...line, path: "/dev/ttyUSB0" }, "linux");
  expect(linux.program).toBe("stty");
  expect(linux.args.slice(0, 3)).toEqual(["-F", "/dev/ttyUSB0", "38400"]);
  expect(linux.args.join(" ")).toContain(each.linux);
  expect(settingLine(line, "darwin").args[0]).toBe("-f");
  const windows = settingLine(line, "win32");
  expect([windows.program, windows.args[0], windows.args[1]]).toEqual(["mode.com", "COM3:", "BAUD=38400"]);
  expect(windows.args.join(" ")).toContain(each.windows);
});

describe("a print queue of the system", () => {
  async function queue(): Promise<{ fake: FakeQueue; printer: ReceiptPrinter }> {
    const fake = await FakeQueue.start(QUEUE);
    cleanUp.push(() => fake.stop());
    return { fake, printer: opened({ kind: "spooler", queue: QUEUE }) };
  }

  describe.each<QueueMood>(["gone", "outOfPaper", "coverOpen", "refusing", "hanging"])(
    "that may be %s",
    (mood) => {
      test.each(PRINTER_CONTRACT)("$promise", async ({ holds }) => {
        const { fake, printer } = await queue();
        await holds({
          printer,
          printed: async (count) => {
            await whenStatus(printer, ({ queued, state }) => queued === 0 && state === "ready");
            const jobs = await fake.jobs();
            expect(jobs.length).toBeGreaterThanOrEqual(count);
            return jobs
              .map((bytes) => bytes.toString("latin1"))
              .filter((text) => /first|second|third|trial/.test(text));
          },
          breakDown: () => fake.become(mood),
          repair: () => fake.become("ready"),
        });
      });
    },
  );

  test("is given the bytes as they are", async () => {
    const { fake, printer } = await queue();
    expect(await printer.test(receipt("trial"))).toEqual({ ok: true, value: null });
    expect((await fake.lastOptions()).trim()).toBe(`-d ${QUEUE} -o raw -s`);
    expect((await fake.jobs())[0]?.toString("latin1")).toContain("trial");
  });
});
