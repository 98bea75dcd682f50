import { describe, expect, test } from "vitest";
import { drawerKick, toEscPos } from "./escpos.ts";
import { modelNamed, printerKind, printerModels } from "./models.ts";
import type { PrinterSetup } from "./port.ts";

const LINK = { kind: "network", host: "10.0.0.9", port: 9_100 } as const;
const ROWS = [
  { kind: "pair", left: "Żółw", right: "9,90 €", strong: false },
  { kind: "qr", text: "https://example.org/1", label: "" },
] as const;

function hex(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString("hex");
}

describe("the models to choose from", () => {
  test("are those of the encoder by name, then label printers", () => {
    const models = printerModels();
    expect(models.length).toBeGreaterThan(35);
    expect(models.find(({ id }) => id === "epson-tm-t20iii")).toEqual({
      id: "epson-tm-t20iii",
      name: "Epson TM-T20III",
      columns: 48,
      labelsOnly: false,
    });
    expect(models.filter(({ labelsOnly }) => labelsOnly).map(({ id }) => id)).toEqual(["zpl-203", "zpl-300"]);
  });

  test.each(printerModels().filter(({ labelsOnly }) => !labelsOnly))(
    "$name prints a receipt",
    async (model) => {
      const bytes = await toEscPos(ROWS, { columns: model.columns, model: model.id });
      expect(bytes.length).toBeGreaterThan(20);
    },
  );

  test("are known again by what a printer calls itself; what is none of them is any ESC/POS printer", () => {
    expect(modelNamed("TM-T20III")).toBe("epson-tm-t20iii");
    expect(modelNamed("EPSON TM-T88VI")).toBe("epson-tm-t88vi");
    expect(modelNamed("Typewriter 2000")).toBeNull();
    expect(modelNamed("")).toBeNull();
    expect(printerKind("gone-model")).toEqual(printerKind(null));
  });

  test("a printer that draws no QR codes is sent them as pictures", async () => {
    const without = hex(await toEscPos(ROWS, { columns: 42, model: "epson-tm-t88iii" }));
    const drawsQr = "1d286b";
    expect(without).not.toContain(drawsQr);
    expect(hex(await toEscPos(ROWS, { columns: 42, model: "epson-tm-t88vi" }))).toContain(drawsQr);
  });

  test("only printers that understand the question are asked how they are", () => {
    expect(printerKind("epson-tm-t20iii")).toMatchObject({ asks: true });
    expect(printerKind("star-tsp100iv")).toMatchObject({ asks: false });
  });
});

describe("what opens the cash drawer", () => {
  const setup: PrinterSetup = { link: LINK, model: null, columns: 42, drawer: "pin2" };

  test("is a pulse on the pin it hangs on, in the printer's own language", () => {
    expect(hex(drawerKick(setup))).toBe("1b700032fa");
    expect(hex(drawerKick({ ...setup, drawer: "pin5" }))).toBe("1b700132fa");
    expect(hex(drawerKick({ ...setup, model: "star-tsp100iv", columns: 48 }))).toContain("1b0714");
  });

  test("is nothing where no drawer hangs, or at a label printer", () => {
    expect(drawerKick({ ...setup, drawer: "none" })).toBeNull();
    expect(drawerKick({ ...setup, model: "zpl-203" })).toBeNull();
  });
});
