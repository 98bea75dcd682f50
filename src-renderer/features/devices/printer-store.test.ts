import { beforeEach, describe, expect, it } from "vitest";
import { useApproval } from "../../app/approve.tsx";
import { printersFor } from "../../app/printers.ts";
import { useNotice, useTill } from "../../app/till.ts";
import { JOHANNA, PINS } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { signedIn } from "../../testing/signed-in.ts";
import { isComplete } from "./printer-complete.ts";
import {
  beginPrinter,
  cancelPrints,
  changePrinter,
  editPrinter,
  leavePrinterForm,
  printOn,
  removePrinter,
  reprintLast,
  savePrinter,
  testPrinter,
  usePrinterForm,
} from "./printer-store.ts";

let till: FakeTill;
beforeEach(async () => {
  till = await signedIn();
  leavePrinterForm();
});

function shown() {
  return useTill.getState().printers?.printers ?? [];
}

/** The screen hears of a printer a moment after it is so. */
function untilShown(wanted: (printers: ReturnType<typeof shown>) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(shown())) return;
      unwatch();
      resolve();
    };
    const unwatch = useTill.subscribe(look);
    look();
  });
}

function said(): string | undefined {
  return useNotice.getState().notice?.text;
}

function edited() {
  const form = usePrinterForm.getState().edited;
  if (form === null) throw new Error("no printer is edited");
  return form;
}

/** Mira asks, Johanna gives her PIN in place. */
async function allowed(act: Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    const unwatch = useApproval.subscribe(({ asking }) => {
      if (asking === null) return;
      unwatch();
      resolve();
    });
  });
  await useApproval.getState().asking?.allow({ manager: JOHANNA.id, pin: PINS[JOHANNA.id] ?? "" });
  await act;
}

describe("setting a printer up", () => {
  it("the first one prints receipts and opens the drawer; the next ones print nothing until they are told", async () => {
    beginPrinter([], null);
    expect(edited()).toMatchObject({ id: null, purposes: ["receipt"], drawer: "pin2" });
    till.showPrinter({});
    await untilShown(({ length }) => length === 1);
    beginPrinter(shown(), null);
    expect(edited()).toMatchObject({ purposes: [], drawer: "none" });
  });

  it("one that was found comes with its address, name and model", () => {
    const link = { kind: "network", host: "192.168.1.61", port: 9_100 } as const;
    beginPrinter([], { link, name: "EPSON TM-T20III", model: "epson-tm-t20iii" });
    expect(edited()).toMatchObject({ link, name: "EPSON TM-T20III", model: "epson-tm-t20iii" });
    expect(isComplete(edited())).toBe(true);
  });

  it("is complete once it has a name and says where it hangs", () => {
    beginPrinter([], null);
    const named = { ...edited(), name: "Counter" };
    expect(isComplete(named)).toBe(false);
    expect(isComplete({ ...named, link: { kind: "network", host: "10.0.0.9", port: 0 } })).toBe(false);
    expect(isComplete({ ...named, link: { kind: "device", path: "/dev/usb/lp0" } })).toBe(true);
    expect(isComplete({ ...named, link: { kind: "spooler", queue: "-o raw" } })).toBe(false);
    expect(isComplete({ ...named, name: " ", link: { kind: "spooler", queue: "Office" } })).toBe(false);
  });

  it("asks for a manager's PIN in place; then it is in the list, can be changed and removed", async () => {
    beginPrinter([], null);
    editPrinter({ ...edited(), name: "Counter", link: { kind: "device", path: "/dev/usb/lp0" } });
    await allowed(savePrinter(edited()));
    expect(said()).toBe("Counter is set up.");
    expect(usePrinterForm.getState().edited).toBeNull();
    await untilShown(([first]) => first?.name === "Counter" && first.state === "ready");
    const [printer] = shown();
    if (printer === undefined) throw new Error("no printer is shown");
    changePrinter(printer);
    await allowed(savePrinter({ ...edited(), name: "Till 1" }));
    await untilShown(([first]) => first?.id === printer.id && first.name === "Till 1");
    await allowed(removePrinter(printer));
    await untilShown(({ length }) => length === 0);
  });
});

describe("a printer that fails", () => {
  beforeEach(async () => {
    till.showPrinter({ state: "failing", trouble: "outOfPaper", queued: 2 });
    till.printers.addOther();
    await untilShown(({ length }) => length === 2);
  });

  it("says in words why its test page did not come out", async () => {
    const [broken] = shown();
    if (broken === undefined) throw new Error("no printer is shown");
    await testPrinter(broken);
    expect(said()).toBe("The printer is out of paper.");
  });

  it("gives what waits to another, or drops it", async () => {
    const [broken, other] = shown();
    if (broken === undefined || other === undefined) throw new Error("two printers are needed");
    await printOn(broken.id, other);
    expect(said()).toBe("2 documents are on their way.");
    await untilShown(([first]) => first?.queued === 0);
    till.showPrinter({ state: "failing", trouble: "outOfPaper", queued: 1 });
    await cancelPrints(broken.id);
    expect(said()).toBe("1 document was dropped.");
  });

  it("a till that sold nothing yet has no receipt to print again", async () => {
    await reprintLast();
    expect(said()).toBe("Nothing was sold here yet.");
  });
});

it("of two printers for receipts the one that works is named first", async () => {
  till.showPrinter({ state: "failing", trouble: "coverOpen" });
  await untilShown(({ length }) => length === 1);
  const [broken] = shown();
  if (broken === undefined) throw new Error("no printer is shown");
  const works = { ...broken, state: "ready", trouble: null, name: "Second" } as const;
  expect(printersFor("receipt", [broken, works]).map(({ name }) => name)).toEqual(["Second", "Counter"]);
  expect(printersFor("label", [broken, works])).toEqual([]);
});
