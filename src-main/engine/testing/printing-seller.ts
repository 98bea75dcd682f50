import { writeSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { startEngine } from "../engine.ts";
import { engineSettings } from "./engine-settings.ts";
import { FakePrinter } from "./fake-printer.ts";
import { FakeServer, PAIRING_CODE, SERVER } from "./fake-server.ts";
import { FakeTimers } from "./fake-timers.ts";
import { JOHANNA, MUG, PINS, verifyPlainPin } from "./shop-fixture.ts";
import { stockedServer } from "./synced-till.ts";
import { untilView } from "./until-view.ts";

/** The program to start in a process of its own: `node PRINTING_SELLER FOLDER SALES`. */
export const PRINTING_SELLER = import.meta.filename;

const STDOUT = 1;

/** A whole till with a printer that says each thing it prints, on the real disk: what comes before what is for others to see. */
async function sell(dataDir: string, sales: number): Promise<void> {
  const server = stockedServer(new FakeServer());
  const engine = await startEngine({
    ...engineSettings({ dataDir, server, timers: new FakeTimers() }),
    openPrinter: (setup) => {
      const printer = new FakePrinter(setup);
      const print = printer.print.bind(printer);
      printer.print = (rows) => {
        writeSync(STDOUT, "printed\n");
        print(rows);
      };
      return printer;
    },
    verifyPin: verifyPlainPin,
  });
  const { verbs } = engine;
  must(await verbs.pair({ server: SERVER, code: PAIRING_CODE }));
  await untilView(engine, "sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
  must(await verbs.signIn({ staff: JOHANNA.id, pin: PINS.johanna }));
  must(
    await verbs.setUpPrinter({
      id: null,
      name: "Counter",
      link: { kind: "network", host: "10.0.0.9", port: 9100 },
      model: null,
      columns: 48,
      purposes: ["receipt"],
      drawer: "none",
      approval: null,
    }),
  );
  server.goDown();
  for (let sale = 0; sale < sales; sale += 1) {
    must(await verbs.addItem({ variant: MUG, quantity: 1 }));
    const basket = engine.views.basket.current();
    if (basket === null) throw new Error("nothing is rung up");
    must(await verbs.takeCash({ tendered: basket.remainingInCash }));
    writeSync(STDOUT, "completing\n");
    const sold = await verbs.completeSale({ basket: basket.id });
    if (!sold.ok) throw new Error(sold.reason);
    writeSync(STDOUT, `completed ${sold.value.receipt.number}\n`);
    // The next key comes no sooner than what was only put off until the answer was out.
    await setImmediate();
  }
  process.exit(0);
}

function must(answer: { readonly ok: boolean; readonly reason?: unknown }): void {
  if (!answer.ok) throw new Error(String(answer.reason));
}

const [, script, folder, sales] = process.argv;
if (script === PRINTING_SELLER && folder !== undefined) await sell(folder, Number(sales));
