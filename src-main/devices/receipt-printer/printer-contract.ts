import assert from "node:assert/strict";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { ReceiptPrinter } from "./port.ts";

/** A printer under test with hands on its other end. */
export interface PrinterBench {
  readonly printer: ReceiptPrinter;
  /** Resolves with what came out once that many receipts did, as text. */
  readonly printed: (count: number) => Promise<readonly string[]>;
  /** Makes the printer unable to print, or able again. */
  readonly breakDown: () => Promise<void>;
  readonly repair: () => Promise<void>;
  /** The drawer opens although the printer cannot print; absent: it does not. */
  readonly opensBroken?: boolean;
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

/** One promise of the port, in words and as a check that throws when it is broken. */
export interface PrinterPromise {
  readonly promise: string;
  readonly holds: (bench: PrinterBench) => Promise<void>;
}

/** What every receipt printer promises; each driver passes it, in whatever way the printer at its other end fails. */
export const PRINTER_CONTRACT: readonly PrinterPromise[] = [
  {
    promise: "receipts come out in the order of the sales",
    async holds({ printer, printed }) {
      for (const text of ["first", "second", "third"]) printer.print(receipt(text));
      const texts = await printed(3);
      const order = texts.map((text) => /first|second|third/.exec(text)?.[0]);
      assert.deepEqual(order, ["first", "second", "third"]);
      await whenStatus(printer, ({ queued }) => queued === 0);
      assert.deepEqual(printer.status(), { queued: 0, state: "ready", trouble: null });
    },
  },
  {
    promise: "a broken printer keeps receipts waiting and prints each once when it works again",
    async holds({ printer, printed, breakDown, repair }) {
      await breakDown();
      printer.print(receipt("first"));
      printer.print(receipt("second"));
      await whenStatus(printer, ({ state }) => state === "failing");
      assert.equal(printer.status().queued, 2);
      assert.notEqual(printer.status().trouble, null);
      await repair();
      await whenStatus(printer, ({ queued }) => queued === 0);
      assert.equal((await printed(2)).length, 2);
      assert.deepEqual(printer.status(), { queued: 0, state: "ready", trouble: null });
    },
  },
  {
    promise: "a test print says whether the printer printed",
    async holds({ printer, printed, breakDown, repair }) {
      await breakDown();
      assert.equal((await printer.test(receipt("trial"))).ok, false);
      await repair();
      assert.deepEqual(await printer.test(receipt("trial")), { ok: true, value: null });
      assert.equal((await printed(1)).length, 1);
    },
  },
  {
    promise: "what waits at a broken printer can be taken back, in order, and is not printed there any more",
    async holds({ printer, printed, breakDown, repair }) {
      await breakDown();
      for (const text of ["first", "second"]) printer.print(receipt(text));
      await whenStatus(printer, ({ state }) => state === "failing");
      assert.deepEqual(await printer.takeBack(), [receipt("first"), receipt("second")]);
      assert.equal(printer.status().queued, 0);
      await repair();
      printer.print(receipt("third"));
      assert.match((await printed(1)).join(), /third/);
    },
  },
  {
    promise: "the drawer opens or says at once why it does not",
    async holds({ printer, breakDown, repair, opensBroken = false }) {
      assert.deepEqual(await printer.openDrawer(), { ok: true, value: null });
      await breakDown();
      assert.equal((await printer.openDrawer()).ok, opensBroken);
      await repair();
      assert.deepEqual(await printer.openDrawer(), { ok: true, value: null });
    },
  },
  {
    promise: "a closed printer prints nothing more",
    async holds({ printer, breakDown }) {
      await breakDown();
      printer.print(receipt("first"));
      await printer.close();
      printer.print(receipt("second"));
      assert.equal(printer.status().queued, 0);
    },
  },
];
