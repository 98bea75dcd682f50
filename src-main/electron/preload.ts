import { ipcRenderer } from "electron";
import { PORT_CHANNEL } from "./security.ts";

// The whole bridge: one port to the engine, handed on to the page of this same origin. The page never sees ipcRenderer.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage(PORT_CHANNEL, window.location.origin, [...event.ports]);
});
