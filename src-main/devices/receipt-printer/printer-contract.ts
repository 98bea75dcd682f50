import { expect, test } from "vitest";
import type { ReceiptRow } from "#protocol/till/receipt.ts";
import type { ReceiptPrinter } from "./port.ts";

/** A printer under test with hands on its other end. */
export interface PrinterBench {
  readonly printer: ReceiptPrinter;
  /** Resolves with what came out once that many receipts did, as text. */
  readonly printed: (count: number) => Promise<readonly string[]>;
  /** Makes the printer unable to print, or able again. */
  readonly breakDown: () => Promise<void>;
  readonly repair: () => Promise<void>;
}

export function receipt(text: string): readonly ReceiptRow[] {
  return [
    { kind: "text", text, align: "center", strong: true },
    { kind: "barcode", text: "BER1-03-000001" },
  ];
}

/** Resolves as soon as the printer's status is as wanted. */
export function whenStatus(
  printer: ReceiptPrinter,
  wanted: (status: ReturnType<ReceiptPrinter["status"]>) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(printer.status())) return;
      unwatch();
      resolve();
    };
    const unwatch = printer.watch(look);
    look();
  });
}

/** What every receipt printer promises; the fake and each driver pass it. */
export function printerContract(open: () => Promise<PrinterBench>): void {
  test("receipts come out in the order of the sales", async () => {
    const { printer, printed } = await open();
    for (const text of ["first", "second", "third"]) printer.print(receipt(text));
    const texts = await printed(3);
    expect(texts.map((text) => /first|second|third/.exec(text)?.[0])).toEqual(["first", "second", "third"]);
    await whenStatus(printer, ({ queued }) => queued === 0);
    expect(printer.status()).toEqual({ queued: 0, state: "ready", trouble: null });
  });

  test("a broken printer keeps receipts waiting and prints each once when it works again", async () => {
    const { printer, printed, breakDown, repair } = await open();
    await breakDown();
    printer.print(receipt("first"));
    printer.print(receipt("second"));
    await whenStatus(printer, ({ state }) => state === "failing");
    expect(printer.status()).toMatchObject({ queued: 2, state: "failing" });
    expect(printer.status().trouble).not.toBeNull();
    await repair();
    await whenStatus(printer, ({ queued }) => queued === 0);
    expect(await printed(2)).toHaveLength(2);
    expect(printer.status()).toMatchObject({ state: "ready", trouble: null });
  });

  test("a test print says whether the printer printed", async () => {
    const { printer, printed, breakDown, repair } = await open();
    await breakDown();
    expect(await printer.test(receipt("trial"))).toMatchObject({ ok: false });
    await repair();
    expect(await printer.test(receipt("trial"))).toEqual({ ok: true, value: null });
    expect(await printed(1)).toHaveLength(1);
  });

  test("a closed printer prints nothing more", async () => {
    const { printer, breakDown } = await open();
    await breakDown();
    printer.print(receipt("first"));
    await printer.close();
    printer.print(receipt("second"));
    expect(printer.status().queued).toBe(0);
  });
}
