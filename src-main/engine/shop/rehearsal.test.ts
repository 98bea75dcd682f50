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
const defects: unknown[] = [];
beforeEach(async () => {
  vi.resetModules();
  sealed.mockReset();
  defects.length = 0;
  ({ rehearseOnceKnown } = await import("./rehearsal.ts"));
  replica = new FakeReplica();
  closing = new AbortController();
});

function start(identity: typeof till | null = till): void {
  rehearseOnceKnown({
    replica,
    enrolment: { identity: () => identity },
    clock: new FakeClock(),
    after: Promise.resolve(),
    closing: closing.signal,
    onDefect: (error) => defects.push(error),
  });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

test("sales are rehearsed to the end as soon as the settings are here, once in a program, by nobody's key", async () => {
  start();
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  replica.put("settings", SETTINGS);
  await vi.waitFor(() => expect(sealed).toHaveBeenCalledTimes(40));
  start();
  await settled();
  expect(sealed).toHaveBeenCalledTimes(40);
  for (const [{ signature, fact }] of sealed.mock.calls) {
    expect(signature).toBe("A".repeat(86));
    expect(fact.ticket.lines).toHaveLength(3);
  }
  expect(defects).toEqual([]);
});

test("a till that is closed stops, and one that is not paired does not begin", async () => {
  replica.put("settings", SETTINGS);
  start(null);
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  sealed.mockImplementationOnce(() => closing.abort());
  start();
  await vi.waitFor(() => expect(sealed).toHaveBeenCalled());
  await settled();
  expect(sealed).toHaveBeenCalledTimes(1);
});

test("settings by which nothing can be sold stop nothing and are no defect", async () => {
  replica.put("settings", { ...SETTINGS, tax: { ...SETTINGS.tax, classes: [] } });
  start();
  await settled();
  expect(sealed).not.toHaveBeenCalled();
  expect(defects).toEqual([]);
});
