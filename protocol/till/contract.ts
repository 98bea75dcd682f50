import { z } from "zod";
import { MAX_GRAMS } from "#domain/pricing/weighed-price.ts";
import { MAX_DISCOUNT_REASON_CHARS } from "#domain/ticket/basket.ts";
import { customerSchema } from "../documents/customer.ts";
import { businessDaySchema, idSchema, moneySchema, scannedSchema, textSchema } from "../scalars.ts";
import { casePurchaseFoundSchema } from "../sync/cases.ts";
import { approvalSchema } from "./approval.ts";
import {
  basketViewSchema,
  customerBasketSchema,
  discountSchema,
  fetchedBasketSchema,
  parkedBasketSchema,
  quantitySchema,
} from "./basket.ts";
import {
  CASE_REFUSALS,
  caseCardSchema,
  casesViewSchema,
  foundCasesSchema,
  noteCaseArgs,
  openCaseArgs,
  printCaseArgs,
} from "./cases.ts";
import { catalogViewSchema, itemSchema, tileSchema } from "./catalog.ts";
import {
  clockInAnswer,
  clockInArgs,
  clockOutAnswer,
  clockOutArgs,
  clockViewSchema,
  proofSchema,
  UNKNOWN_REASONS,
} from "./clock.ts";
import {
  counterViewSchema,
  customerDisplaySchema,
  SET_UP_COUNTER_REFUSALS,
  scaleReadingSchema,
  scannedViewSchema,
  setUpCounterArgs,
} from "./counter.ts";
import {
  ADJUST_STOCK_REFUSALS,
  AREA_REFUSALS,
  adjustStockArgs,
  BEGIN_AREA_REFUSALS,
  beginAreaArgs,
  COUNT_PIECE_REFUSALS,
  countPieceAnswer,
  countPieceArgs,
  countsViewSchema,
  FINISH_COUNT_REFUSALS,
  finishCountArgs,
  setCountedArgs,
} from "./counts.ts";
import { couponArgs, USE_COUPON_REFUSALS } from "./coupons.ts";
import {
  CREDIT_REFUSALS,
  checkCreditArgs,
  creditViewSchema,
  GIFT_CARD_REFUSALS,
  giftCardArgs,
  giftCardViewSchema,
  PAY_OUT_REFUSALS,
  payOutArgs,
  sellGiftCardArgs,
  takeCreditArgs,
} from "./credit.ts";
import {
  CUSTOMER_EDIT_REFUSALS,
  CUSTOMER_REFUSALS,
  customerArgs,
  customerProfileSchema,
  editCustomerArgs,
  foundCustomersSchema,
  registerCustomerArgs,
  searchCustomersArgs,
  tillHistorySchema,
} from "./customers.ts";
import {
  DELIVERY_REFUSALS,
  deliveriesViewSchema,
  deliveryArgs,
  deliveryCardSchema,
  receiveDeliveryArgs,
  sendDeliveryArgs,
  startTransferArgs,
  transferStoresSchema,
} from "./deliveries.ts";
import {
  movedPrintsSchema,
  PRINT_LABEL_REFUSALS,
  printerArgs,
  printerModelSchema,
  printersViewSchema,
  printLabelArgs,
  printOnArgs,
  QUEUE_REFUSALS,
  REMOVE_PRINTER_REFUSALS,
  removePrinterArgs,
  SET_UP_PRINTER_REFUSALS,
  setUpPrinterArgs,
  TEST_PRINTER_REFUSALS,
} from "./devices.ts";
import { fiscalDeviceSchema, SET_UP_FISCAL_REFUSALS, setUpFiscalDeviceArgs } from "./fiscal.ts";
import { customerPointsSchema, POINTS_REFUSALS, pointsViewSchema, takePointsArgs } from "./loyalty.ts";
import {
  INVOICE_REFUSALS,
  issuedInvoiceSchema,
  issueInvoiceArgs,
  receiptContactSchema,
  SENDING_REFUSALS,
  sendReceiptArgs,
  sentReceiptSchema,
  ticketArgs,
} from "./mailing.ts";
import {
  declineArgs,
  elsewhereSchema,
  finishPickingArgs,
  fulfilmentArgs,
  handOverAnswer,
  handOverArgs,
  ORDER_REFUSALS,
  orderCardSchema,
  orderingArgs,
  ordersViewSchema,
  pickCountArgs,
  pickScanArgs,
  shipArgs,
} from "./orders.ts";
import { REPRINT_KINDS, receiptSchema, ticketSummarySchema } from "./receipt.ts";
import { CONFIRM_RECORDS_REFUSALS, confirmRecordsArgs } from "./records.ts";
import {
  approveReturnArgs,
  chooseReturnArgs,
  dropReturnArgs,
  findPurchasesArgs,
  foundPurchasesAnswer,
  giveBackArgs,
  noteIdentityArgs,
  openReturnArgs,
  RETURN_REFUSALS,
  returnWithoutReceiptArgs,
} from "./returns.ts";
import {
  CLOSE_DAY_REFUSALS,
  CLOSE_SHIFT_REFUSALS,
  COUNT_SHIFT_REFUSALS,
  closeDayArgs,
  closeShiftArgs,
  countedShiftSchema,
  countShiftArgs,
  MOVE_CASH_REFUSALS,
  moveCashArgs,
  OPEN_DRAWER_REFUSALS,
  OPEN_SHIFT_REFUSALS,
  openDrawerArgs,
  openShiftArgs,
  REPORT_REFUSALS,
  reportFileSchema,
  shiftViewSchema,
  shownReportSchema,
  xReportArgs,
  zReportsSchema,
} from "./shift.ts";
import { sessionViewSchema, syncViewSchema } from "./status.ts";
import { countStockArgs, TASK_REFUSALS, tasksViewSchema } from "./tasks.ts";
import {
  payByTerminalArgs,
  refundByTerminalArgs,
  SET_UP_TERMINAL_REFUSALS,
  SETTLE_REFUSALS,
  settleTerminalArgs,
  setUpTerminalArgs,
  TERMINAL_REFUSALS,
  terminalTotalsSchema,
  terminalViewSchema,
} from "./terminal.ts";
import { START_TRAINING_REFUSALS, startTrainingArgs, trainingViewSchema } from "./training.ts";
import { INSTALL_UPDATE_REFUSALS, installUpdateArgs, updateViewSchema } from "./update.ts";

