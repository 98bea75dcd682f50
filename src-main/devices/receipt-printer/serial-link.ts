import type { PrinterLink, PrinterTrouble } from "#protocol/till/devices.ts";
import { deviceLink } from "./device-link.ts";
import type { Link } from "./link.ts";
import { runProgram } from "./system-program.ts";

type Serial = Extract<PrinterLink, { readonly kind: "serial" }>;

/**
 * A printer on a serial line. Speed and handshake are set by the system's own program (`stty`, on Windows `mode`) after the port is open, since a port that
 * nobody holds open forgets them.
 */
export function serialLink(serial: Serial, platform: NodeJS.Platform = process.platform): Link {
  const { program, args } = settingLine(serial, platform);
  const set = async (_path: string, signal: AbortSignal): Promise<PrinterTrouble | null> => {
    const { status } = await runProgram(program, { args, signal });
    if (status === 0) return null;
    return signal.aborted ? "timeout" : "unreachable";
  };
  const isWindows = platform === "win32";
  return deviceLink(isWindows ? `\\\\.\\${serial.path}` : serial.path, {
    begin: set,
    // `stty` waits until the line has sent everything before it sets it again: a printer that holds the till back is noticed by it.
    ...(isWindows ? {} : { drain: set }),
  });
}

/** The command that sets a line to eight bits, no parity, as it is, with this speed and handshake. */
export function settingLine(
  { path, baud, handshake }: Serial,
  platform: NodeJS.Platform,
): { readonly program: string; readonly args: readonly string[] } {
  const wires = handshake === "hardware";
  const signs = handshake === "software";
  if (platform === "win32") {
    const on = (yes: boolean): string => (yes ? "on" : "off");
    const wired = wires ? "hs" : "on";
    return {
      program: "mode.com",
      args: [
        `${path}:`,
        `BAUD=${baud}`,
        "PARITY=N",
        "DATA=8",
        "STOP=1",
        `XON=${on(signs)}`,
        `OCTS=${on(wires)}`,
        `RTS=${wired}`,
      ],
    };
  }
  const unless = (yes: boolean, setting: string): string => (yes ? setting : `-${setting}`);
  return {
    program: "stty",
    args: [
      platform === "darwin" ? "-f" : "-F",
      path,
      String(baud),
      "raw",
      "-echo",
      "cs8",
      "-parenb",
      "-cstopb",
      "clocal",
      unless(wires, "crtscts"),
      unless(signs, "ixon"),
    ],
  };
}
