/** The words of store credit, in English. */
export const CREDIT_ENGLISH = {
  "payment.credit": "Store credit",
  "payment.creditShort": "Credit",
  "payment.creditCode": "Code of the store credit",
  "payment.creditHint": "Scan the slip, or type its code.",
  "payment.creditCheck": "Look it up",
  "payment.creditLeft": "{amount} left",
  "payment.creditSince": "Given out on {day}",
  "payment.creditOffline": "As this till last heard: there is no connection.",
  "payment.creditBound": "Without a connection at most {amount} of it can be taken.",
  "payment.creditAmount": "Amount from the credit",
  "payment.creditOther": "Another code",
  "payment.takeCredit": "Take {amount} from the credit",
  "receipt.creditSlip": "Print the credit slip",
  "refused.creditMistyped":
    "This is no store credit's code: a character of it is wrong. Scan it, or type it again.",
  "refused.creditUnknown":
    "This store credit is not known here. If it was given out in another store just now, try again with a connection.",
  "refused.creditOtherCurrency": "This store credit is of another currency.",
  "refused.creditHeldByAnother": "Another till is taking this store credit right now. Try again in a moment.",
  "refused.creditEmpty": "Nothing is left of this store credit.",
  "refused.creditAboveOfflineLimit":
    "Without a connection at most {most} more of this store credit can be taken here.",
  "refused.creditExceedsBalance": "Only {most} is left of this store credit.",
  "refused.creditExceedsRemaining": "A store credit cannot pay more than what is left.",
  "refused.noCredit": "No store credit was given out with this receipt.",
} as const;
