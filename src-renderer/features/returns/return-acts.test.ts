import { beforeEach, describe, expect, it } from "vitest";
import { CODE_PREFIX } from "#domain/returns/code/limits.ts";
import { useOverlay } from "../../app/overlay.ts";
import { exactCash, goToPayment, ring, useRegister } from "../../app/register.ts";
import {
  comesBack,
  dropReturned,
  openObstacles,
  returnedRows,
  shownReturn,
  undoDrop,
  useReturn,
} from "../../app/returning.ts";
import { ask, useNotice, useTill } from "../../app/till.ts";
import { RECEIPT_CODE, RECEIPT_NUMBER } from "../../testing/fake-purchases.ts";
import { euros, item, JOHANNA } from "../../testing/fake-shop.ts";
import type { FakeTill } from "../../testing/fake-till.ts";
import { shownBasket, signedIn } from "../../testing/signed-in.ts";
import { isReceiptScan } from "./receipt-scan.ts";
import {
  allowReturn,
  noteIdentity,
  openReturn,
  retryConnection,
  returnAll,
  returnWithoutReceipt,
  say,
  scanAtReturn,
  scannedArticle,
  stepPieces,
  stepUnreceipted,
  stopReturn,
} from "./return-acts.ts";

const MUG = "4006381333931";
const OIL = "4006381333948";
const TEE = "4006381333955";
const OFFLINE = { link: { state: "offline", since: 0 as never } } as const;

const notice = () => useNotice.getState().notice?.text ?? null;
const rows = () => returnedRows(shownBasket().returning);
function purchase(place = 0) {
  const found = shownBasket().returning?.purchases[place];
  if (found === undefined) throw new Error("no purchase is open");
  return found;
}
const take = (position: number) => stepPieces(purchase().ref, position, 1);

