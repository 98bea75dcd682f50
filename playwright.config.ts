import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { COMPILED } from "./gate/compiled.ts";

const CHROMIUM_PLACES = [
  // The same engine with no browser around it: two thirds of the processor's time, and a page behind another one draws on as if it were in front.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const executablePath = process.env.CHROMIUM_PATH ?? CHROMIUM_PLACES.find((place) => existsSync(place));
if (executablePath === undefined) {
  throw new Error(
    "No Chromium found. Install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM_PATH.",
  );
}

// Each worker reads this file, and the programs that it starts take its environment.
process.env.NODE_COMPILE_CACHE = COMPILED;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: ["./e2e/harness/built-programs.ts", "./e2e/harness/demo-template.ts"],
  globalTeardown: "./e2e/harness/run-folder.ts",
  // Tests know nothing of each other: the last file too is shared between the workers.
  fullyParallel: true,
  // A test waits a quarter of its time for its own programs to start and for what they show.
  workers: availableParallelism() + 2,
  retries: 0,
  forbidOnly: true,
  // What a test waits for has limits of its own; this one ends what hangs, on a machine that may be busy with others.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    // A press that finds nothing to press fails by name instead of using up the whole test's time.
    actionTimeout: 20_000,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // A film of every journey would cost more than the journeys themselves, and the page's state at each step a fifth of what the browser takes.
    trace: {
      mode: "retain-on-failure",
      screenshots: false,
      snapshots: process.env.ONETILL_TRACE === "1",
      sources: false,
    },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
