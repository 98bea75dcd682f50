import { expect, test } from "vitest";
import { auditTill } from "#domain/audit/audit.ts";
import { wrongFigures } from "#domain/audit/ticket-sums.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import { disagreements } from "#domain/shift/agree.ts";
import { sha256Hex } from "../journal/journal.ts";
import { DrawerBench, good, JOHANNA_ALLOWS } from "../testing/drawer-bench.ts";
import { FakeFiscalDevice } from "../testing/fake-fiscal-device.ts";
import { CODE, readyOrder, unpaidOrder } from "../testing/order-fixture.ts";
import { AS_NEW } from "../testing/return-fixture.ts";
import { DEVICE, euros, JOHANNA, MUG, TEE_S } from "../testing/shop-fixture.ts";

async function pay(bench: DrawerBench) {
  const { verbs, till } = bench;
  await good(verbs.takeCash({ tendered: till.basket.remainingInCash }));
  return good(verbs.completeSale({ basket: till.basket.id }));
}

/** Everything that a day at a till brings, one after the other. */
async function day(bench: DrawerBench): Promise<void> {
  const { verbs, till } = bench;
  await good(bench.openShift());
  await good(verbs.addItem({ variant: MUG, quantity: 3 }));
  const sold = await pay(bench);
  await good(verbs.addItem({ variant: TEE_S, quantity: 2 }));
  const [line] = till.basket.lines;
  await good(
    verbs.discountLine({
      line: line!.id,
      discount: { kind: "percent", ppm: 333_333, reason: "Stain" },
      approval: null,
    }),
  );
  await good(
    verbs.discountBasket({
      discount: { kind: "amount", amount: euros(101), reason: "Loyal" },
      approval: null,
    }),
  );
  await good(verbs.takeCard({ amount: euros(1_000), approvalCode: "4711" }));
  await pay(bench);
  await good(verbs.addItem({ variant: MUG, quantity: 1 }));
  await good(
    verbs.overridePrice({
      line: till.basket.lines[0]!.id,
      price: euros(799),
      reason: "Chipped",
      approval: JOHANNA_ALLOWS,
    }),
  );
  await good(verbs.addItem({ variant: TEE_S, quantity: 1 }));
  await good(verbs.removeLine({ line: till.basket.lines[1]!.id, approval: null }));
  await pay(bench);
  await bench.ring();
  await good(verbs.discardBasket({ basket: till.basket.id, approval: JOHANNA_ALLOWS }));
  // One of three comes back, another is swapped for something dearer.
  const purchase = { kind: "ticket", id: sold.ticket } as const;
  await good(verbs.openReturn({ code: sold.receipt.number }));
  await good(verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW }));
  await good(verbs.giveBack({ amount: euros(850), to: { kind: "cash" } }));
  await good(verbs.completeSale({ basket: till.basket.id }));
  await good(verbs.openReturn({ code: sold.receipt.number }));
  await good(verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW }));
  await good(verbs.addItem({ variant: TEE_S, quantity: 1 }));
  await pay(bench);
  await good(verbs.openReturn({ code: sold.receipt.number }));
  await good(verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW }));
  await good(verbs.giveBack({ amount: euros(850), to: { kind: "credit" } }));
  await good(verbs.completeSale({ basket: till.basket.id }));
  // Gift cards: sold, paid with in part, another one paid out.
  for (let card = 0; card < 2; card += 1) {
    await good(verbs.sellGiftCard({ code: null, amount: euros(2_000) }));
    await pay(bench);
  }
  const codes = till.journal
    .facts("ticket.completed")
    .flatMap(({ ticket }) =>
      ticket.lines.flatMap((each) => (each.kind === "sale" && each.giftCard ? [each.giftCard.code] : [])),
    );
  await good(verbs.addItem({ variant: TEE_S, quantity: 2 }));
  await good(verbs.takeCredit({ code: codes[0]!, amount: euros(2_000) }));
  await pay(bench);
  await good(
    verbs.payOutGiftCard({
      code: codes[1]!,
      manager: JOHANNA.id,
      pin: JOHANNA_ALLOWS.pin,
      reason: "Not wanted",
    }),
  );
  // Orders: paid online and paid at pickup.
  const proof = { kind: "code", code: CODE } as const;
  const whole = { proof, lines: null, override: null, signature: null };
  const [paid, unpaid] = [readyOrder(), unpaidOrder(0, { number: "WEB-1002" })];
  till.replica.put("orders", paid, unpaid);
  await good(verbs.handOver({ fulfilment: paid.id, withSale: false, ...whole }));
  await good(verbs.handOver({ fulfilment: unpaid.id, withSale: true, ...whole }));
  await pay(bench);
  for (const kind of ["in", "out", "pickup"] as const) await good(bench.move(kind, 500, JOHANNA_ALLOWS));
  await good(verbs.openDrawer({ reason: "Coin stuck", approval: JOHANNA_ALLOWS }));
  await good(verbs.reprint({ ticket: sold.ticket, kind: "copy" }));
}

async function closed(bench: DrawerBench) {
  await bench.till.signIn("johanna");
  const { expected } = bench.mine;
  const off = expected!.minor - 7;
  await good(bench.count(off));
  await good(bench.close({ kept: euros(5_000) }));
  await bench.till.signIn("mira");
}

test("a day with a bit of everything is clean in an audit and at HQ: the sums of report, journal and drawer agree", async () => {
  const bench = await DrawerBench.open();
  const { till } = bench;
  const device = new FakeFiscalDevice();
  till.openFiscalDevice = () => device;
  await bench.plugInPrinter();
  await good(till.verbs.setUpFiscalDevice({ device: { kind: "simulator" }, approval: JOHANNA_ALLOWS }));
  await day(bench);
  device.fails = "gone";
  await bench.sell();
  await closed(bench);
  await good(bench.openShift(5_000));
  await bench.sell();
  await closed(bench);
  const { report } = await good(bench.closeDay());
  await good(bench.openShift(5_000));
  await bench.sell();
  await closed(bench);
  await good(bench.closeDay());

  const { entries } = till.journal;
  expect(till.journal.facts("order.handedOver").map(({ ticket }) => ticket !== null)).toEqual([false, true]);
  const last = entries.at(-1)!;
  const tickets = entries.flatMap(({ fact }) => ticketOf(fact) ?? []);
  expect(tickets.flatMap((ticket) => wrongFigures(ticket))).toEqual([]);
  const { findings } = auditTill({
    device: DEVICE,
    register: 3,
    isWhole: true,
    crypto: { sha256Hex, verify: () => true },
    keptAside: [],
    epochs: [
      {
        epoch: 1,
        first: { seq: 1, prev: GENESIS_HASH },
        last: { seq: last.seq, hash: last.hash },
        lines: entries.map((entry) => ({ ok: true, entry, receivedAt: entry.at })),
      },
    ],
  });
  expect(findings).toEqual([]);
  expect(disagreements(report, tickets.slice(0, report.receipts.count))).toEqual([]);
  const cash = report.tenders.find(({ kind }) => kind === "cash");
  const drawers = report.drawers.reduce((sum, { cashIn, cashOut }) => sum + cashIn.minor - cashOut.minor, 0);
  expect(drawers).toBe(cash!.in.minor - cash!.out.minor - (report.giftCardsPaidOut?.minor ?? 0));
});
