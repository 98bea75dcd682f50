/** Header of each call and each answer: which version its writer speaks. */
export const PROTOCOL_HEADER = "onetill-protocol";
/** Header of each call of a till: which version of the program it runs, as `package.json` writes it. */
export const PROGRAM_HEADER = "onetill-version";
export const PROTOCOL_VERSION = 4;
/** So many versions apart a till and a server work together, whichever of them is the later one. */
export const VERSIONS_APART = 3;

/** What changed in each version, newest first. */
export const PROTOCOL_HISTORY = [
  {
    // Not given out yet: it grows by what is added. So no server that is out has to read a certificate with the store's code in it, which a schema of before that would refuse.
    version: 4,
    change:
      "a store's settings say which tax rates begin on a day to come (`tax.planned`) and which held before (`tax.former`); a till of before gets them as the server tells that they hold; a till says what was wrong with its own records (`records`), and one that lost its journal asks where it was (`lost`); a till that begins its next epoch names what was acknowledged of its journal; a till keeps a certificate of its pairing (`certificate`) and shows it to a server that does not know it any more (`let-in`); several collections are pulled by one call (`pages`); what is `applied` is named by its entry's hash as well; a till whose two copies of its journal are hurt at the same entries asks for them (`GET journal`); a ticket says what of an exchange is owed in goods alone (`returning.owedInGoods`), which of that and of its refunds is for which of several purchases (`returning.shares`), and which of what came back had been a deposit, levy or bag (`chargedAs`)",
  },
  {
    version: 3,
    change:
      "goods that move into and between stores: what is sent and received is told in the journal, `deliveries` in the replica; a till that begins its next epoch is told what the server has of its journal",
  },
  {
    version: 2,
    change:
      "shifts, staff and cash are told in the journal; each side reads what a later one wrote as far as it knows it",
  },
  { version: 1, change: "the first: enrol, replica, snapshot, journal, leases, changes" },
] as const;
