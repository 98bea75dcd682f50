import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { CounterLink, LineState } from "#protocol/till/counter.ts";
import { FakePort } from "../line/fake-port.ts";
import { keepLineWith } from "../line/kept-line.ts";
import { sttyArguments } from "../line/serial-line.ts";
import { ScanFraming } from "./framing.ts";
import { scannerOver } from "./line-scanner.ts";

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

/** A scanner, and what to wait for. */
function opened(link: CounterLink) {
  const codes: string[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const scanner = scannerOver(
    (to, on) => keepLineWith(to, on, { firstMs: 5, longestMs: 20 }),
    { link },
    {
      code(code) {
        codes.push(code);
        tell();
      },
      state: tell,
    },
  );
  cleanUp.push(() => scanner.close());
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  return {
    codes,
    scans: (count: number) => until(() => codes.length >= count),
    becomes: (state: LineState) => until(() => scanner.state() === state),
  };
}

async function port(): Promise<FakePort> {
  const fake = await FakePort.start();
  cleanUp.push(() => fake.stop());
  return fake;
}

describe("a scanner on a serial port", () => {
  test("gives each code once, with the separators of GS1 codes", async () => {
    const fake = await port();
    const scanner = opened({ kind: "serial", path: fake.path, baud: 9_600, frame: "8N1" });
    await scanner.becomes("open");
    fake.send("4006381333931\r\n");
    fake.send("]d2010400638133393110AB-1\u001d2142\r");
    await scanner.scans(2);
    expect(scanner.codes).toEqual(["4006381333931", "]d2010400638133393110AB-1\u001d2142"]);
  });

  test("that ends its codes with nothing is understood too", async () => {
    const fake = await port();
    const scanner = opened({ kind: "serial", path: fake.path, baud: 115_200, frame: "8N1" });
    await scanner.becomes("open");
    fake.send("4006381333931");
    await scanner.scans(1);
    expect(scanner.codes).toEqual(["4006381333931"]);
  });

  test("that is unplugged says so and goes on once it is back", async () => {
    const fake = await port();
    const scanner = opened({ kind: "serial", path: fake.path, baud: 9_600, frame: "8N1" });
    await scanner.becomes("open");
    await fake.unplug();
    await scanner.becomes("unreachable");
    await fake.plugIn();
    await scanner.becomes("open");
    fake.send("96385074\r");
    await scanner.scans(1);
    expect(scanner.codes).toEqual(["96385074"]);
  });

  test("that is no port at all is unreachable, and nothing is written into it", async () => {
    const scanner = opened({ kind: "serial", path: import.meta.filename, baud: 9_600, frame: "8N1" });
    await scanner.becomes("unreachable");
  });
});

test("a scanner behind a TCP port scans the same", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write("96385074\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const at = typeof address === "object" && address !== null ? address.port : 0;
  const scanner = opened({ kind: "network", host: "127.0.0.1", port: at });
  await scanner.scans(1);
  expect(scanner.codes).toEqual(["96385074"]);
});

test("codes are cut the same wherever the bytes are torn apart", () => {
  const sent = Buffer.from("]C10104006381333931\r\n\u0002Größe\u0003OTP:1:K7M4PQ\t");
  const whole = ["]C10104006381333931", "Größe", "OTP:1:K7M4PQ"];
  for (let at = 0; at <= sent.length; at += 1) {
    const framing = new ScanFraming();
    expect([...framing.take(sent.subarray(0, at)), ...framing.take(sent.subarray(at))]).toEqual(whole);
  }
});

test("a line is set to speed, bits and parity by the system's own program", () => {
  const link = { kind: "serial", path: "/dev/ttyUSB0", baud: 9_600, frame: "7E1" } as const;
  const args = sttyArguments(link, "linux");
  expect(args.slice(0, 4)).toEqual(["-F", "/dev/ttyUSB0", "9600", "raw"]);
  expect(args.join(" ")).toContain("cs7 parenb -parodd");
  expect(sttyArguments({ ...link, frame: "7O1" }, "darwin").join(" ")).toContain(
    "-f /dev/ttyUSB0 9600 raw -echo cs7 parenb parodd",
  );
});
