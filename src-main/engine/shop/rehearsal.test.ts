import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, test, vi } from "vitest";
import { FakeClock } from "../testing/fake-clock.ts";
import { FakeReplica } from "../testing/fake-replica.ts";
import { DEVICE, SETTINGS, STORE } from "../testing/shop-fixture.ts";

const sealed = vi.hoisted(() => vi.fn());
vi.mock("../journal/sealed-document.ts", async (importActual) => {
  const actual = await importActual<typeof import("../journal/sealed-document.ts")>();
  return {
    sealedDocument: (sealing: Parameters<typeof actual.sealedDocument>[0]) => {
      const made = actual.sealedDocument(sealing);
      sealed(made.entry);
      return made;
    },
  };
});

const till = {
  device: DEVICE,
  store: STORE,
  storeCode: "BER1",
  storeName: "Kreuzberg",
  register: 3,
  pairedAt: new FakeClock().now(),
};

/** As a program that was just started has it. */
let rehearseOnceKnown: typeof import("./rehearsal.ts")["rehearseOnceKnown"];
let replica: FakeReplica;
let closing: AbortController;
let isFirstSyncIn: boolean;
let tellOfSync: () => void;
let isWatching: boolean;
const defects: unknown[] = [];
beforeEach(async () => {
  vi.resetModules();
  sealed.mockReset();
  defects.length = 0;
  ({ rehearseOnceKnown } = await import("./rehearsal.ts"));
  replica = new FakeReplica();
  closing = new AbortController();
  isFirstSyncIn = true;
  tellOfSync = () => undefined;
});

/** What they wait for. */
const after = Promise.resolve();

function start(identity: typeof till | null = till): void {
  rehearseOnceKnown({
    replica,
    enrolment: { identity: () => identity },
    clock: new FakeClock(),
    sync: {
      isFirstSyncIn: () => isFirstSyncIn,
      watch: (onChange) => {
        tellOfSync = onChange;
        isWatching = true;
        return () => {
          isWatching = false;
        };
      },
    },
    after,
    closing: closing.signal,
    onDefect: (error) => defects.push(error),
  });
}

/** Whoever begins has, by then, sealed two sales: each takes four turns. */
async function settled(): Promise<void> {
  await after;
  for (let turn = 0; turn < 8; turn += 1) await setImmediate();
}

async function untilSealed(sales: number): Promise<void> {
  for (let turn = 0; turn < 1_000 && sealed.mock.calls.length < sales; turn += 1) await setImmediate();
  expect(sealed).toHaveBeenCalledTimes(sales);
}

test("sales are rehearsed to the end as soon as the settings are here, once in a program, by nobody's key", async () => {
  start();
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  replica.put("settings", SETTINGS);
  await untilSealed(40);
  start();
  await settled();
  expect(sealed).toHaveBeenCalledTimes(40);
  for (const [{ signature, fact }] of sealed.mock.calls) {
    expect(signature).toBe("A".repeat(86));
    expect(fact.ticket.lines).toHaveLength(3);
  }
  expect(defects).toEqual([]);
});

test("nothing is rehearsed beside a first sync, for which somebody waits", async () => {
  isFirstSyncIn = false;
  replica.put("settings", SETTINGS);
  start();
  tellOfSync();
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  expect(isWatching).toBe(true);
  isFirstSyncIn = true;
  tellOfSync();
  expect(isWatching).toBe(false);
  await untilSealed(40);
});

test("a till that is closed stops, and one that is not paired does not begin", async () => {
  replica.put("settings", SETTINGS);
  start(null);
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  sealed.mockImplementationOnce(() => closing.abort());
  start();
  await untilSealed(1);
  await settled();
  expect(sealed).toHaveBeenCalledTimes(1);
});

test("settings by which nothing can be sold stop nothing and are no defect, and others are rehearsed by once they are here", async () => {
  replica.put("settings", { ...SETTINGS, tax: { ...SETTINGS.tax, classes: [] } });
  start();
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  expect(isWatching).toBe(false);
  replica.put("settings", SETTINGS);
  await untilSealed(40);
  expect(defects).toEqual([]);
});
