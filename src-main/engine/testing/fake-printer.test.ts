import { expect, test } from "vitest";
import { PRINTER_CONTRACT } from "../../devices/receipt-printer/printer-contract.ts";
import { FakePrinter } from "./fake-printer.ts";

test.each(PRINTER_CONTRACT)("the fake printer keeps the port's promise: $promise", async ({ holds }) => {
  const printer = new FakePrinter({
    link: { kind: "network", host: "10.0.0.9", port: 9_100 },
    model: null,
    columns: 42,
    drawer: "pin2",
  });
  await holds({
    printer,
    printed: async (count) => {
      expect(printer.printed.length).toBeGreaterThanOrEqual(count);
      return printer.printed.map((rows) => JSON.stringify(rows));
    },
    breakDown: async () => printer.breakDown("outOfPaper"),
    repair: async () => printer.repair(),
  });
});
