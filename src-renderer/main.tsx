import "./ui/tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { connectBrowser } from "./app/connect-browser.ts";
import { connectElectron } from "./app/connect-electron.ts";
import { watchCounter } from "./app/counter.ts";
import { listenToKeyboard } from "./app/keyboard.ts";
import { speakIn } from "./app/language.ts";
import { watchNetwork } from "./app/network.ts";
import { client, watchTill } from "./app/till.ts";
import { watchHands } from "./app/touch-keyboard-choice.ts";
import { DisplayScreen, watchDisplay } from "./features/display/display-screen.tsx";
import { wearTheme } from "./features/settings/theme.ts";

wearTheme();
// Until the till knows its shop, and with it its locale, it speaks what was chosen for it, else this machine's language.
speakIn(navigator.language);
const isDisplay = location.pathname.endsWith("/display");
if (isDisplay) watchDisplay();
else {
  listenToKeyboard();
  watchHands();
  watchTill();
  watchCounter();
  watchNetwork();
}
if (location.protocol === "app:") connectElectron(client);
else connectBrowser(client);

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(<StrictMode>{isDisplay ? <DisplayScreen /> : <App />}</StrictMode>);
