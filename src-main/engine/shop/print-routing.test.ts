import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PRINTER_PURPOSES, type PrinterPurpose } from "#protocol/till/devices.ts";
import { printerFor, printerWithDrawer, type Routable } from "./print-routing.ts";

function printer(purposes: readonly PrinterPurpose[], isFailing = false): Routable {
  return { setup: { purposes: [...purposes], drawer: "none" }, isFailing };
}

describe("which printer prints what", () => {
  const receipts = printer(["receipt"]);
  const slips = printer(["pickSlip"]);
  const labels = printer(["label"]);

  test("each document comes out of the printer that was chosen for it", () => {
    const all = [labels, slips, receipts];
    expect(printerFor("receipt", all)).toBe(receipts);
    expect(printerFor("pickSlip", all)).toBe(slips);
    expect(printerFor("label", all)).toBe(labels);
  });

  test("slips and labels without a printer of their own come out of the receipt printer; receipts come out of no label printer", () => {
    expect(printerFor("pickSlip", [labels, receipts])).toBe(receipts);
    expect(printerFor("label", [receipts])).toBe(receipts);
    expect(printerFor("receipt", [labels, slips])).toBeNull();
  });

  test("of two printers for receipts the one that works prints; where neither does, what is printed waits at the first", () => {
    const broken = printer(["receipt"], true);
    expect(printerFor("receipt", [broken, receipts])).toBe(receipts);
    expect(printerFor("receipt", [broken, printer(["receipt"], true)])).toBe(broken);
  });

  test("whatever printers there are, nothing is printed on one that was not chosen for it or for receipts", () => {
    const any = fc.record({
      setup: fc.record({
        purposes: fc.subarray([...PRINTER_PURPOSES]),
        drawer: fc.constantFrom("none" as const, "pin2" as const, "pin5" as const),
      }),
      isFailing: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 5 }),
        fc.constantFrom(...PRINTER_PURPOSES),
        (printers, purpose) => {
          const chosen = printerFor(purpose, printers);
          const may = printers.filter(({ setup }) =>
            setup.purposes.some((each) => each === purpose || each === "receipt"),
          );
          if (chosen !== null) expect(may).toContain(chosen);
          if (printers.some(({ setup }) => setup.purposes.includes(purpose))) expect(chosen).not.toBeNull();
        },
      ),
    );
  });
});

test("the drawer opens at the printer it hangs on", () => {
  const withDrawer: Routable = { setup: { purposes: ["label"], drawer: "pin5" }, isFailing: true };
  expect(printerWithDrawer([printer(["receipt"]), withDrawer])).toBe(withDrawer);
  expect(printerWithDrawer([printer(["receipt"])])).toBeNull();
});
