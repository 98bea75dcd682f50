import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { PrinterSetup } from "#protocol/till/devices.ts";
import { FakeDrafts } from "../testing/fake-drafts.ts";
import { FakePrinter } from "../testing/fake-printer.ts";
import { Printing } from "./printing.ts";

function setup(id: string, more: Partial<PrinterSetup> = {}): PrinterSetup {
  return {
    id: idOf<"Printer">(id),
    name: id,
    link: { kind: "device", path: `/dev/usb/${id}` },
    model: null,
    columns: 48,
    purposes: ["receipt"],
    drawer: "none",
    ...more,
  };
}

function till() {
  const printers: FakePrinter[] = [];
  const printing = new Printing({
    drafts: new FakeDrafts(),
    openPrinter: (each) => {
      const printer = new FakePrinter(each);
      printers.push(printer);
      return printer;
    },
    onTrouble: () => undefined,
  });
  return { printing, printers };
}

test("the drawer opens at the printer it hangs on, now or never", async () => {
  const { printing, printers } = till();
  expect(await printing.openDrawer()).toEqual({ ok: false, reason: "noDrawer" });
  await printing.put(setup("lp0"));
  await printing.put(setup("lp1", { purposes: ["label"], drawer: "pin5" }));
  expect(await printing.openDrawer()).toEqual({ ok: true, value: null });
  expect(printers.map(({ kicks }) => kicks)).toEqual([0, 1]);
  printers[1]!.breakDown("unreachable");
  expect(await printing.openDrawer()).toEqual({ ok: false, reason: "unreachable" });
  printers[1]!.repair();
  expect(printers[1]!.kicks).toBe(1);
});

test("each document goes to the printer for it; with no printer at all nothing happens", async () => {
  const { printing, printers } = till();
  printing.print([{ kind: "rule" }]);
  expect(printing.configured).toBe(false);
  await printing.put(setup("lp0"));
  await printing.put(setup("lp1", { purposes: ["pickSlip", "label"] }));
  printing.print([{ kind: "rule" }]);
  printing.print([{ kind: "rule" }, { kind: "rule" }], "pickSlip");
  expect(printers.map(({ printed }) => printed.map((rows) => rows.length))).toEqual([[1], [2]]);
  await printing.remove(idOf<"Printer">("lp1"));
  printing.print([{ kind: "rule" }], "pickSlip");
  expect(printers[0]!.printed).toHaveLength(2);
});
