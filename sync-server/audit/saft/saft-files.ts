import { decimalText } from "#domain/money/format.ts";
import { moneyMoved } from "#domain/shift/day-sums.ts";
import type { TaxAmount } from "#domain/tax/tax.ts";
import type { Ticket, TicketLine, TicketTender } from "#domain/ticket/ticket.ts";
import type { BookedTicket, Books } from "../books.ts";
import type { TextFile } from "../json-files.ts";
import { type Xml, xmlDocument } from "../xml.ts";

const NAMESPACE = "urn:OECD:StandardAuditFile-Tax:2.00";
const DAY_CHARS = 10;

/** The books in the manner of OECD's Standard Audit File for Tax 2.0: header, master files, and sales with their payments as source documents. */
export function saftFiles(books: Books): readonly TextFile[] {
  const root: Xml = [
    "AuditFile",
    [header(books), masterFiles(books), ["SourceDocuments", [salesInvoices(books), payments(books)]]],
  ];
  return [{ name: "saft.xml", text: xmlDocument(root, { attributes: `xmlns="${NAMESPACE}"` }) }];
}

function header({ store, madeAt, asked, tickets }: Books): Xml {
  const days = tickets.map(({ ticket }) => ticket.businessDay).sort();
  return [
    "Header",
    [
      ["AuditFileVersion", "2.00"],
      ["AuditFileDateCreated", dayText(madeAt)],
      ["SoftwareCompanyName", "Onetill"],
      ["SoftwareID", "Onetill"],
      ["SoftwareVersion", "0.1"],
      [
        "Company",
        [
          ["RegistrationNumber", store.vatId],
          ["Name", store.retailer],
          ["Address", store.address.map((line): Xml => ["AddressDetail", line])],
        ],
      ],
      ["DefaultCurrencyCode", store.currency],
      [
        "SelectionCriteria",
        [
          ["SelectionStartDate", asked.from ?? days[0] ?? null],
          ["SelectionEndDate", asked.until ?? days.at(-1) ?? null],
        ],
      ],
      ["HeaderComment", `Store ${store.code} ${store.name}`],
    ],
  ];
}

function masterFiles({ tickets }: Books): Xml {
  const lines = tickets.flatMap(({ ticket }) => ticket.lines);
  const products = new Map(lines.map(({ sku, name }) => [sku, name]));
  const customers = new Set(tickets.flatMap(({ ticket }) => ticket.customer ?? []));
  const rates = new Map(
    tickets.flatMap(({ ticket }) =>
      ticket.taxes.map(({ rate }): [string, TaxAmount["rate"]] => [taxCode({ rate }), rate]),
    ),
  );
  return [
    "MasterFiles",
    [
      ["Customers", [...customers].map((id): Xml => ["Customer", [["CustomerID", id]]])],
      [
        "TaxTable",
        [...rates].map(
          ([code, { name, ppm }]): Xml => [
            "TaxTableEntry",
            [
              ["TaxCode", code],
              ["Description", name],
              ["TaxPercentage", ppm / 10_000],
            ],
          ],
        ),
      ],
      [
        "Products",
        [...products].map(
          ([sku, name]): Xml => [
            "Product",
            [
              ["ProductCode", sku],
              ["ProductDescription", name],
            ],
          ],
        ),
      ],
    ],
  ];
}

/** Credit: what was sold; debit: what came back. Without tax, as SAF-T has it. */
function salesInvoices({ tickets, store }: Books): Xml {
  const nets = tickets.flatMap(({ ticket }) => ticket.lines.map((line) => lineNet(line, ticket)));
  const total = (minor: number) => decimalText({ minor, currency: store.currency });
  const above = nets.filter((net) => net > 0).reduce((sum, net) => sum + net, 0);
  const below = nets.filter((net) => net < 0).reduce((sum, net) => sum - net, 0);
  return [
    "SalesInvoices",
    [
      ["NumberOfEntries", tickets.length],
      ["TotalDebit", total(below)],
      ["TotalCredit", total(above)],
      ...tickets.map(invoice),
    ],
  ];
}

