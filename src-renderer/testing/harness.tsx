import "../ui/tokens.css";
import { createRoot } from "react-dom/client";
import { instant } from "#domain/ids.ts";
import { App } from "../app/app.tsx";
import { listenToKeyboard } from "../app/keyboard.ts";
import { client, watchTill } from "../app/till.ts";
import { watchHands } from "../app/touch-keyboard-choice.ts";
import { wearTheme } from "../features/settings/theme.ts";
import { speak } from "../i18n/translate.ts";
import { euros } from "./fake-shop.ts";
import { FakeTill } from "./fake-till.ts";
import { tourOf } from "./tour.ts";

const OFFLINE_SINCE_MS = 45 * 60_000;
const ARRIVES_AFTER_MS = 4_000;
const ARRIVING = { number: "FEN-1050", name: "Nadia Petrova", goods: { MUG: 1 } } as const;

/** Moods of the till that are hard to bring about for real, by what stands behind `harness.html?`, several with `&` between. */
const MOODS: Readonly<Record<string, (till: FakeTill) => void>> = {
  unpaired: (till) => till.unpair(),
  preparing: (till) => {
    till.prepare();
    till.showSync({ firstSync: { percent: 43, collection: "products" } });
  },
  neverOnline: (till) =>
    till.showSync({ link: { state: "neverOnline" }, offlinePolicy: "warn", lastContactAt: null, unsent: 3 }),
  offline: (till) =>
    till.showSync({
      link: { state: "offline", since: instant(Date.now() - OFFLINE_SINCE_MS) },
      unsent: 12,
      oldestUnsentAt: instant(Date.now() - OFFLINE_SINCE_MS),
      lastContactAt: instant(Date.now() - OFFLINE_SINCE_MS),
    }),
  trouble: (till) => till.showSync({ trouble: "journalRefused", unsent: 3 }),
  firstSync: (till) => till.showSync({ firstSync: { percent: 43, collection: "products" } }),
  printer: (till) => {
    till.showPrinter({ state: "failing", trouble: "outOfPaper", queued: 2 });
    till.printers.addOther();
  },
  tasks: (till) => {
    till.askToCount("MUG");
    till.askToCount("OIL");
  },
  shift: (till) =>
    till.shift.decide({
      requireShift: true,
      float: euros(15_000),
      variance: euros(200),
      pickupAbove: euros(100_000),
    }),
  ownDrawers: (till) => till.shift.decide({ drawer: "own" }),
  terminal: (till) => till.terminal.setUp(),
  german: (till) => till.moveTo("de-DE"),
  arabic: (till) => till.moveTo("ar-KW"),
  arriving: (till) => void setTimeout(() => till.orders.arrive(ARRIVING), ARRIVES_AFTER_MS),
  fallen: (till) => void setTimeout(() => till.fall(), 1_000),
};

wearTheme();
speak(navigator.language);
listenToKeyboard();
watchHands();
watchTill();
const till = new FakeTill();
client.connect(till.connect());
// For acts that only the engine's side can do, by hand in the browser's console.
Object.assign(globalThis, { till, tour: tourOf(till) });
for (const mood of location.search.slice(1).split("&")) MOODS[mood]?.(till);

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(<App />);
