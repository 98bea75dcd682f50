import type { Channel } from "#protocol/till/channel.ts";
import type { ConnectedClient } from "./till-client.ts";

const TOKEN_KEY = "onetill.token";
const SUBPROTOCOL = "onetill";
const FIRST_PAUSE_MS = 150;
const MAX_PAUSE_MS = 2_000;

/** The session's token from the address (`#token=`), kept for reloads of this tab and taken out of the address bar. */
function takeToken(): string {
  const found = /^#token=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (found !== undefined) {
    sessionStorage.setItem(TOKEN_KEY, found);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? "";
}

/** Connects to the engine of this machine by WebSocket, and again whenever the line breaks. */
export function connectBrowser(client: ConnectedClient): void {
  const token = takeToken();
  let pauseMs = FIRST_PAUSE_MS;
  const dial = (): void => {
    const socket = new WebSocket(`ws://${location.host}/rpc`, [SUBPROTOCOL, token]);
    socket.addEventListener("open", () => {
      pauseMs = FIRST_PAUSE_MS;
      client.connect(socketChannel(socket));
    });
    socket.addEventListener("close", () => {
      setTimeout(dial, pauseMs);
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    });
  };
  dial();
}

function socketChannel(socket: WebSocket): Channel {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) =>
      socket.addEventListener("message", (event) => listener(JSON.parse(String(event.data)))),
    onClose: (listener) => socket.addEventListener("close", listener),
    close: () => socket.close(),
  };
}