describe("taking goods back", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    useReturn.setState({ shown: false, dropped: null });
  });

  it("a receipt's code, scanned, opens its purchase with nothing chosen yet", async () => {
    expect(isReceiptScan(RECEIPT_CODE)).toBe(true);
    expect(await openReturn({ code: RECEIPT_CODE })).toBe(true);
    expect(purchase().number).toBe(RECEIPT_NUMBER);
    expect(shownReturn()).not.toBeNull();
    expect(rows()).toEqual([]);
  });

  it("a receipt's bar code and its whole code are receipts; an article, a pickup code and an order are not", () => {
    expect([RECEIPT_NUMBER, RECEIPT_CODE].every(isReceiptScan)).toBe(true);
    expect([MUG, "K7M4PQ", "FEN-1047", "OTB:WQ7K-3MFD"].some(isReceiptScan)).toBe(false);
  });

  it("a code that could not be read whole says what to do instead, and nothing opens", async () => {
    expect(await openReturn({ code: `${CODE_PREFIX}${"1".repeat(900)}` })).toBe(false);
    expect(notice()).toContain("Scan it again");
    expect(shownReturn()).toBeNull();
  });

  it("two quick presses are two pieces, and no press takes more than may come back", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    void take(0);
    void take(0);
    await take(0);
    expect(rows().map(({ quantity }) => quantity)).toEqual([3]);
    await take(0);
    expect(rows().map(({ quantity }) => quantity)).toEqual([3]);
    expect(shownBasket().due).toEqual(euros(-2_580));
  });

  it("the reason that was said last is the next article's, too; its condition is looked at anew", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(0);
    await say({ reason: "wrongSize", condition: "opened" });
    await take(1);
    expect(rows().map(({ reason, condition }) => [reason, condition])).toEqual([
      ["wrongSize", "opened"],
      ["wrongSize", "asNew"],
    ]);
  });

  it("what is said before an article is chosen is said of it", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await say({ reason: "gift", condition: "opened" });
    await take(1);
    expect(rows()[0]).toMatchObject({ reason: "gift", condition: "opened", disposition: "outlet" });
  });

  it("the next customer's return begins with nothing said", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(0);
    await say({ reason: "defective", condition: "damaged" });
    await stopReturn();
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    expect(rows()[0]).toMatchObject({ reason: "changedMind", condition: "asNew", disposition: "stock" });
  });

  it("goods usually go where their condition says, unless somebody says otherwise", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    await say({ condition: "damaged" });
    expect(rows()[0]?.disposition).toBe("supplier");
    await say({ disposition: "repair" });
    expect(rows()[0]).toMatchObject({ condition: "damaged", disposition: "repair" });
    await say({ reason: "defective" });
    expect(rows()[0]?.disposition).toBe("repair");
  });

  it("scanning an article of the purchase takes a piece of it back; once all come back it is refused in words", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await scanAtReturn(TEE);
    expect(rows().map(({ name }) => name)).toEqual(["Pocket T-Shirt"]);
    await scanAtReturn(TEE);
    expect(notice()).toContain("come back already");
    expect(shownBasket().lines).toEqual([]);
  });

  it("scanning anything else rings it up: that is an exchange, and the net is what is paid", async () => {
    await openReturn({ code: "BER1-02-000101" });
    await scanAtReturn(TEE);
    await scanAtReturn(MUG);
    expect(notice()).toContain("rung up as new");
    expect(shownBasket().lines.map(({ name }) => name)).toEqual(["Enamel Mug"]);
    expect(shownBasket().due).toEqual(euros(1_290 - 1_895));
  });

  it("all of a purchase comes back in one press, but not what was a final sale", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await returnAll(purchase());
    expect(rows().map(({ name, quantity }) => [name, quantity])).toEqual([
      ["Enamel Mug", 3],
      ["Pocket T-Shirt", 1],
    ]);
    expect(notice()).toContain("final sale");
  });

  it("what the customer keeps costs more once the promotion no longer holds", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(0);
    expect(purchase().repriced.map(({ amount }) => amount)).toEqual([euros(860)]);
    expect(shownBasket().due).toEqual(euros(0));
  });

  it("what is dropped stays with the customer and can be brought back as it was", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    await say({ reason: "wrongSize", condition: "opened" });
    const [row] = rows();
    if (row === undefined) throw new Error("nothing comes back");
    await dropReturned(row);
    expect(rows()).toEqual([]);
    await undoDrop();
    expect(rows()[0]).toMatchObject({ quantity: 1, reason: "wrongSize", condition: "opened" });
    expect(useReturn.getState().dropped).toBeNull();
  });

  it("taking the last piece off a line drops it, and that can be undone as well", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    await stepPieces(purchase().ref, 1, -1);
    expect(rows()).toEqual([]);
    expect(useReturn.getState().dropped?.row.name).toBe("Pocket T-Shirt");
  });

  it("a parked basket keeps what comes back", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    const { id } = shownBasket();
    await ask("parkBasket", { label: "blue jacket" });
    expect(comesBack(shownBasket())).toBe(false);
    await ask("recallBasket", { basket: id });
    expect(rows().map(({ name }) => name)).toEqual(["Pocket T-Shirt"]);
  });

  it("nothing comes back after all: what was rung up stays", async () => {
    await ring(item("MUG"));
    await openReturn({ code: RECEIPT_NUMBER });
    await take(0);
    await stopReturn();
    expect(shownBasket().returning).toBeNull();
    expect(shownBasket().pieces).toBe(1);
  });

  it("a basket that hands an order out takes nothing back with it, and says so", async () => {
    await ring(item("MUG"));
    const name = { name: "Lotte Jansen", email: null, phone: "+49 30 5550 1" };
    const address = {
      name: "Lotte Jansen",
      lines: ["Torstraße 1"],
      postcode: "10119",
      city: "Berlin",
      country: "DE",
    };
    await ask("orderBasket", {
      contact: { customer: null, ...name },
      delivery: { kind: "ship", address },
    });
    expect(shownBasket().ordering).not.toBeNull();
    expect(await openReturn({ code: RECEIPT_NUMBER })).toBe(false);
    expect(notice()).toContain("Finish that first");
  });

  it("all in cash gives it back and completes the return in one press", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    await exactCash();
    const { done } = useRegister.getState();
    expect(done?.refunds.map(({ amount, to }) => [amount, to.kind])).toEqual([[euros(1_895), "cash"]]);
    expect(till.ticketsSold).toBe(1);
    expect(shownReturn()).toBeNull();
  });

  it("what came back once does not come back again", async () => {
    await openReturn({ code: "BER1-02-000101" });
    await take(0);
    await allowReturn({ manager: JOHANNA.id, pin: "999999", reason: "Goodwill" });
    await exactCash();
    expect(till.ticketsSold).toBe(1);
    expect(await openReturn({ code: "BER1-02-000101" })).toBe(false);
    expect(notice()).toContain("came back already");
  });

  it("an even exchange is completed without any money", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    await ring(item("TEE-M"));
    expect(shownBasket().due).toEqual(euros(0));
    await exactCash();
    expect(till.ticketsSold).toBe(1);
    expect(till.calls).not.toContain("giveBack");
    expect(useRegister.getState().done?.refunds).toEqual([]);
  });

  it("an exchange for something dearer is paid like any sale", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    await ring(item("TEE-M"));
    await ring(item("MUG"));
    await exactCash();
    expect(useRegister.getState().done?.due).toEqual(euros(1_290));
    expect(till.calls).toContain("takeCash");
  });
});

