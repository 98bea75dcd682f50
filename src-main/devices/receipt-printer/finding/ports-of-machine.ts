import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import type { FoundPrinter, PrinterLink } from "#protocol/till/devices.ts";
import { modelNamed } from "../models.ts";

/** What most serial printers are delivered with. */
const SERIAL = { kind: "serial", baud: 9_600, handshake: "hardware" } as const;

/** Ports of this machine that a printer may hang on: the system's USB printer driver, serial adapters by what is plugged in, other serial ports. */
export async function portsOfMachine(devFolder = "/dev"): Promise<readonly FoundPrinter[]> {
  const usb = (await names(join(devFolder, "usb")))
    .filter((name) => /^lp\d+$/.test(name))
    .map((name) => found({ kind: "device", path: join(devFolder, "usb", name) }, ""));
  const byId = join(devFolder, "serial/by-id");
  const named = await Promise.all(
    (await names(byId)).map(async (name) => ({
      name,
      path: join(byId, name),
      // The same port under its plain name is not shown twice.
      plain: await realpath(join(byId, name)).catch(() => ""),
    })),
  );
  const taken = new Set(named.map(({ plain }) => plain));
  const plain = (await names(devFolder))
    .filter((name) => /^(ttyUSB|ttyACM|cu\.usb)/.test(name))
    .map((name) => join(devFolder, name))
    .filter((path) => !taken.has(path));
  return [
    ...usb,
    ...named.map(({ name, path }) => found({ ...SERIAL, path }, readable(name))),
    ...plain.map((path) => found({ ...SERIAL, path }, "")),
  ];
}

function found(link: PrinterLink, name: string): FoundPrinter {
  return { link, name, model: modelNamed(name) };
}

/** `usb-EPSON_TM-T20III_123-if00` as people read it. */
function readable(name: string): string {
  return name
    .replace(/^usb-/, "")
    .replace(/-if\d+(-port\d+)?$/, "")
    .replaceAll("_", " ")
    .slice(0, 120);
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).toSorted();
}
