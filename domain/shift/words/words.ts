/** The words of X and Z reports in one language; for money and ways of paying they use those of receipts. */
export interface ReportWords {
  readonly titles: { readonly x: string; readonly z: string };
  readonly register: string;
  readonly businessDay: string;
  readonly madeBy: string;
  readonly receipts: string;
  /** Before the numbers of the first and the last receipt. */
  readonly receiptNumbers: string;
  readonly sales: string;
  readonly discounts: string;
  readonly returns: string;
  readonly giftCards: string;
  readonly giftCardsPaidOut: string;
  /** Where prices are without tax. */
  readonly taxAdded: string;
  readonly turnover: string;
  readonly taxes: string;
  readonly tenders: string;
  readonly givenBack: string;
  readonly sharedDrawer: string;
  /** Before the name of whose drawer it is. */
  readonly drawerOf: string;
  readonly opened: string;
  readonly closed: string;
  readonly stillOpen: string;
  readonly float: string;
  readonly cashIn: string;
  readonly cashOut: string;
  readonly moves: { readonly in: string; readonly out: string; readonly pickup: string };
  readonly expected: string;
  readonly counted: string;
  readonly variance: string;
  readonly kept: string;
  readonly banked: string;
  readonly staff: string;
  readonly drawerOpenings: string;
  readonly reprints: string;
  readonly approvals: string;
  readonly grandTotal: string;
  /** Entries that had not reached the server. */
  readonly unsent: string;
}
