import { X509Certificate } from "node:crypto";
import { createServer } from "node:net";
import { generate } from "selfsigned";
import { afterEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { FrameReader, framed } from "./framing.ts";
import { NexoSimulator, type SimulatorOptions } from "./nexo-simulator.ts";
import { openNexoTerminal } from "./nexo-terminal.ts";
import type { PaymentTerminal, TerminalSetup } from "./port.ts";

const EUR = idOf<"Currency">("EUR");
/** Short enough for a test, long enough for a busy machine. */
const PATIENCE = { connectMs: 2_000, paymentMs: 400, statusMs: 2_000, endOfDayMs: 2_000 };
const TEN = money(1_000, EUR);

const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

function terminalAt(
  port: number,
  changes: Partial<TerminalSetup> = {},
  patience = PATIENCE,
): PaymentTerminal {
  const setup = {
    kind: "nexo",
    host: "127.0.0.1",
    port,
    saleId: "TILL-1",
    poiId: "POI-1",
    tls: null,
  } as const;
  const terminal = openNexoTerminal({ ...setup, ...changes }, patience);
  cleanUp.push(() => terminal.close());
  return terminal;
}

async function simulator(options: SimulatorOptions = {}): Promise<NexoSimulator> {
  const started = new NexoSimulator(options);
  await started.start();
  cleanUp.push(() => started.stop());
  return started;
}

async function pair(): Promise<{ simulator: NexoSimulator; terminal: PaymentTerminal }> {
  const started = await simulator();
  return { simulator: started, terminal: terminalAt(started.port) };
}

const ask = (service: string) => ({ service, amount: TEN, act: "pay" as const });

describe("a nexo terminal", () => {
  test("takes money: the till learns amount, approval code, brand, last four digits and the slip's lines", async () => {
    const { terminal, simulator: sim } = await pair();
    expect(await terminal.pay({ service: "S1", amount: TEN })).toMatchObject({
      kind: "approved",
      amount: TEN,
      approvalCode: "100001",
      slip: {
        service: "S1",
        brand: "Visa",
        lastFour: "0042",
        reference: "SIM-000001",
        terminal: "SIM00001",
        lines: ["PAYMENT", "Visa ************0042", "AID A0000000031010", "Auth 100001", "APPROVED"],
      },
      toSign: [],
    });
    expect(sim.ledger.balance).toBe(1_000);
  });

  test.each([
    ["declined", "declined"],
    ["wrongPin", "wrongPin"],
    ["customerAborts", "aborted"],
    ["busy", "busy"],
  ] as const)("says why nothing was paid: %s", async (scenario, reason) => {
    const { terminal, simulator: sim } = await pair();
    sim.next(scenario);
    expect(await terminal.pay({ service: "S1", amount: TEN })).toMatchObject({ kind: "notDone", reason });
    expect(sim.ledger.balance).toBe(0);
    expect(await terminal.pay({ service: "S2", amount: TEN })).toMatchObject({ kind: "approved" });
  });

  test("says how much a card could pay where it had no more", async () => {
    const { terminal, simulator: sim } = await pair();
    sim.next("partial");
    const outcome = await terminal.pay({ service: "S1", amount: TEN });
    expect(outcome).toMatchObject({ kind: "approved", amount: money(500, EUR) });
  });

  test("when the cable is out after the approval nobody knows, until the terminal is asked by the till's name for it", async () => {
    const { terminal, simulator: sim } = await pair();
    sim.next("cablePulled");
    expect(await terminal.pay({ service: "S1", amount: TEN })).toEqual({ kind: "unknown" });
    expect(sim.ledger.balance).toBe(1_000);
    expect(await terminal.status(ask("S1"))).toMatchObject({ kind: "approved", approvalCode: "100001" });
    expect(await terminal.status(ask("S9"))).toEqual({ kind: "neverSeen" });
  });

  test("a terminal that keeps its last transaction only says nothing of ours once another till has used it", async () => {
    const { terminal, simulator: sim } = await pair();
    sim.next("cablePulled");
    expect(await terminal.pay({ service: "S1", amount: TEN })).toEqual({ kind: "unknown" });
    sim.keepsLastOnly = true;
    expect(await terminal.status(ask("S1"))).toMatchObject({ kind: "approved" });
    expect(await terminal.status(ask("S9"))).toEqual({ kind: "neverSeen" });
    const other = terminalAt(sim.port, { saleId: "ANOTHER" });
    expect(await other.pay({ service: "S1-B", amount: money(300, EUR) })).toMatchObject({ kind: "approved" });
    expect(await terminal.status(ask("S1"))).toEqual({ kind: "unreachable" });
  });

  test.each(["garbled", "oversized"] as const)(
    "an answer that is %s is refused and taken for none; the terminal is asked again on a new line",
    async (scenario) => {
      const { terminal, simulator: sim } = await pair();
      sim.next(scenario);
      expect(await terminal.pay({ service: "S1", amount: TEN })).toEqual({ kind: "unknown" });
      expect(await terminal.status(ask("S1"))).toMatchObject({ kind: "approved" });
    },
  );

  test("an answer that comes too late is told by the name of its request and never taken for another's", async () => {
    const { terminal, simulator: sim } = await pair();
    sim.next("late");
    expect(await terminal.pay({ service: "S1", amount: TEN })).toEqual({ kind: "unknown" });
    const late = new Promise<string>((resolve) => {
      terminal.watchLate(resolve);
    });
    const second = terminal.pay({ service: "S2", amount: money(300, EUR) });
    sim.letGo();
    expect(await late).toBe("S1");
    expect(await second).toMatchObject({ kind: "approved", amount: money(300, EUR) });
  });

  test("a customer who just stands there is in progress; an abort ends it, and nothing was paid", async () => {
    const sim = await simulator();
    const terminal = terminalAt(sim.port, {}, { ...PATIENCE, paymentMs: 10_000 });
    sim.next("silent");
    const outcome = terminal.pay({ service: "S1", amount: TEN });
    await sim.until(() => sim.isAsking);
    expect(await terminal.status(ask("S1"))).toEqual({ kind: "inProgress" });
    expect(await terminal.abort("S1")).toBe("sent");
    expect(await outcome).toMatchObject({ kind: "notDone", reason: "aborted" });
    expect(sim.ledger.balance).toBe(0);
  });

  test("a payment is undone once, by the terminal's own name for it", async () => {
    const { terminal, simulator: sim } = await pair();
    const paid = await terminal.pay({ service: "S1", amount: TEN });
    if (paid.kind !== "approved") throw new Error("not paid");
    const reversal = { amount: TEN, of: paid.slip };
    expect(await terminal.reverse({ service: "R1", ...reversal })).toMatchObject({ kind: "approved" });
    expect(await terminal.reverse({ service: "R2", ...reversal })).toMatchObject({ kind: "notDone" });
    expect(sim.ledger.balance).toBe(0);
    expect(await terminal.status({ service: "R1", amount: TEN, act: "reverse" })).toMatchObject({
      kind: "approved",
    });
  });

  test("money goes back to the card that paid, never more than it paid", async () => {
    const { terminal, simulator: sim } = await pair();
    const paid = await terminal.pay({ service: "S1", amount: TEN });
    if (paid.kind !== "approved") throw new Error("not paid");
    const refund = { of: paid.slip };
    expect(await terminal.refund({ service: "B1", amount: money(400, EUR), ...refund })).toMatchObject({
      kind: "approved",
    });
    expect(await terminal.refund({ service: "B2", amount: money(1_001, EUR), ...refund })).toMatchObject({
      kind: "notDone",
      reason: "declined",
    });
    expect(await terminal.refund({ service: "B3", amount: money(50, EUR), of: null })).toMatchObject({
      kind: "approved",
    });
    expect(sim.ledger.balance).toBe(550);
  });

  test("the end of the day says what each brand came to, once", async () => {
    const { terminal } = await pair();
    await terminal.pay({ service: "S1", amount: TEN });
    await terminal.pay({ service: "S2", amount: TEN });
    const day = await terminal.endOfDay(EUR);
    expect(day).toMatchObject({
      kind: "totals",
      brands: [
        { brand: "Visa", paid: { count: 1, amount: TEN } },
        { brand: "Mastercard", paid: { count: 1, amount: TEN } },
      ],
    });
    expect(await terminal.endOfDay(EUR)).toEqual({ kind: "totals", brands: [] });
  });

  test("a terminal that is off is unreachable, and nothing was sent; when it is back the line is too", async () => {
    const { terminal, simulator: sim } = await pair();
    expect(await terminal.test()).toBe("ready");
    await sim.stop();
    expect(await terminal.test()).toBe("unreachable");
    expect(await terminal.pay({ service: "S1", amount: TEN })).toMatchObject({ reason: "unreachable" });
    await sim.start();
    expect(await terminal.pay({ service: "S2", amount: TEN })).toMatchObject({ kind: "approved" });
  });

  test("a yen has no cents, and a dinar has three decimals", async () => {
    const { terminal, simulator: sim } = await pair();
    await terminal.pay({ service: "S1", amount: money(1_234, idOf<"Currency">("JPY")) });
    await terminal.pay({ service: "S2", amount: money(1_234, idOf<"Currency">("KWD")) });
    expect(sim.ledger.transactions.map(({ minor }) => minor)).toEqual([1_234, 1_234]);
  });
});

describe("a terminal behind TLS", () => {
  test("is trusted by the fingerprint of its certificate alone", async () => {
    const pems = await generate([{ name: "commonName", value: "terminal" }]);
    const sim = await simulator({ tls: { key: pems.private, cert: pems.cert } });
    const { fingerprint256 } = new X509Certificate(pems.cert);
    const fingerprint = fingerprint256.replaceAll(":", "").toLowerCase();
    const pinned = terminalAt(sim.port, { tls: { fingerprint } });
    expect(await pinned.pay({ service: "S1", amount: TEN })).toMatchObject({ kind: "approved" });
    const other = terminalAt(sim.port, { tls: { fingerprint: "0".repeat(64) } });
    expect(await other.pay({ service: "S2", amount: TEN })).toMatchObject({ reason: "unreachable" });
    const unpinned = terminalAt(sim.port, { tls: { fingerprint: null } });
    expect(await unpinned.pay({ service: "S3", amount: TEN })).toMatchObject({ reason: "unreachable" });
    expect(sim.ledger.balance).toBe(1_000);
  });
});

/** A terminal that answers every payment with this. */
async function answering(PaymentResponse: object): Promise<PaymentTerminal> {
  const server = createServer((socket) => {
    const reader = new FrameReader();
    socket.on("data", (data) => {
      for (const message of reader.take(data) ?? []) {
        const { MessageHeader: header } = JSON.parse(message).SaleToPOIRequest;
        const answer = { MessageHeader: { ...header, MessageType: "Response" }, PaymentResponse };
        socket.write(framed(JSON.stringify({ SaleToPOIResponse: answer })));
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  cleanUp.push(async () => void server.close());
  return terminalAt(address.port);
}

const POIData = { POITransactionID: { TransactionID: "T-1", TimeStamp: "2026-11-26T08:00:00Z" } };
const receipt = (DocumentQualifier: string, ...lines: readonly string[]) => ({
  DocumentQualifier,
  RequiredSignatureFlag: DocumentQualifier === "CashierReceipt",
  OutputContent: { OutputText: lines.map((Text) => ({ Text })) },
});

test("a terminal that sends whole card numbers brings none of them into the till", async () => {
  const number = "4111111111111111";
  const terminal = await answering({
    Response: { Result: "Success", AdditionalResponse: number },
    POIData,
    PaymentResult: {
      PaymentInstrumentData: { CardData: { PaymentBrand: `Visa ${number}`, MaskedPan: number } },
      PaymentAcquirerData: { ApprovalCode: number, AcquirerPOIID: number },
    },
    PaymentReceipt: [receipt("CustomerReceipt", `Card ${number}`, "4111 1111 1111 1111")],
    SomethingNew: { of: "its maker" },
  });
  const outcome = await terminal.pay({ service: "S1", amount: TEN });
  expect(outcome).toMatchObject({ kind: "approved", slip: { lastFour: "1111", reference: "T-1" } });
  expect(JSON.stringify(outcome).replaceAll(" ", "")).not.toContain(number);
});

test("where the customer has to sign, the merchant's slip is there to be printed", async () => {
  const terminal = await answering({
    Response: { Result: "Success" },
    POIData,
    PaymentReceipt: [receipt("CashierReceipt", "PLEASE SIGN"), receipt("CustomerReceipt", "APPROVED")],
  });
  expect(await terminal.pay({ service: "S1", amount: TEN })).toMatchObject({
    toSign: ["PLEASE SIGN"],
    approvalCode: "T-1",
    slip: { lines: ["APPROVED"] },
  });
});

test.each([
  ["no name of its own", { Response: { Result: "Success" } }],
  [
    "another currency",
    { Response: { Result: "Success" }, POIData, PaymentResult: { AmountsResp: { Currency: "CHF" } } },
  ],
  ["part of it, not how much", { Response: { Result: "Partial" }, POIData }],
  ["nothing that can be read", { Response: { Result: "Maybe" } }],
])("an approval that says %s is not known rather than guessed at", async (_, response) => {
  const terminal = await answering(response);
  expect(await terminal.pay({ service: "S1", amount: TEN })).toEqual({ kind: "unknown" });
});