describe("what stands in the way of a return", () => {
  let till: FakeTill;
  beforeEach(async () => {
    till = await signedIn();
    useReturn.setState({ shown: false, dropped: null });
  });

  it("past the last day neither cash nor payment begins: it says why, and a manager's PIN gets past it", async () => {
    await openReturn({ code: "BER1-02-000101" });
    await take(0);
    await exactCash();
    expect(useOverlay.getState().overlay.kind).toBe("returnObstacles");
    goToPayment();
    expect(useRegister.getState().paying).toBe(false);
    expect(openObstacles(shownBasket()).map(({ why }) => why)).toEqual(["late"]);
    expect(await allowReturn({ manager: JOHANNA.id, pin: "123456", reason: "Goodwill" })).toContain("PIN");
    expect(await allowReturn({ manager: JOHANNA.id, pin: "999999", reason: "Goodwill" })).toBeNull();
    expect(openObstacles(shownBasket())).toEqual([]);
    goToPayment();
    expect(useRegister.getState().paying).toBe(true);
  });

  it("a manager's word is for what they saw: another piece needs another", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await take(0);
    await say({ condition: "damaged" });
    await allowReturn({ manager: JOHANNA.id, pin: "999999", reason: "Goodwill" });
    expect(openObstacles(shownBasket())).toEqual([]);
    await take(0);
    expect(openObstacles(shownBasket()).map(({ why }) => why)).toEqual(["condition"]);
  });

  it("offline no more is given back than this till may on its own word; the connection gets past it", async () => {
    till.showSync(OFFLINE);
    await openReturn({ code: "FEN-1039" });
    await returnAll(purchase());
    await ring(item("OIL"));
    expect(purchase().lease).toBe("offline");
    expect(openObstacles(shownBasket()).map(({ why }) => why)).toEqual(["aboveOfflineLimit"]);
    await retryConnection();
    expect(notice()).toContain("Still no connection");
    till.showSync({ link: { state: "online" } });
    await retryConnection();
    expect(purchase().lease).toBe("held");
    expect(openObstacles(shownBasket())).toEqual([]);
  });

  it("a purchase that another till takes back right now asks for a manager", async () => {
    till.returns.elsewhere.add(RECEIPT_NUMBER);
    await openReturn({ code: RECEIPT_NUMBER });
    await take(1);
    expect(openObstacles(shownBasket()).map(({ why, way }) => [why, way])).toEqual([
      ["leaseHeldByAnother", "manager"],
    ]);
  });

  it("a final sale stays with the customer, whoever is asked", async () => {
    await openReturn({ code: RECEIPT_NUMBER });
    await scanAtReturn(OIL);
    await allowReturn({ manager: JOHANNA.id, pin: "999999", reason: "Goodwill" });
    expect(openObstacles(shownBasket()).map(({ why }) => why)).toEqual(["finalSale"]);
  });

  it("without a receipt a manager and a document are needed, and credit is all that is given", async () => {
    expect(await returnWithoutReceipt(item("MUG").variant)).toBe(true);
    await scannedArticle(MUG);
    expect(rows().map(({ quantity }) => quantity)).toEqual([2]);
    expect(openObstacles(shownBasket()).map(({ why }) => why)).toEqual(["withoutReceipt", "identity"]);
    await allowReturn({ manager: JOHANNA.id, pin: "999999", reason: "Goodwill" });
    expect(await noteIdentity("Identity card … L4X7")).toBe(true);
    expect(openObstacles(shownBasket())).toEqual([]);
    expect(shownBasket().returning?.routes.map(({ kind }) => kind)).toEqual(["credit"]);
  });

  it("goods without a receipt can be said more of, be fewer, and be dropped and brought back", async () => {
    await returnWithoutReceipt(item("MUG").variant);
    await say({ reason: "gift", condition: "opened" });
    const line = () => rows()[0];
    expect(line()).toMatchObject({ quantity: 1, reason: "gift", condition: "opened", disposition: "outlet" });
    await stepUnreceipted(line()?.line ?? ("" as never), 1);
    expect(line()?.quantity).toBe(2);
    await stepUnreceipted(line()?.line ?? ("" as never), -2);
    expect(rows()).toEqual([]);
    await undoDrop();
    expect(line()).toMatchObject({ quantity: 2, reason: "gift" });
  });

  it("an article that nobody knows does not come back", async () => {
    await scannedArticle("9999999999994");
    expect(notice()).toBe("The code 9999999999994 is not known here.");
    expect(useTill.getState().basket?.returning).toBeNull();
  });
});
