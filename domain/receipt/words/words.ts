import type { RefundTo } from "#domain/ticket/ticket.ts";

/** The words of a receipt in one language. A receipt speaks the customer's or its store's language, whatever the cashier's screen speaks. */
export interface ReceiptWords {
  readonly copy: string;
  readonly receipt: string;
  readonly servedBy: string;
  readonly vatId: string;
  readonly discount: string;
  readonly subtotal: string;
  readonly rounding: string;
  readonly total: string;
  readonly taxNet: string;
  /** Before the certificate by which a customer pays no tax. */
  readonly taxExempt: string;
  /** Of such a customer: the tax that a price had in it. */
  readonly taxOff: string;
  readonly cash: string;
  readonly card: string;
  /** The slip that says so, and what was paid with it. */
  readonly credit: string;
  /** What a card is called, also where it was paid with or bought. */
  readonly giftCard: string;
  /** What the line is called by which a card that was sold before got more. */
  readonly giftCardLoaded: string;
  readonly giftCardPaidOut: string;
  /** Before what is left of a credit or a card that was paid with. */
  readonly leftOnIt: string;
  /** Before the last day on which a card is good. */
  readonly validUntil: string;
  readonly refundedToGiftCard: string;
  /** Paid with points of the loyalty programme. */
  readonly points: string;
  readonly countOfPoints: (count: string) => string;
  readonly pointsEarned: string;
  readonly pointsBalance: string;
  /** The balance as the till knew it, without the server's word. */
  readonly pointsBalanceOffline: string;
  readonly approvalCode: string;
  /** The payment terminal that took or gave the money, and its own name for that. */
  readonly terminal: string;
  readonly transaction: string;
  readonly change: string;
  readonly refundedTo: Readonly<Record<RefundTo["kind"], string>>;
  readonly pieces: (count: number) => string;
  readonly testPage: string;
  readonly paidOnline: string;
  /** Why an ordered line costs less than on the shelf. */
  readonly onlinePrice: string;
  readonly order: string;
  readonly sentTo: string;
  readonly sentToUnknown: string;
  readonly collectedAt: string;
  readonly collectedElsewhere: string;
  readonly confirmed: string;
  readonly unconfirmed: string;
  /** Between a number of pieces and the price of one. In right-to-left text a letter would turn the two round. */
  readonly times: string;
  /** The unit of what is weighed. */
  readonly kilogram: string;
  /** What stands on a package of its own: batch, serial number, last day. */
  readonly marks: { readonly lot: string; readonly serial: string; readonly expires: string };
  /** What kind of receipt it is, where it is not the usual one. */
  readonly titles: Readonly<Record<ReceiptTitle, string>>;
  /** What a fiscal device said, or that it failed. */
  readonly fiscal: Readonly<
    Record<"transaction" | "counter" | "begun" | "finished" | "check" | "failed", string>
  >;
  readonly returned: string;
  /** Before the number of the receipt or order that returned goods were bought by. */
  readonly boughtBy: string;
  /** What a piece would have cost where a colleague typed another price. */
  readonly listPrice: string;
  readonly repriced: string;
  readonly toGiveBack: string;
  readonly discountsTakenBack: string;
  readonly piecesReturned: (count: number) => string;
  /** What the receipt's code is for. */
  readonly toReturn: string;
  /** What the code on a credit's slip is for. */
  readonly toSpendCredit: string;
  readonly toExchangeGift: string;
}

export type ReceiptTitle = "training" | "return" | "exchange" | "gift";