/** An act that either happened or was refused for a reason the screen puts into words. */
function outcome<V extends z.ZodType, R extends readonly [string, ...string[]]>(value: V, reasons: R) {
  return z.discriminatedUnion("ok", [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), reason: z.enum(reasons) }),
  ]);
}

const nothing = z.strictObject({});
const line = z.strictObject({ line: idSchema<"Line">() });
const approval = approvalSchema.nullable().exactOptional();

/** Why the register would not change the basket. */
export const BASKET_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchLine",
  "noSuchItem",
  "noPrice",
  "tooManyLines",
  "quantityOutOfRange",
  "amountTooLarge",
  "discountTooLarge",
  "discountNotPositive",
  "paymentStarted",
  "emptyBasket",
  "noSuchBasket",
  "nothingToUndo",
  "wrongCurrency",
  "managerNeeded",
  "shiftNeeded",
  "shiftForgotten",
  "orderLine",
  "giftCardLine",
  "linkedLine",
  "weighedLine",
  "weightNeeded",
  "notByWeight",
  "priceNeeded",
  "priceNotPositive",
  "linkedMissing",
  "scaleLabelDamaged",
  "codeHalfRead",
  "notOrderable",
  "approvalNeeded",
  "wrongPin",
  "tooManyTries",
  "notAManager",
  "unknownStaff",
  "terminalPending",
  "storage",
] as const;
/** Why a tender was not taken or the sale not completed. */
export const PAYMENT_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "emptyBasket",
  "amountNotPositive",
  "amountTooLarge",
  "cardExceedsRemaining",
  "creditExceedsRemaining",
  "pointsExceedRemaining",
  "giftCardNeedsMoney",
  "approvalCodeMissing",
  "tooManyTenders",
  "notPaid",
  "noSuchTender",
  "alreadyPaid",
  "wrongCurrency",
  "managerNeeded",
  "shiftNeeded",
  "shiftForgotten",
  "refundExceedsDue",
  "nothingToGiveBack",
  "moneyIsGivenBack",
  "notThisWay",
  "tooMuchThisWay",
  "returnNotAllowed",
  "terminalPending",
  "noTerminal",
  "givenBackByTerminal",
  "storage",
] as const;
/** Why a sale that hands an order out was not completed: what became of the order while it was being paid. */
export const HAND_OUT_REFUSALS = [
  "notReady",
  "cancelled",
  "expired",
  "alreadyCollected",
  "leaseHeldByAnother",
  "leaseUnknown",
] as const;