function invoice({ ticket, register, z }: BookedTicket): Xml {
  const { totals } = ticket;
  return [
    "Invoice",
    [
      ["InvoiceNo", ticket.number],
      ...(ticket.customer === null ? [] : [["CustomerID", ticket.customer] as const]),
      ["Period", z === null ? null : `Z ${register}/${z}`],
      ["InvoiceDate", dayText(ticket.completedAt)],
      ["InvoiceType", totals.due.minor < 0 ? "CreditNote" : "Receipt"],
      ["GLPostingDate", ticket.businessDay],
      ["SystemID", ticket.id],
      ["SourceID", ticket.staff],
      ["TransactionID", ticket.id],
      ...ticket.lines.map((line, index) => lineXml(line, ticket, index + 1)),
      [
        "DocumentTotals",
        [
          ...ticket.taxes.map(taxXml),
          ["NetTotal", decimalText(totals.net)],
          ["TaxPayable", decimalText(totals.tax)],
          ["Rounding", totals.cashRounding.minor === 0 ? null : decimalText(totals.cashRounding)],
          ["GrossTotal", decimalText(totals.due)],
        ],
      ],
    ],
  ];
}

function lineXml(line: TicketLine, ticket: Ticket, number: number): Xml {
  const net = lineNet(line, ticket);
  const amount = { minor: Math.abs(net), currency: ticket.currency };
  return [
    "InvoiceLine",
    [
      ["LineNumber", number],
      ["ProductCode", line.sku],
      ["ProductDescription", line.name],
      ["Quantity", line.quantity],
      ["UnitPrice", decimalText(line.unitPrice)],
      ["TaxPointDate", dayText(ticket.completedAt)],
      ["Description", line.kind],
      ["InvoiceLineAmount", decimalText(amount)],
      ["DebitCreditIndicator", net < 0 ? "D" : "C"],
      ...line.taxes.map(taxXml),
    ],
  ];
}

function taxXml(amount: TaxAmount): Xml {
  return [
    "TaxInformation",
    [
      ["TaxCode", taxCode(amount)],
      ["TaxPercentage", amount.rate.ppm / 10_000],
      ["TaxBase", decimalText(amount.net)],
      ["TaxAmount", decimalText(amount.tax)],
    ],
  ];
}

function taxCode({ rate: { id, ppm } }: Pick<TaxAmount, "rate">): string {
  return `${id}@${ppm}`;
}

function lineNet({ total, taxes }: TicketLine, { taxMode }: Ticket): number {
  if (taxMode === "exclusive") return total.minor;
  return taxes.reduce((net, { tax }) => net - tax.minor, total.minor);
}

/** Credit: what was taken; debit: what was given back. */
function payments({ tickets, store }: Books): Xml {
  const total = (minor: number) => decimalText({ minor, currency: store.currency });
  const moved = tickets.flatMap(({ ticket }) => ticket.tenders.map(movedMinor));
  return [
    "Payments",
    [
      ["NumberOfEntries", moved.length],
      ["TotalDebit", total(moved.filter((minor) => minor < 0).reduce((sum, minor) => sum - minor, 0))],
      ["TotalCredit", total(moved.filter((minor) => minor > 0).reduce((sum, minor) => sum + minor, 0))],
      ...tickets.flatMap(({ ticket }) => ticket.tenders.map((tender) => payment(ticket, tender))),
    ],
  ];
}

function payment(ticket: Ticket, tender: TicketTender): Xml {
  const minor = movedMinor(tender);
  return [
    "Payment",
    [
      ["PaymentRefNo", tender.id],
      ["TransactionID", ticket.id],
      ["TransactionDate", dayText(ticket.completedAt)],
      ["PaymentMethod", tender.kind === "refund" ? tender.to.kind : tender.kind],
      ["SystemID", tender.id],
      [
        "PaymentLine",
        [
          ["SourceDocumentID", ticket.number],
          ["DebitCreditIndicator", minor < 0 ? "D" : "C"],
          ["PaymentLineAmount", decimalText({ minor: Math.abs(minor), currency: ticket.currency })],
        ],
      ],
    ],
  ];
}

function movedMinor(tender: TicketTender): number {
  const moved = moneyMoved(tender);
  return moved.in - moved.out;
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, DAY_CHARS);
}
