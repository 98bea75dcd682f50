import type { MessagePortMain } from "electron";
import type { Channel } from "#protocol/till/channel.ts";
import { portChannel } from "../engine/channels.ts";

/** A channel over Electron's own kind of port, which wraps each message in an event. */
export function mainPortChannel(port: MessagePortMain): Channel {
  return portChannel({
    postMessage: (message) => port.postMessage(message),
    on: (event: "message" | "close", listener: (message: unknown) => void) =>
      event === "message"
        ? port.on("message", (arrived) => listener(arrived.data))
        : port.on("close", () => listener(undefined)),
    start: () => port.start(),
    close: () => port.close(),
  });
}