/** The till's verbs: arguments and answer of each. The engine implements them, the renderer calls them, nothing else passes. */
export const VERBS = {
  pair: {
    args: z.strictObject({ server: z.url().max(300), code: z.string().max(20) }),
    answer: outcome(nothing, [
      "codeUnknown",
      "codeExpired",
      "unreachable",
      "alreadyPaired",
      "notAServer",
      "keyRevoked",
      "tooManyRequests",
    ]),
  },
  signIn: {
    args: proofSchema,
    answer: z.discriminatedUnion("ok", [
      z.strictObject({ ok: z.literal(true), value: nothing }),
      z.strictObject({
        ok: z.literal(false),
        reason: z.enum(UNKNOWN_REASONS),
        /** Milliseconds until the next try is allowed. */
        waitMs: z.number().int().nonnegative(),
      }),
    ]),
  },
  signOut: { args: nothing, answer: outcome(nothing, ["notSignedIn", "storage"]) },
  /** Somebody comes to work, or goes; nobody is signed in or out by it. */
  clockIn: { args: clockInArgs, answer: clockInAnswer },
  clockOut: { args: clockOutArgs, answer: clockOutAnswer },

  /**
   * A scan anywhere: an article, found by GTIN, SKU, GS1 code or a scale's label, is added; the customer of a card goes onto the basket. `asks`: nothing is added yet, since
   * the article is sold by weight, or at a price that is typed.
   */
  scan: {
    args: z.strictObject({ code: scannedSchema, quantity: quantitySchema.default(1), approval }),
    answer: outcome(
      z.union([
        z.strictObject({
          item: itemSchema,
          basket: basketViewSchema,
          /** It was rung up although this day, the last on which it may be sold, is over. */
          expired: businessDaySchema.exactOptional(),
        }),
        z.strictObject({ item: itemSchema, asks: z.enum(["weight", "price"]) }),
        z.strictObject({ customer: customerSchema, basket: customerBasketSchema }),
      ]),
      BASKET_REFUSALS,
    ),
  },
  addItem: {
    args: z.strictObject({
      variant: idSchema<"Variant">(),
      quantity: quantitySchema.default(1),
      /** What it weighs, where it is sold by weight. */
      grams: z.number().int().min(1).max(MAX_GRAMS).exactOptional(),
      /** What it costs, where the colleague types that. */
      price: moneySchema.exactOptional(),
      approval,
    }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  changeQuantity: {
    args: z.strictObject({ line: idSchema<"Line">(), quantity: quantitySchema, approval }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  removeLine: { args: line.extend({ approval }), answer: outcome(basketViewSchema, BASKET_REFUSALS) },
  undoRemove: { args: z.strictObject({ approval }), answer: outcome(basketViewSchema, BASKET_REFUSALS) },
  discountLine: {
    args: z.strictObject({ line: idSchema<"Line">(), discount: discountSchema.nullable(), approval }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  discountBasket: {
    args: z.strictObject({ discount: discountSchema.nullable(), approval }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  /** Another price than the list's for a line, with a reason; null: the list's again. */
  overridePrice: {
    args: z.strictObject({
      line: idSchema<"Line">(),
      price: moneySchema.nullable(),
      reason: z.string().trim().max(MAX_DISCOUNT_REASON_CHARS),
      approval,
    }),
    answer: outcome(basketViewSchema, [...BASKET_REFUSALS, "reasonMissing"]),
  },
  /** Who sold a line, or (`line` null) all of the basket so far; `soldBy` null: whoever rings it up. */
  attributeSale: {
    args: z.strictObject({ line: idSchema<"Line">().nullable(), soldBy: idSchema<"Staff">().nullable() }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  /** Puts a coupon onto the basket in front: a code that was given out, or a word. */
  useCoupon: {
    args: couponArgs,
    answer: outcome(basketViewSchema, [...BASKET_REFUSALS, ...USE_COUPON_REFUSALS]),
  },
  removeCoupon: { args: couponArgs, answer: outcome(basketViewSchema, BASKET_REFUSALS) },
  parkBasket: {
    args: z.strictObject({ label: textSchema }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  /** The basket in front, if it has lines, is parked first. */
  recallBasket: {
    args: z.strictObject({ basket: idSchema<"Basket">() }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },
  /** Gives up the basket in front or a parked one. */
  discardBasket: {
    args: z.strictObject({ basket: idSchema<"Basket">(), approval }),
    answer: outcome(basketViewSchema, BASKET_REFUSALS),
  },

  takeCash: {
    args: z.strictObject({ tendered: moneySchema }),
    answer: outcome(basketViewSchema, PAYMENT_REFUSALS),
  },
  takeCard: {
    args: z.strictObject({ amount: moneySchema, approvalCode: z.string().max(40) }),
    answer: outcome(basketViewSchema, PAYMENT_REFUSALS),
  },
  /** How a store credit stands, by its code; nothing is taken of it. */
  checkCredit: {
    args: checkCreditArgs,
    answer: outcome(creditViewSchema, [...PAYMENT_REFUSALS, ...CREDIT_REFUSALS]),
  },
  /** How a gift card stands, before it is sold or loaded; nothing is held. */
  giftCard: {
    args: giftCardArgs,
    answer: outcome(giftCardViewSchema, [...BASKET_REFUSALS, ...GIFT_CARD_REFUSALS, "creditOtherCurrency"]),
  },
  /** Puts value on a gift card into the basket: it is on the card once the basket is paid. */
  sellGiftCard: {
    args: sellGiftCardArgs,
    answer: outcome(basketViewSchema, [...BASKET_REFUSALS, ...GIFT_CARD_REFUSALS, "creditOtherCurrency"]),
  },
  /** Gives back in money what lies on a gift card that was not used yet; answers how much is given. */
  payOutGiftCard: {
    args: payOutArgs,
    answer: outcome(z.strictObject({ amount: moneySchema }), PAY_OUT_REFUSALS),
  },
  takeCredit: {
    args: takeCreditArgs,
    answer: outcome(basketViewSchema, [...PAYMENT_REFUSALS, ...CREDIT_REFUSALS]),
  },
  /** What the points of the basket's customer can pay of it; none are taken. */
  checkPoints: {
    args: nothing,
    answer: outcome(pointsViewSchema, [...PAYMENT_REFUSALS, ...POINTS_REFUSALS]),
  },
  takePoints: {
    args: takePointsArgs,
    answer: outcome(basketViewSchema, [...PAYMENT_REFUSALS, ...POINTS_REFUSALS]),
  },
  /** A customer's points: the server's word with a connection, else as this till knows them. Null where there is no programme. */
  customerPoints: {
    args: customerArgs,
    answer: outcome(customerPointsSchema.nullable(), CUSTOMER_REFUSALS),
  },
  removeTender: {
    args: z.strictObject({ tender: idSchema<"Tender">() }),
    answer: outcome(basketViewSchema, PAYMENT_REFUSALS),
  },
  /** Writes the ticket to the journal; once this answers, no crash can lose the sale. Asking again for the same basket gives the same ticket. */
  completeSale: {
    args: z.strictObject({ basket: idSchema<"Basket">() }),
    answer: outcome(
      z.strictObject({
        ticket: idSchema<"Ticket">(),
        receipt: receiptSchema,
        change: moneySchema,
        due: moneySchema,
        /** What the sale did besides: handed an order out, or placed one. */
        order: z.strictObject({ kind: z.enum(["handedOver", "placed"]), number: z.string() }).nullable(),
      }),
      [
        ...PAYMENT_REFUSALS,
        ...HAND_OUT_REFUSALS,
        "creditHeldByAnother",
        "creditEmpty",
        "couponHeldByAnother",
        "couponUsed",
        "pointsHeldByAnother",
        "pointsTooMany",
      ],
    ),
  },

  /** By name, telephone number, e-mail address or card number, with and without a connection. */
  searchCustomers: { args: searchCustomersArgs, answer: foundCustomersSchema },
  /** Who the basket in front is sold to; null: nobody known. */
  setCustomer: {
    args: z.strictObject({ customer: idSchema<"Customer">().nullable() }),
    answer: outcome(customerBasketSchema, [...BASKET_REFUSALS, "noSuchCustomer"]),
  },
  /** Makes the profile of somebody who is not known yet, with and without a connection. */
  registerCustomer: { args: registerCustomerArgs, answer: outcome(customerSchema, CUSTOMER_EDIT_REFUSALS) },
  /** Only what changed is told. */
  editCustomer: { args: editCustomerArgs, answer: outcome(customerSchema, CUSTOMER_EDIT_REFUSALS) },
  customer: { args: customerArgs, answer: outcome(customerProfileSchema, CUSTOMER_REFUSALS) },
  /** The history of both channels by the server's word, with what this till did and it has not heard of yet. */
  customerHistory: {
    args: customerArgs,
    answer: outcome(tillHistorySchema, [...CUSTOMER_REFUSALS, "offline"]),
  },

  search: {
    args: z.strictObject({ text: z.string().max(200), limit: z.number().int().min(1).max(200).default(40) }),
    answer: z.array(itemSchema),
  },
  browse: {
    args: z.strictObject({
      category: textSchema.nullable(),
      offset: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(200),
    }),
    answer: z.strictObject({ tiles: z.array(tileSchema), total: z.number().int().nonnegative() }),
  },
  variants: { args: z.strictObject({ product: idSchema<"Product">() }), answer: z.array(itemSchema) },

  /** Whose code this is: a SKU, or any of a variant's GTINs however written; null where no article here has it. */
  variantOf: {
    args: z.strictObject({ code: z.string().min(1).max(500) }),
    answer: z.strictObject({ variant: idSchema<"Variant">().nullable() }),
  },

  recentTickets: {
    args: z.strictObject({ limit: z.number().int().min(1).max(200) }),
    answer: z.array(ticketSummarySchema),
  },
  receipt: {
    args: z.strictObject({ ticket: idSchema<"Ticket">() }),
    answer: outcome(receiptSchema, ["noSuchTicket"]),
  },
  /** Prints again, marked as a copy, or without prices as a gift receipt, and writes that to the journal. */
  reprint: {
    args: z.strictObject({ ticket: idSchema<"Ticket">(), kind: z.enum(REPRINT_KINDS).default("copy") }),
    answer: outcome(receiptSchema, [
      "noSuchTicket",
      "noCredit",
      "notSignedIn",
      "notPermitted",
      "noPrinter",
      "storage",
    ]),
  },
  /** Whom a receipt may go to, as far as the till knows. */
  receiptContact: {
    args: ticketArgs,
    answer: outcome(receiptContactSchema, ["noSuchTicket", "notSignedIn"]),
  },
  /** Sends a receipt or an invoice by e-mail: at once with a connection, else by itself as soon as there is one. */
  sendReceipt: { args: sendReceiptArgs, answer: outcome(sentReceiptSchema, SENDING_REFUSALS) },
  /** Makes out an invoice over a sale and prints it where there is a printer; asked again for the same company it is a copy. */
  issueInvoice: { args: issueInvoiceArgs, answer: outcome(issuedInvoiceSchema, INVOICE_REFUSALS) },
  acceptOrder: { args: fulfilmentArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  declineOrder: { args: declineArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  /** Claims the order: others see who is picking it. Accepts it where nobody had. */
  startPicking: { args: fulfilmentArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  stopPicking: { args: fulfilmentArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  /** An article scanned while picking: counted, or refused as wrong or as one too many. */
  pickScan: { args: pickScanArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  pickCount: { args: pickCountArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  finishPicking: { args: finishPickingArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  /** By pickup code or QR, order number, name or phone; best first. */
  findOrders: { args: z.strictObject({ text: z.string().max(200) }), answer: z.array(orderCardSchema) },
  handOver: { args: handOverArgs, answer: outcome(handOverAnswer, ORDER_REFUSALS) },
  /** The hand-out that waits for its payment is off; the basket is empty again. */
  stopCollecting: { args: nothing, answer: outcome(basketViewSchema, BASKET_REFUSALS) },
  shipOrder: { args: shipArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  restockOrder: { args: fulfilmentArgs, answer: outcome(orderCardSchema, ORDER_REFUSALS) },
  printPickSlip: { args: fulfilmentArgs, answer: outcome(nothing, ORDER_REFUSALS) },
  orderBasket: { args: orderingArgs, answer: outcome(basketViewSchema, [...BASKET_REFUSALS, "noSuchStore"]) },
  elsewhere: {
    args: z.strictObject({ variant: idSchema<"Variant">() }),
    answer: outcome(elsewhereSchema, ["offline"]),
  },
  /** A basket begun online, by its code or QR, into the empty basket in front. */
  fetchBasket: {
    args: z.strictObject({ code: z.string().min(1).max(200) }),
    answer: outcome(fetchedBasketSchema, [...BASKET_REFUSALS, "offline", "basketNotEmpty"]),
  },
  /** The basket in front goes to the customer as a link, to be finished online. */
  sendBasket: {
    args: nothing,
    answer: outcome(z.strictObject({ code: z.string(), link: z.string().nullable() }), [
      ...BASKET_REFUSALS,
      "offline",
    ]),
  },
  openCase: { args: openCaseArgs, answer: outcome(caseCardSchema, CASE_REFUSALS) },
  /** Moves a case on, notes something, adds photos, moves its deadline or takes it over: all at once, as one act. */
  noteCase: { args: noteCaseArgs, answer: outcome(caseCardSchema, CASE_REFUSALS) },
  /** A case by its id, or by its number as a slip carries it. */
  caseOf: {
    args: z.strictObject({ case: z.string().min(1).max(64) }),
    answer: outcome(caseCardSchema, CASE_REFUSALS),
  },
  /** By number, customer, phone or product; `chain`: other stores' too, where there is a connection. */
  findCases: {
    args: z.strictObject({ text: z.string().max(120), chain: z.boolean().default(true) }),
    answer: foundCasesSchema,
  },
  /** Newest first; `chain`: other stores' too, where there is a connection. */
  casesOfCustomer: {
    args: z.strictObject({ customer: idSchema<"Customer">(), chain: z.boolean().default(true) }),
    answer: foundCasesSchema,
  },
  printCaseSlip: { args: printCaseArgs, answer: outcome(nothing, CASE_REFUSALS) },
  /** What was bought with a receipt or an order: by the receipt's own code, whoever of the chain sold it, or by the number on it. */
  casePurchase: {
    args: z.strictObject({ number: scannedSchema }),
    answer: casePurchaseFoundSchema,
  },
  deliveryOf: { args: deliveryArgs, answer: outcome(deliveryCardSchema, DELIVERY_REFUSALS) },
  /** What arrived of a delivery; it may be received in parts. */
  receiveDelivery: { args: receiveDeliveryArgs, answer: outcome(deliveryCardSchema, DELIVERY_REFUSALS) },
  /** The goods of a transfer that HQ asked for leave the store. */
  sendDelivery: { args: sendDeliveryArgs, answer: outcome(deliveryCardSchema, DELIVERY_REFUSALS) },
  /** Goods leave for another store that nobody asked for. */
  startTransfer: { args: startTransferArgs, answer: outcome(deliveryCardSchema, DELIVERY_REFUSALS) },
  /** The stores that this one can send to, as far as is known; asked for at the server by an article that is sent. */
  transferStores: {
    args: z.strictObject({ variant: idSchema<"Variant">() }),
    answer: transferStoresSchema,
  },
  printDelivery: { args: deliveryArgs, answer: outcome(nothing, DELIVERY_REFUSALS) },
  /** So many pieces are on the shelf: corrects the stock and ends the task. */
  countStock: { args: countStockArgs, answer: outcome(nothing, TASK_REFUSALS) },
  /** Begins to count an area of the store; `areaCounted`: it was counted already, ask whether it is to be counted anew. */
  beginArea: { args: beginAreaArgs, answer: outcome(nothing, BEGIN_AREA_REFUSALS) },
  /** One piece more of the article with this code in the area. */
  countPiece: { args: countPieceArgs, answer: outcome(countPieceAnswer, COUNT_PIECE_REFUSALS) },
  setCounted: { args: setCountedArgs, answer: outcome(nothing, AREA_REFUSALS) },
  finishArea: { args: nothing, answer: outcome(nothing, AREA_REFUSALS) },
  /** What was counted of the area in hand is thrown away. */
  discardArea: { args: nothing, answer: outcome(nothing, AREA_REFUSALS) },
  /** Nobody of this store will count any more of it. */
  finishCount: { args: finishCountArgs, answer: outcome(nothing, FINISH_COUNT_REFUSALS) },
  /** Pieces are there or gone for another reason than a sale. */
  adjustStock: { args: adjustStockArgs, answer: outcome(nothing, ADJUST_STOCK_REFUSALS) },
  /** What this till knows, and what the server does while there is a connection. Newest first. */
  findPurchases: { args: findPurchasesArgs, answer: outcome(foundPurchasesAnswer, RETURN_REFUSALS) },
  /** Puts a purchase beside the basket in front, to choose from what comes back. */
  openReturn: { args: openReturnArgs, answer: outcome(basketViewSchema, RETURN_REFUSALS) },
  chooseReturn: { args: chooseReturnArgs, answer: outcome(basketViewSchema, RETURN_REFUSALS) },
  returnWithoutReceipt: {
    args: returnWithoutReceiptArgs,
    answer: outcome(basketViewSchema, RETURN_REFUSALS),
  },
  dropReturn: { args: dropReturnArgs, answer: outcome(basketViewSchema, RETURN_REFUSALS) },
  approveReturn: { args: approveReturnArgs, answer: outcome(basketViewSchema, RETURN_REFUSALS) },
  noteIdentity: { args: noteIdentityArgs, answer: outcome(basketViewSchema, RETURN_REFUSALS) },
  /** Nothing comes back with this basket after all; what is rung up stays. */
  stopReturn: { args: nothing, answer: outcome(basketViewSchema, RETURN_REFUSALS) },
  giveBack: {
    args: giveBackArgs,
    answer: outcome(basketViewSchema, [...PAYMENT_REFUSALS, "creditMistyped"]),
  },
  /** Begins a shift with a float that was counted. */
  openShift: { args: openShiftArgs, answer: outcome(shiftViewSchema, OPEN_SHIFT_REFUSALS) },
  /** Money into the drawer or out of it without a sale. */
  moveCash: { args: moveCashArgs, answer: outcome(shiftViewSchema, MOVE_CASH_REFUSALS) },
  /** Opens the drawer without a sale. */
  openDrawer: { args: openDrawerArgs, answer: outcome(nothing, OPEN_DRAWER_REFUSALS) },
  /** Writes a count down and says how the drawer came out; may be counted again. */
  countShift: { args: countShiftArgs, answer: outcome(countedShiftSchema, COUNT_SHIFT_REFUSALS) },
  closeShift: { args: closeShiftArgs, answer: outcome(shiftViewSchema, CLOSE_SHIFT_REFUSALS) },
  /** The Z report: prints it where there is a printer. */
  closeDay: { args: closeDayArgs, answer: outcome(shownReportSchema, CLOSE_DAY_REFUSALS) },
  xReport: { args: xReportArgs, answer: outcome(shownReportSchema, REPORT_REFUSALS) },
  /** Newest first. */
  zReports: {
    args: z.strictObject({ limit: z.number().int().min(1).max(200) }),
    answer: zReportsSchema,
  },
  zReport: {
    args: z.strictObject({ number: z.number().int().positive() }),
    answer: outcome(shownReportSchema, REPORT_REFUSALS),
  },
  /** Prints a Z report, or the X report of now where `number` is null. */
  printReport: {
    args: z.strictObject({
      number: z.number().int().positive().nullable(),
      approval: xReportArgs.shape.approval,
    }),
    answer: outcome(nothing, [...REPORT_REFUSALS, "noPrinter"]),
  },
  reportFile: {
    args: z.strictObject({ number: z.number().int().positive() }),
    answer: outcome(reportFileSchema, REPORT_REFUSALS),
  },
  /** Sends the amount to the payment terminal; what comes of it the views `terminal` and `basket` show. */
  payByTerminal: { args: payByTerminalArgs, answer: outcome(nothing, PAYMENT_REFUSALS) },
  refundByTerminal: { args: refundByTerminalArgs, answer: outcome(nothing, PAYMENT_REFUSALS) },
  /** Asks the terminal to stop; the answer to the request says whether it was in time. */
  abortTerminal: { args: nothing, answer: outcome(nothing, TERMINAL_REFUSALS) },
  /** Asks at once what became of the request whose answer is missing, and tries reversals again. */
  askTerminal: { args: nothing, answer: outcome(nothing, TERMINAL_REFUSALS) },
  /** Somebody who may says what the terminal did, where it cannot be asked. */
  settleTerminal: { args: settleTerminalArgs, answer: outcome(nothing, SETTLE_REFUSALS) },
  /** Closes the terminal's day with its acquirer and says what it took and gave back. */
  terminalEndOfDay: { args: nothing, answer: outcome(terminalTotalsSchema, TERMINAL_REFUSALS) },
  /** Whether the terminal answers. */
  testTerminal: { args: nothing, answer: outcome(nothing, TERMINAL_REFUSALS) },
  /** Null: from now on approval codes are typed. */
  setUpTerminal: { args: setUpTerminalArgs, answer: outcome(nothing, SET_UP_TERMINAL_REFUSALS) },
  /** Sets a printer up, or changes one: it is tried first by `testPrinter`, not here. */
  setUpPrinter: {
    args: setUpPrinterArgs,
    answer: outcome(z.strictObject({ printer: idSchema<"Printer">() }), SET_UP_PRINTER_REFUSALS),
  },
  /** What waits at it is not printed. */
  removePrinter: { args: removePrinterArgs, answer: outcome(nothing, REMOVE_PRINTER_REFUSALS) },
  /** Prints a page that shows what the printer can, now or never. */
  testPrinter: { args: printerArgs, answer: outcome(nothing, TEST_PRINTER_REFUSALS) },
  /** Begins to look for printers around this machine, and ends a search that goes on; the view `printers` tells what comes of it. */
  findPrinters: { args: z.strictObject({ on: z.boolean() }), answer: outcome(nothing, ["notSignedIn"]) },
  printerModels: { args: nothing, answer: z.array(printerModelSchema) },
  printOn: { args: printOnArgs, answer: outcome(movedPrintsSchema, QUEUE_REFUSALS) },
  /** Drops what waits at a printer; receipts can be printed again from the journal. */
  cancelPrints: { args: printerArgs, answer: outcome(movedPrintsSchema, QUEUE_REFUSALS) },
  /** Shelf labels of an article, at its price of now. */
  printLabel: { args: printLabelArgs, answer: outcome(nothing, PRINT_LABEL_REFUSALS) },
  /** From now on nothing counts: another till is in front, on a copy of what this one knows. Locks the till first. */
  startTraining: { args: startTrainingArgs, answer: outcome(nothing, START_TRAINING_REFUSALS) },
  /** Throws away all that was practised; the real till is in front again, locked. */
  endTraining: { args: nothing, answer: outcome(nothing, ["notTraining"]) },
  /** What the till says of its own records was read: it says it no more. */
  confirmRecords: { args: confirmRecordsArgs, answer: outcome(nothing, CONFIRM_RECORDS_REFUSALS) },
  /** Ends the program and comes back as the version that HQ wants, now and not when nobody is at the till. */
  installUpdate: { args: installUpdateArgs, answer: outcome(nothing, INSTALL_UPDATE_REFUSALS) },
  /** How the fiscal device is just now: asks it. */
  fiscalDevice: { args: nothing, answer: fiscalDeviceSchema },
  setUpFiscalDevice: {
    args: setUpFiscalDeviceArgs,
    answer: outcome(fiscalDeviceSchema, SET_UP_FISCAL_REFUSALS),
  },
  /** Scanner, scale, pole display and the rules for keyboard scanners. */
  setUpCounter: { args: setUpCounterArgs, answer: outcome(nothing, SET_UP_COUNTER_REFUSALS) },
  /** Sends, fetches and listens now, however long the till would have rested yet. */
  syncNow: { args: nothing, answer: nothing },
  /** The picture's bytes as base64 WebP/PNG/SVG for a renderer with no HTTP of its own; null when the till does not have it. */
  picture: {
    args: z.strictObject({ image: z.string().max(64) }),
    answer: z.strictObject({ mime: z.string(), bytes: z.string() }).nullable(),
  },
} as const;

/** What the renderer may watch; each is sent at once and again whenever it changes. */
export const VIEWS = {
  session: sessionViewSchema,
  sync: syncViewSchema,
  basket: basketViewSchema.nullable(),
  parked: z.array(parkedBasketSchema),
  catalog: catalogViewSchema,
  printers: printersViewSchema,
  counter: counterViewSchema,
  scanned: scannedViewSchema,
  /** The scale is asked only while somebody watches this. */
  scale: scaleReadingSchema,
  customerDisplay: customerDisplaySchema,
  orders: ordersViewSchema,
  tasks: tasksViewSchema,
  counts: countsViewSchema,
  cases: casesViewSchema,
  deliveries: deliveriesViewSchema,
  clock: clockViewSchema,
  /** Null while nobody is signed in. */
  shift: shiftViewSchema.nullable(),
  training: trainingViewSchema,
  terminal: terminalViewSchema,
  update: updateViewSchema,
} as const;

export type Verb = keyof typeof VERBS;
export type VerbArgs<V extends Verb> = z.input<(typeof VERBS)[V]["args"]>;
/** Arguments after validation, defaults filled in. */
export type VerbParsedArgs<V extends Verb> = z.output<(typeof VERBS)[V]["args"]>;
export type VerbAnswer<V extends Verb> = z.output<(typeof VERBS)[V]["answer"]>;
export type View = keyof typeof VIEWS;
export type ViewValue<W extends View> = z.output<(typeof VIEWS)[W]>;

/** The engine as the renderer sees it. */
export interface TillClient {
  call<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>>;
  /** Returns what ends the watching. */
  watch<W extends View>(view: W, onValue: (value: ViewValue<W>) => void): () => void;
}
