/** The words of store credit, in English. */
export const CREDIT_ENGLISH = {
  "payment.credit": "Store credit",
  "payment.creditShort": "Gift card, credit",
  "payment.creditCode": "Code of the store credit or gift card",
  "payment.creditHint": "Scan the slip or the card, or type its code.",
  "payment.creditCheck": "Look it up",
  "payment.creditLeft": "{amount} left",
  "payment.creditSince": "Given out on {day}",
  "payment.creditOffline": "As this till last heard: there is no connection.",
  "payment.creditBound": "Without a connection at most {amount} of it can be taken.",
  "payment.creditAmount": "Amount from it",
  "payment.creditOther": "Another code",
  "payment.takeCredit": "Take {amount} from the credit",
  "payment.takeGiftCard": "Take {amount} from the gift card",
  "receipt.creditSlip": "Print the slip to pay with",
  "refused.creditMistyped":
    "This is no code of a store credit or gift card: a character of it is wrong. Scan it, or type it again.",
  "refused.creditUnknown":
    "This code is not known here. If it was given out or sold in another store just now, try again with a connection.",
  "refused.creditOtherCurrency": "This code is of another currency.",
  "refused.creditHeldByAnother": "Another till is taking this code right now. Try again in a moment.",
  "refused.creditEmpty": "Nothing is left on this code.",
  "refused.creditAboveOfflineLimit":
    "Without a connection at most {most} more can be taken from this code here.",
  "refused.creditExceedsBalance": "Only {most} is left on this code.",
  "refused.creditExceedsRemaining": "A store credit or gift card cannot pay more than what is left.",
  "refused.giftCardNeedsMoney":
    "A gift card is bought with money: points, store credit and other gift cards pay only the goods beside it.",
  "refused.noCredit": "No store credit was given out and no gift card sold with this receipt.",
} as const;
