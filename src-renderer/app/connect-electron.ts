import type { Channel } from "#protocol/till/channel.ts";
import type { ConnectedClient } from "./till-client.ts";

const PORT_MESSAGE = "onetill:port";

/** In Electron the preload hands over a port to the engine, a fresh one whenever the engine was started again. */
export function connectElectron(client: ConnectedClient): void {
  let current: MessagePort | null = null;
  window.addEventListener("message", (event) => {
    const [port] = event.ports;
    if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
    current?.close();
    current = port;
    client.connect(portChannel(port));
  });
}

function portChannel(port: MessagePort): Channel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.addEventListener("message", (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.addEventListener("close", listener),
    close: () => port.close(),
  };
}
