import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import type { NetworkInterfaceInfo } from "node:os";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { FoundPrinter } from "#protocol/till/devices.ts";
import { FakeNetworkPrinter } from "../fake-network-printer.ts";
import { FakeQueue } from "../fake-queue.ts";
import { lookAround } from "./look-around.ts";
import { portsOfMachine } from "./ports-of-machine.ts";
import { queuesIn, queuesOfSystem } from "./queues.ts";
import { neighbours } from "./subnet.ts";

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

function card(address: string, more: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo {
  const netmask = "255.255.255.0";
  const mac = "00:00:00:00:00:00";
  return {
    address,
    netmask,
    family: "IPv4",
    mac,
    internal: false,
    cidr: null,
    ...more,
  } as NetworkInterfaceInfo;
}

describe("where printers are looked for on the network", () => {
  test("at all addresses beside the machine's own", () => {
    const addresses = neighbours({ eth0: [card("192.168.1.20")] });
    expect(addresses).toHaveLength(253);
    expect(addresses).toContain("192.168.1.1");
    expect(addresses).toContain("192.168.1.254");
    expect(addresses).not.toContain("192.168.1.20");
  });

  test("never on the internet, and never at the machine itself", () => {
    expect(neighbours({ lo: [card("127.0.0.1", { internal: true })], ppp0: [card("8.8.4.4")] })).toEqual([]);
    expect(neighbours({ eth0: [card("fd00::1", { family: "IPv6" })] })).toEqual([]);
  });
});

describe("looking around", () => {
  async function printer(): Promise<FakeNetworkPrinter> {
    const fake = await FakeNetworkPrinter.start();
    cleanUp.push(() => fake.stop());
    return fake;
  }

  test("finds a printer and what it calls itself, and prints nothing on it", async () => {
    const fake = await printer();
    const found: FoundPrinter[] = [];
    await lookAround({
      // Who is not there does not keep the others from being found.
      addresses: ["127.0.0.2", "127.0.0.1"],
      port: fake.port,
      onFound: (each) => found.push(each),
      signal: new AbortController().signal,
    });
    expect(found).toEqual([
      {
        link: { kind: "network", host: "127.0.0.1", port: fake.port },
        name: "EPSON TM-T20III",
        model: "epson-tm-t20iii",
      },
    ]);
    expect(fake.receipts).toEqual([]);
  });

  test("finds one that does not say what it is all the same", async () => {
    const fake = await printer();
    await fake.become("mute");
    const found: FoundPrinter[] = [];
    const signal = new AbortController().signal;
    await lookAround({
      addresses: ["127.0.0.1"],
      port: fake.port,
      onFound: (each) => found.push(each),
      signal,
    });
    expect(found).toMatchObject([{ name: "", model: null }]);
  });

  test("stops when it is told to", async () => {
    const fake = await printer();
    const stopping = new AbortController();
    stopping.abort();
    const found: FoundPrinter[] = [];
    const addresses = Array.from({ length: 500 }, () => "127.0.0.1");
    await lookAround({
      addresses,
      port: fake.port,
      onFound: (each) => found.push(each),
      signal: stopping.signal,
    });
    expect(found).toEqual([]);
  });
});

test("the ports of this machine are found, a serial adapter under the name of what is plugged in and not twice", async () => {
  const dev = await mkdtemp(join(tmpdir(), "onetill-dev-"));
  cleanUp.push(() => rm(dev, { recursive: true, force: true }));
  await mkdir(join(dev, "usb"));
  await mkdir(join(dev, "serial/by-id"), { recursive: true });
  for (const name of ["usb/lp0", "usb/hiddev0", "ttyUSB0", "ttyACM0", "tty1"])
    await writeFile(join(dev, name), "");
  const adapter = join(dev, "serial/by-id/usb-EPSON_TM-T20III_0001-if00-port0");
  await symlink(join(dev, "ttyUSB0"), adapter);
  expect(await portsOfMachine(dev)).toEqual([
    { link: { kind: "device", path: join(dev, "usb/lp0") }, name: "", model: null },
    {
      link: { kind: "serial", path: adapter, baud: 9_600, handshake: "hardware" },
      name: "EPSON TM-T20III 0001",
      model: null,
    },
    {
      link: { kind: "serial", path: join(dev, "ttyACM0"), baud: 9_600, handshake: "hardware" },
      name: "",
      model: null,
    },
  ]);
});

describe("the system's print queues", () => {
  test("are those that it lists", async () => {
    const fake = await FakeQueue.start("Receipts");
    cleanUp.push(() => fake.stop());
    const link = { kind: "spooler", queue: "Receipts" } as const;
    expect(await queuesOfSystem(new AbortController().signal)).toEqual([
      { link, name: "Receipts", model: null },
    ]);
    await fake.become("gone");
    expect(await queuesOfSystem(new AbortController().signal)).toEqual([]);
  });

  test("a name that a program would take for an option is no queue", () => {
    expect(queuesIn("printer -oops is idle.\nprinter Lager is idle.\nscheduler is running\n")).toMatchObject([
      { name: "Lager" },
    ]);
  });
});
